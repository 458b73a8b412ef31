/** Why a call with such arguments must not be run. */
export const POISONOUS = 'The arguments hold a key that could set a prototype.'

/**
 * Does a value hold a key that could set a prototype? Clients that guard against that refuse the whole frame, and with
 * it the answer: a model that writes `__proto__` into its arguments would break the page. The keys are those that the
 * AI SDK refuses to parse (its copy of secure-json-parse).
 */
export function isPoisonous(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (Array.isArray(value)) return value.some(isPoisonous)
  if (Object.hasOwn(value, '__proto__')) return true
  const made = Object.hasOwn(value, 'constructor') ? value.constructor : null
  if (typeof made === 'object' && made !== null && Object.hasOwn(made, 'prototype')) return true
  return Object.values(value).some(isPoisonous)
}
