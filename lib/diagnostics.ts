import type { Place } from './errors.ts'

/** Code → meaning of every oddity that is tolerated. A diagnostic is reported, never thrown. */
export const diagnosticTable = {
  args_object: 'Tool arguments came as an object; they were written as JSON text.',
  arguments_after_done:
    'Arguments came for a tool call that was already told as done; they were not taken, and the call is invalid.',
  bad_usage: 'A usage field is not an object; it was ignored.',
  bom_in_data: 'A byte order mark stood before the JSON of a frame; it was ignored.',
  choices_look_split: 'Each choice got one kind of field only; if you asked for n = 1, pass choices: 1.',
  chunk_skipped: 'A frame that could not be read was skipped, as asked.',
  content_after_finish: 'Text came after the finish_reason; it was appended.',
  depth: 'A value is nested deeper than maxJsonDepth; it was left out.',
  discarded_tail: 'The input ended within a frame that was not whole; the rest was discarded.',
  done_whitespace: '[DONE] came with other characters around it.',
  duplicate_tool_call_id: 'Two tool calls came with one id; the second got an id of its own.',
  empty_data: 'A frame had no data; it was ignored.',
  eof_event: 'The last frame had no blank line after it; it was whole, so it was taken.',
  foreign_frame: 'A frame holds JSON that is no chunk, such as a ping; it was ignored.',
  glued_frames: 'The lines of one frame were frames of their own; they were taken one by one.',
  id_changed: 'The id changed within the stream; the first one is kept.',
  incomplete_tool_call: 'A tool call cannot be run: it has no name, was cut, or its arguments are not JSON.',
  index_not_a_number: 'An index came as a string of digits.',
  invalid_utf8: 'A frame holds U+FFFD, the mark of bytes that were not UTF-8.',
  late_tool_call_id: 'The id of a tool call came after it had got one; the first is kept.',
  message_mismatch: 'A whole message does not continue the text so far; the text so far is kept.',
  missing_choice_index: 'A choice came without index; it was taken as choice 0.',
  missing_finish_reason: '[DONE] came, but no finish_reason.',
  missing_index: 'A tool call came without index; it was placed by its id, or after the last one.',
  missing_tool_call_id: 'A tool call came without id; one was made up.',
  model_changed: 'The model changed within the stream; the first one is kept.',
  name_continued: 'A tool name came in two pieces; they were joined.',
  negative_index: 'A tool call came with a negative index; it was taken as missing.',
  no_choices: 'A chunk has no choices; its other fields were kept.',
  no_done: 'The stream ended without [DONE]; every choice had its finish_reason.',
  not_cumulative: 'A field declared cumulative did not repeat its text; it was appended.',
  not_streamed: 'The body is one JSON document, not a stream.',
  same_index_new_call: 'A new tool call came under the index of another one.',
  signature_replaced: 'A second reasoning_signature came; the last one is kept.',
  unexpected_type: 'A field of the envelope has a type that it cannot have; it was ignored.',
  unknown_role: 'A role other than the first one came; the first one is kept.',
} as const

export type DiagnosticCode = keyof typeof diagnosticTable

/** A tolerated oddity: what, where it was first seen, and how often. */
export interface Diagnostic {
  readonly code: DiagnosticCode
  readonly message: string
  /** Where it was first seen. */
  readonly at: Place
  /** How often it was seen. */
  readonly count: number
  /** The field, where one field is concerned. */
  readonly path?: string
}

/** Collects diagnostics: one entry per code and path, counted; bounded by maxDiagnostics. */
export class Diagnostics {
  /** Made with the first one: most streams have none. */
  #entries: Map<string, { -readonly [K in keyof Diagnostic]: Diagnostic[K] }> | undefined
  readonly #max: number

  constructor(max: number) {
    this.#max = max
  }

  /** Adds one; gives it back if it is the first of its kind. */
  add(code: DiagnosticCode, at: () => Place, path?: string): Diagnostic | undefined {
    const key = path === undefined ? code : `${code} ${path}`
    this.#entries ??= new Map()
    const known = this.#entries.get(key)
    if (known !== undefined) {
      known.count++
      return undefined
    }
    if (this.#entries.size >= this.#max) return undefined
    const entry = {
      code,
      message: diagnosticTable[code],
      at: at(),
      count: 1,
      ...(path !== undefined && { path }),
    }
    this.#entries.set(key, entry)
    return { ...entry }
  }

  list(): Diagnostic[] {
    return [...(this.#entries?.values() ?? [])].map((entry) => ({ ...entry }))
  }

  load(entries: readonly Diagnostic[]): void {
    for (const entry of entries) {
      this.#entries ??= new Map()
      this.#entries.set(entry.path === undefined ? entry.code : `${entry.code} ${entry.path}`, { ...entry })
    }
  }
}
