import {
  type AssembleOptions,
  Assembler,
  type AssemblerOptions,
  type AssemblyResult,
  assemble,
} from '../../lib/core.ts'
import { breakingChunk } from '../helpers/defect.ts'
import { begun, call, calls, choice, delta, finish, frame } from './inputs.ts'

/** A fold that comes to an error. */
export interface ErrorCase {
  readonly fold: () => AssemblyResult | Promise<AssemblyResult>
  /** Nothing of an answer can have come before it. */
  readonly isBeforeTheAnswer?: true
  /** Not an error of the stream: its status says why. */
  readonly status?: AssemblyResult['status']
}

function fold(body: string, options: AssemblerOptions = {}): AssemblyResult {
  const assembler = new Assembler(options)
  assembler.write(body)
  return assembler.end()
}

/** The text after an answer has begun. */
const after = (body: string, options?: AssemblerOptions): ErrorCase => ({
  fold: () => fold(begun + body, options),
})

function folded(end: (assembler: Assembler) => AssemblyResult): AssemblyResult {
  const assembler = new Assembler()
  assembler.write(begun)
  return end(assembler)
}

/** A body of which the text comes at once, and the end never. */
function stalled(text: string, options: AssembleOptions): Promise<AssemblyResult> {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      if (text !== '') controller.enqueue(new TextEncoder().encode(text))
    },
  })
  return assemble(body, options).result
}

const response = (body: string, init: ResponseInit): Promise<AssemblyResult> =>
  assemble(new Response(body, init)).result

const html = { 'content-type': 'text/html' }
const json = { 'content-type': 'application/json' }

/** Every error code, by an input that comes to it. */
export const errorCases: Readonly<Record<string, ErrorCase>> = {
  bad_json: after('data: {"choices":[\n\n'),
  bad_chunk: after('data: ["no chunk"]\n\n'),
  bad_type: after(delta({ content: 5 })),
  bad_index: after(calls(call({ index: 1.5, id: 'a' }, 'f', '{}'))),
  upstream_error: after(frame({ error: { message: 'overloaded', code: 'busy' } })),
  finish_error: after(finish('error')),
  empty_stream: { fold: () => fold(': keep-alive\n\n'), isBeforeTheAnswer: true },
  bad_content_type: {
    fold: () => response('<html>Sign in</html>', { headers: html }),
    isBeforeTheAnswer: true,
  },
  http_status: {
    fold: () => response('{"error":{"message":"slow down"}}', { status: 429, headers: json }),
    isBeforeTheAnswer: true,
  },
  transport: { fold: () => folded((assembler) => assembler.fail(new Error('ECONNRESET'))) },
  stall_timeout: { fold: () => stalled(begun, { progressTimeoutMs: 20 }) },
  first_event_timeout: {
    fold: () => stalled(': ping\n\n', { firstEventTimeoutMs: 20 }),
    isBeforeTheAnswer: true,
  },
  total_timeout: { fold: () => stalled(begun, { totalTimeoutMs: 20 }) },
  limit_event: after(`data: ${'x'.repeat(300)}`, { maxEventBytes: 200 }),
  limit_message: after(delta({ content: 'x'.repeat(20) }), { maxMessageBytes: 20 }),
  limit_stream: after(': ping\n\n', { maxStreamBytes: begun.length }),
  limit_tool_calls: after(
    calls(call({ index: 0, id: 'a' }, 'f', '{}'), call({ index: 1, id: 'b' }, 'g', '{}')),
    {
      maxToolCalls: 1,
    },
  ),
  limit_choices: after(choice({ index: 1, delta: {} }), { maxChoices: 1 }),
  listener: {
    fold: () =>
      fold(begun + delta({ content: 'lo' }), {
        onEvent: (event) => {
          if (event.type === 'content.delta') throw new Error('listener')
        },
      }),
  },
  internal: {
    fold: () =>
      folded((assembler) => {
        assembler.writeChunk(breakingChunk(new TypeError('defect')))
        return assembler.end()
      }),
  },
  truncated: { ...after(''), status: 'truncated' },
  aborted: { fold: () => folded((assembler) => assembler.abort('gone')), status: 'aborted' },
}
