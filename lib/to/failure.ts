import type { Assembler } from '../assembler.ts'
import { AssemblyError, Fault } from '../errors.ts'
import type { AssemblyResult } from '../result.ts'

/**
 * Ends an assembler by what its source threw: an abort is one, wherever it was made; an error of an assembly
 * upstream keeps its code; anything else is a broken connection.
 */
export function endByFailure(assembler: Assembler, error: unknown): AssemblyResult {
  if (isAbortError(error)) return assembler.abort(error.cause ?? error)
  if (!(error instanceof AssemblyError)) return assembler.fail(error)
  if (error.code === 'aborted') return assembler.abort(error.cause)
  const { code, path, upstream, cause } = error
  return assembler.fail(new Fault(code, { ...(path && { path }), ...(upstream && { upstream }), cause }))
}

/** fetch, Node streams and DOM signals agree on the name only. Node puts the reason of the signal in `cause`. */
function isAbortError(error: unknown): error is Error {
  return typeof error === 'object' && error !== null && 'name' in error && error.name === 'AbortError'
}
