export { Assembler } from './assembler.ts'
export { type Diagnostic, type DiagnosticCode, diagnosticTable } from './diagnostics.ts'
export {
  AssemblyError,
  type ErrorCode,
  errorTable,
  type Place,
  type Stage,
  type UpstreamError,
} from './errors.ts'
export type { AssemblyEvent, AssemblyEventMap, AssemblyEventType } from './events.ts'
export type { AssemblyInput, AssemblySource, SourceItem } from './from/source.ts'
export { type Limits, limitTable } from './limits.ts'
export type { MergeRule } from './merge/fields.ts'
export type { AssemblerOptions } from './options.ts'
export type { AssembledToolCall, AssemblyResult, AssemblyStatus } from './result.ts'
export type { AssemblerState } from './state.ts'
export type { Timing } from './timing.ts'
export { ArgumentsReader } from './to/arguments-reader.ts'
export { type Assembly, assemble } from './to/assembly.ts'
export type { AssembleOptions } from './to/feed.ts'
export {
  type OutputOf,
  type SchemaIssue,
  type StandardSchema,
  type ValidatedToolCall,
  validateToolCall,
} from './to/validation.ts'
export type * from './wire/index.ts'
