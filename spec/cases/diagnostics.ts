import type { AssemblerOptions } from '../../lib/core.ts'
import { begun, call, calls, choice, DONE, delta, finish, frame } from './inputs.ts'

/** A body that shows an oddity. */
export interface DiagnosticCase {
  readonly body: string | Uint8Array
  readonly options?: AssemblerOptions
}

const ended = finish('stop') + DONE
const called = finish('tool_calls') + DONE
/** The name of a call and the start of its arguments. */
const opened = calls(call({ index: 0, id: 'a' }, 'f', '{"x"'))

const whole = (text: string): string => calls(call({ index: 0, id: 'a' }, 'f', text))

/** Every diagnostic, by an input that provokes it and that a provider, or a proxy, might send. */
export const diagnosticCases: Readonly<Record<string, DiagnosticCase>> = {
  args_object: { body: calls(call({ index: 0, id: 'a' }, 'f', { x: 1 })) + called },
  arguments_after_done: {
    body: whole('{"x":1}') + finish('tool_calls') + calls(call({ index: 0 }, undefined, '}')) + DONE,
  },
  bad_usage: { body: begun + frame({ choices: [], usage: 'none' }) + ended },
  bom_in_data: { body: `data: \uFEFF${begun.slice('data: '.length)}${ended}` },
  choices_look_split: {
    body:
      frame({ choices: [{ index: 0, delta: { reasoning_content: 'Hm' }, finish_reason: 'stop' }] }) +
      frame({ choices: [{ index: 1, delta: { content: 'Hello' }, finish_reason: 'stop' }] }) +
      DONE,
  },
  chunk_skipped: { body: `${begun}data: {oops\n\n${ended}`, options: { onBadChunk: 'skip' } },
  content_after_finish: { body: begun + finish('stop') + delta({ content: 'lo' }) + DONE },
  depth: { body: begun + delta({ notes: { a: { b: { c: {} } } } }) + ended, options: { maxJsonDepth: 3 } },
  discarded_tail: { body: `${begun}data: {"choices":[{"ind` },
  done_whitespace: { body: `${begun}${finish('stop')}data: [DONE] \n\n` },
  duplicate_tool_call_id: {
    body: whole('{}') + calls(call({ index: 1, id: 'a' }, 'g', '{}')) + called,
  },
  empty_data: { body: `${begun}data:\n\n${ended}` },
  eof_event: { body: begun + finish('stop').trimEnd() },
  foreign_frame: { body: frame({ service_tier: 'default' }) + begun + ended },
  glued_frames: { body: `${begun.trimEnd()}\n${ended}` },
  id_changed: { body: frame({ id: 'c1', choices: [] }) + frame({ id: 'c2', choices: [] }) + begun + ended },
  incomplete_tool_call: { body: whole('{"x":') + called },
  index_not_a_number: { body: calls(call({ index: '0', id: 'a' }, 'f', '{}')) + called },
  // FF is never a byte of UTF-8.
  invalid_utf8: { body: Buffer.concat([Buffer.from(begun.replace('Hel', 'Hel\xff'), 'latin1')]) },
  late_tool_call_id: {
    body:
      calls(call({ index: 0 }, 'f', '{')) + calls(call({ index: 0, id: 'late' }, undefined, '}')) + called,
  },
  message_mismatch: { body: begun + choice({ message: { content: 'Bonjour' } }) + ended },
  missing_choice_index: { body: frame({ choices: [{ delta: { content: 'Hel' } }] }) + ended },
  missing_finish_reason: { body: begun + DONE },
  missing_index: { body: calls(call({ id: 'a' }, 'f', '{}')) + called },
  missing_tool_call_id: { body: calls(call({ index: 0 }, 'f', '{}')) + called },
  model_changed: {
    body: frame({ model: 'm1', choices: [] }) + frame({ model: 'm2', choices: [] }) + begun + ended,
  },
  name_continued: {
    body: calls(call({ index: 0, id: 'a' }, 'get_', '')) + calls(call({ index: 0 }, 'time', '{}')) + called,
  },
  negative_index: { body: calls(call({ index: -1, id: 'a' }, 'f', '{}')) + called },
  no_choices: { body: frame({ id: 'c1', model: 'm' }) + begun + ended },
  no_done: { body: begun + finish('stop') },
  not_cumulative: { body: begun + delta({ content: 'lo' }) + ended, options: { cumulative: true } },
  not_streamed: {
    body: '{"object":"chat.completion","choices":[{"index":0,"message":{"content":"Hel"},"finish_reason":"stop"}]}',
  },
  same_index_new_call: { body: opened + calls(call({ index: 0, id: 'b' }, 'g', '{}')) + called },
  signature_replaced: {
    body: delta({ reasoning_signature: 'one' }) + delta({ reasoning_signature: 'two' }) + begun + ended,
  },
  unexpected_type: { body: frame({ created: 'yesterday', choices: [] }) + begun + ended },
  unknown_role: { body: begun + delta({ role: 'tool', content: 'lo' }) + ended },
}
