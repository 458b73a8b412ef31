import { expect } from 'chai'

/** One place where something differs from what was expected; `file` is a recording or the name of a case. */
export interface Mismatch {
  file: string
  path: string
  expected: unknown
  actual: unknown
}

/** Every path at which two JSON-like values differ; a key that is `undefined` counts as absent. */
export function mismatchesOf(file: string, path: string, expected: unknown, actual: unknown): Mismatch[] {
  if (Object.is(expected, actual)) return []
  if (Array.isArray(expected) && Array.isArray(actual)) {
    const longest = Math.max(expected.length, actual.length)
    return Array.from({ length: longest }, (_, i) =>
      mismatchesOf(file, `${path}[${i}]`, expected[i], actual[i]),
    ).flat()
  }
  if (isObject(expected) && isObject(actual)) {
    const keys = new Set([...Object.keys(expected), ...Object.keys(actual)])
    return [...keys].flatMap((key) => mismatchesOf(file, `${path}.${key}`, expected[key], actual[key]))
  }
  return [{ file, path, expected, actual }]
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Fails with all of them at once: the pattern over many recordings says more than the first one. */
export function expectNoMismatches(mismatches: readonly Mismatch[]): void {
  if (mismatches.length === 0) return
  const lines = mismatches.slice(0, 200).map(describeMismatch)
  const more = mismatches.length > lines.length ? `\n… and ${mismatches.length - lines.length} more` : ''
  expect.fail(`${mismatches.length} mismatches\n${lines.join('\n')}${more}`)
}

export function describeMismatch({ file, path, expected, actual }: Mismatch): string {
  const from =
    typeof expected === 'string' && typeof actual === 'string' ? firstDifference(expected, actual) : 0
  const at = from > 0 ? ` (from character ${from})` : ''
  return `${file} ${path}${at}\n    expected ${clip(expected, from)}\n    actual   ${clip(actual, from)}`
}

function firstDifference(one: string, other: string): number {
  let at = 0
  while (at < one.length && one[at] === other[at]) at += 1
  return Math.max(0, at - 20)
}

function clip(value: unknown, from: number): string {
  const text = JSON.stringify(typeof value === 'string' ? value.slice(from) : value) ?? 'undefined'
  return text.length > 240 ? `${text.slice(0, 240)}…` : text
}
