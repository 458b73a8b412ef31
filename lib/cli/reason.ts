/** Why something failed, from the innermost cause: `fetch failed` says less than the ECONNREFUSED below it. */
export interface Reason {
  readonly message: string
  readonly code?: string
}

export function reasonOf(error: unknown): Reason {
  let innermost = error
  for (let depth = 0; depth < 8 && innermost instanceof Error && innermost.cause instanceof Error; depth++) {
    innermost = innermost.cause
  }
  // Every address of a host was tried: the errors are alike, the first one will do.
  if (innermost instanceof AggregateError && innermost.errors.length > 0) return reasonOf(innermost.errors[0])
  if (!(innermost instanceof Error)) return { message: String(innermost) }
  const code = 'code' in innermost && typeof innermost.code === 'string' ? innermost.code : undefined
  return { message: innermost.message, ...(code !== undefined && { code }) }
}
