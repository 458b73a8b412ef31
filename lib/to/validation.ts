import type { AssembledToolCall } from '../result.ts'

/** What a validator found wrong: the part of a Standard Schema issue that is used. */
export interface SchemaIssue {
  readonly message: string
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined
}

type SchemaResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly SchemaIssue[] }

/**
 * Any validator that keeps to Standard Schema (https://standardschema.dev): zod, valibot, arktype and others. Only
 * what is used of it is named here, so that no package of theirs is needed.
 */
export interface StandardSchema<Output = unknown> {
  readonly '~standard': {
    readonly version: 1
    readonly validate: (value: unknown) => SchemaResult<Output> | Promise<SchemaResult<Output>>
    readonly types?: { readonly output: Output } | undefined
  }
}

/** The type a schema gives. */
export type OutputOf<Schema extends StandardSchema> = NonNullable<Schema['~standard']['types']>['output']

/** A tool call whose arguments a schema has seen: `value` has its type where the call may be run. */
export type ValidatedToolCall<Value> =
  | (Omit<AssembledToolCall, 'value' | 'state'> & { readonly state: 'complete'; readonly value: Value })
  | (Omit<AssembledToolCall, 'value' | 'state'> & {
      readonly state: 'partial' | 'invalid'
      /** What the schema found; absent where the call was not complete in the first place. */
      readonly issues?: readonly SchemaIssue[]
    })

/**
 * Lets a schema judge a call. One that is not complete stays as it is; one whose arguments the schema refuses becomes
 * `invalid` with its issues. Gives a promise only if the schema does.
 *
 * ```ts
 * const call = await validateToolCall(toolCalls[0], z.object({ city: z.string() }))
 * if (call.state === 'complete') getWeather(call.value.city)
 * ```
 */
export function validateToolCall<Schema extends StandardSchema>(
  call: AssembledToolCall,
  schema: Schema,
): ValidatedToolCall<OutputOf<Schema>> | Promise<ValidatedToolCall<OutputOf<Schema>>> {
  const { value, state, ...identity } = call
  if (state !== 'complete') return { ...identity, state }
  const judged = schema['~standard'].validate(value)
  const toCall = (result: SchemaResult<unknown>): ValidatedToolCall<OutputOf<Schema>> =>
    result.issues === undefined
      ? { ...identity, state, value: result.value as OutputOf<Schema> } // the schema's own promise
      : { ...identity, state: 'invalid', issues: result.issues }
  return judged instanceof Promise ? judged.then(toCall) : toCall(judged)
}
