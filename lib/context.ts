import { type Diagnostic, type DiagnosticCode, Diagnostics } from './diagnostics.ts'
import { type Cause, Fault, type Place } from './errors.ts'
import { utf8Length } from './from/utf8.ts'
import type { Limits } from './limits.ts'
import type { MergeContext } from './merge/field.ts'
import { sizeOf } from './merge/json.ts'
import type { AssemblerOptions } from './options.ts'
import type { Outlet } from './outlet.ts'
import type { AssemblyResult } from './result.ts'
import type { JsonValue } from './wire/index.ts'

/**
 * What all stations know of their line: how far it has come, what it keeps, and what was odd or wrong. They share it as
 * one object, for a closure would cost a stream that waits 56 bytes for each thing that it tells a station.
 */
export class LineContext implements MergeContext {
  readonly limits: Limits
  readonly cumulative: boolean | ReadonlySet<string>
  /** A stream that ends without a finish reason is not complete. */
  readonly requireFinishReason: boolean
  readonly outlet: Outlet
  #diagnostics: Diagnostics | undefined
  /** Bytes kept of the response so far. */
  kept = 0
  /** Bytes and frames read so far. */
  bytes = 0
  frame = 0
  /** The body whose frames are being read: a place is where its current frame begins. Stays so after a fault in one. */
  reading: { readonly byte: number } | undefined
  /** The first error the provider reported. It is not the end: usage may follow. */
  reported: Cause | undefined
  /** The input said that it is over. */
  sawDone = false
  result: AssemblyResult | undefined

  constructor(limits: Limits, { cumulative, requireFinishReason }: AssemblerOptions, outlet: Outlet) {
    this.limits = limits
    this.cumulative = typeof cumulative === 'object' ? new Set(cumulative) : (cumulative ?? false)
    this.requireFinishReason = requireFinishReason === true
    this.outlet = outlet
  }

  /** Nothing more is taken. */
  get isClosed(): boolean {
    return this.result !== undefined
  }

  /** A frame was read; false: the line has ended. */
  countFrame(): boolean {
    if (this.result !== undefined) return false
    this.frame++
    return true
  }

  get place(): Place {
    return { frame: this.frame, byte: this.reading === undefined ? this.bytes : this.reading.byte }
  }

  /** The provider reported an error. The first one counts; reading goes on, because usage may follow. */
  report(fault: Fault): void {
    this.reported ??= { fault: shortened(fault, this.limits.maxErrorMessageBytes), at: this.place }
  }

  /** Made when they are asked for: most streams have none. */
  get diagnostics(): Diagnostics {
    this.#diagnostics ??= new Diagnostics(this.limits.maxDiagnostics)
    return this.#diagnostics
  }

  diagnose(code: DiagnosticCode, path?: string): void {
    const first = this.diagnostics.add(code, () => this.place, path)
    if (first !== undefined) this.outlet.emit({ type: 'diagnostic', diagnostic: first })
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

/** The provider's own words, cut to the limit. */
function shortened(fault: Fault, maxBytes: number): Fault {
  const { code, path, upstream } = fault
  if (upstream === undefined || utf8Length(upstream.message) <= maxBytes) return fault
  let message = upstream.message.slice(0, maxBytes)
  while (utf8Length(message) > maxBytes) message = message.slice(0, -1)
  return new Fault(code, { ...(path !== undefined && { path }), upstream: { ...upstream, message } })
}
