import { type Diagnostic, type DiagnosticCode, Diagnostics } from './diagnostics.ts'
import { Fault, type Place } from './errors.ts'
import { utf8Length } from './from/utf8.ts'
import type { Limits } from './limits.ts'
import type { MergeContext } from './merge/field.ts'
import { sizeOf } from './merge/json.ts'
import type { Outlet } from './outlet.ts'
import type { JsonValue } from './wire/index.ts'

/** What the merge asks of the line: it counts what is kept, and collects what was odd. */
export class LineContext implements MergeContext {
  readonly limits: Limits
  readonly cumulative: boolean | ReadonlySet<string>
  readonly diagnostics: Diagnostics
  readonly #place: () => Place
  readonly #outlet: Outlet
  /** Bytes kept of the response so far. */
  kept = 0

  constructor(
    limits: Limits,
    cumulative: boolean | readonly string[] | undefined,
    place: () => Place,
    outlet: Outlet,
  ) {
    this.limits = limits
    this.cumulative = typeof cumulative === 'object' ? new Set(cumulative) : (cumulative ?? false)
    this.diagnostics = new Diagnostics(limits.maxDiagnostics)
    this.#place = place
    this.#outlet = outlet
  }

  diagnose(code: DiagnosticCode, path?: string): void {
    const first = this.diagnostics.add(code, this.#place, path)
    if (first !== undefined) this.#outlet.emit({ type: 'diagnostic', diagnostic: first })
  }

  keepText(text: string, size?: number): void {
    this.keepBytes(size ?? utf8Length(text))
  }

  keepValue(value: JsonValue, replaced?: JsonValue): boolean {
    const { maxJsonDepth } = this.limits
    const size = sizeOf(value, maxJsonDepth)
    if (size < 0) {
      this.diagnose('depth')
      return false
    }
    this.keepBytes(replaced === undefined ? size : size - sizeOf(replaced, maxJsonDepth))
    return true
  }

  load(kept: number, diagnostics: readonly Diagnostic[]): void {
    this.kept = kept
    this.diagnostics.load(diagnostics)
  }

  /** Throws a fault when the response grows too large. */
  keepBytes(bytes: number): void {
    this.kept += bytes
    if (this.kept > this.limits.maxMessageBytes) throw new Fault('limit_message')
  }
}
