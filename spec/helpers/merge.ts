import { expect } from 'chai'
import type { DiagnosticCode } from '../../lib/diagnostics.ts'
import { Fault } from '../../lib/errors.ts'
import { limitsFrom } from '../../lib/limits.ts'
import type { Field, MergeContext } from '../../lib/merge/field.ts'
import { sizeOf } from '../../lib/merge/json.ts'
import type { JsonValue } from '../../lib/wire/index.ts'
import { deepFreeze } from './growth.ts'

/** What a field asks of the line, kept for the spec to look at. */
export class SpecContext implements MergeContext {
  readonly limits = limitsFrom({ maxJsonDepth: 8 })
  readonly cumulative: boolean | ReadonlySet<string>
  readonly codes: DiagnosticCode[] = []
  /** Bytes kept. */
  kept = 0

  constructor(cumulative: boolean | ReadonlySet<string> = false) {
    this.cumulative = cumulative
  }

  diagnose(code: DiagnosticCode): void {
    this.codes.push(code)
  }

  keepText(text: string): void {
    this.kept += text.length
  }

  keepValue(value: JsonValue, replaced?: JsonValue): boolean {
    const size = sizeOf(value, this.limits.maxJsonDepth)
    if (size < 0) this.diagnose('depth')
    else this.kept += size - (replaced === undefined ? 0 : sizeOf(replaced, this.limits.maxJsonDepth))
    return size >= 0
  }
}

/** What becomes of some values, one after the other. */
export interface Merged {
  readonly value: JsonValue | undefined
  /** What each of them gave; undefined: it changed nothing. */
  readonly taken: readonly (JsonValue | undefined)[]
  readonly codes: readonly DiagnosticCode[]
}

export function mergeAll(field: Field, values: readonly JsonValue[], context = new SpecContext()): Merged {
  const taken = values.map((value) => field.merge(deepFreeze(value), context))
  return { value: field.snapshot(), taken, codes: context.codes }
}

/** A row of a table of merges: the values as they come, and the one that comes of them. */
export type MergeRow = readonly [fact: string, values: readonly JsonValue[], value: JsonValue | undefined]

/**
 * A fact a row, and `others` beside them; for each row the three laws of every field: what it took has the same effect on a fresh field, a
 * saved field goes on as if nothing had happened, and what was given or given out is never changed.
 */
export function describeMerges(
  title: string,
  create: (path: string) => Field,
  rows: readonly MergeRow[],
  others: () => void = () => {},
): void {
  describe(title, () => {
    others()
    for (const [fact, values, value] of rows) {
      it(fact, () => {
        const merged = mergeAll(create('path'), values)
        expect(merged.value).to.deep.equal(value)
        const taken = merged.taken.filter((piece) => piece !== undefined)
        expect(mergeAll(create('path'), taken).value, 'what it took, merged again').to.deep.equal(value)
        expectLooksHarmless(create, values, value)
        for (let at = 0; at <= values.length; at += 1) expectSavable(create, values, at, value)
      })
    }
  })
}

/** Someone looks after each value, and keeps what was seen. */
function expectLooksHarmless(
  create: (path: string) => Field,
  values: readonly JsonValue[],
  value: JsonValue | undefined,
): void {
  const field = create('path')
  const context = new SpecContext()
  const seen: [JsonValue | undefined, string | undefined][] = []
  for (const next of values) {
    field.merge(deepFreeze(next), context)
    const snapshot = deepFreeze(field.snapshot())
    seen.push([snapshot, JSON.stringify(snapshot)])
  }
  expect(field.snapshot(), 'with someone looking').to.deep.equal(value)
  for (const [snapshot, text] of seen) expect(JSON.stringify(snapshot)).to.equal(text)
}

function expectSavable(
  create: (path: string) => Field,
  values: readonly JsonValue[],
  at: number,
  value: JsonValue | undefined,
): void {
  const before = create('path')
  mergeAll(before, values.slice(0, at))
  const after = create('path')
  if (at > 0) after.load(JSON.parse(JSON.stringify(before.save())))
  expect(mergeAll(after, values.slice(at)).value, `saved after ${at}`).to.deep.equal(value)
}

/** The field refuses each of the values, as the first one and after `before`. */
export function refuses(
  create: (path: string) => Field,
  values: readonly JsonValue[],
  before: readonly JsonValue[] = [],
): void {
  for (const value of values) {
    it(`refuses ${JSON.stringify(value)}`, () => {
      for (const first of [[], before]) {
        const field = create('path')
        mergeAll(field, first)
        expect(() => field.merge(value, new SpecContext()))
          .to.throw(Fault)
          .with.property('code', 'bad_type')
      }
    })
  }
}
