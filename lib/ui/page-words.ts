import { type AssemblyError, errorTable } from '../errors.ts'
import { POISONOUS } from '../poison.ts'
import type { AssembledToolCall } from '../result.ts'

/** How an error is put to whoever sits before the page. */
export type ErrorText = (error: AssemblyError) => string

/**
 * The fact alone: the advice of an error's message is for its developer, and the provider's own words may name an
 * account, a quota or an address. Pass `errorText` to say more.
 */
export const factOf: ErrorText = (error) => errorTable[error.code].fact

/** Why a call must not be run. */
export const callFaults = {
  partial: 'The arguments were cut off.',
  invalid: 'The arguments are not valid JSON, or the call has no name.',
  poisonous: POISONOUS,
} as const satisfies Record<Exclude<AssembledToolCall['state'], 'complete'> | 'poisonous', string>
