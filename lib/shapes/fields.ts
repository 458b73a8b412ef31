/** An object of JSON whose keys are not known beforehand: a message, a part, a call. */
export type Fields = { [field: string]: unknown }

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** An object's own value; never one of Object.prototype. */
export function ownField(source: Fields, key: string): unknown {
  return Object.hasOwn(source, key) ? source[key] : undefined
}

/** Sets an own key. Assignment to `__proto__` would set the prototype instead, with a value from the wire. */
export function setField(target: Fields, key: string, value: unknown): void {
  if (key !== '__proto__') target[key] = value
  else Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true })
}

/** The text, or nothing: wherever a text may stand, null and other kinds say nothing. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** The objects of a list; what is no list has none. */
export function fieldsOf(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : []
}

/** The fields that hold something: undefined and '' are left off. */
export function filled(fields: Fields): Fields {
  const kept: Fields = {}
  for (const key of Object.keys(fields)) {
    if (fields[key] !== undefined && fields[key] !== '') kept[key] = fields[key]
  }
  return kept
}

/** The object without these keys; undefined if nothing is left. */
export function without(source: Fields, keys: ReadonlySet<string>): Fields | undefined {
  const rest: Fields = {}
  for (const key of Object.keys(source)) if (!keys.has(key)) setField(rest, key, ownField(source, key))
  return Object.keys(rest).length > 0 ? rest : undefined
}

/** Are two values the same JSON, key order aside? */
export function isSameJson(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, i) => isSameJson(item, b[i]))
  }
  if (!isFields(a) || !isFields(b)) return false
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && isSameJson(ownField(a, key), ownField(b, key)))
  )
}
