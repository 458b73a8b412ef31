import { isDeepStrictEqual } from 'node:util'
import { expect } from 'chai'
import { fromMessage, type ShapeName, shapeNames, toMessage } from '../../lib/shapes.ts'
import type { ChatCompletionResponseMessage } from '../../lib/wire/index.ts'
import { describeShared } from '../helpers/shared.ts'
import { readableReasoning, sealsOf } from './reading.ts'
import { ownRecordings, type Recording, sharedRecordings } from './recordings.ts'

type Message = ChatCompletionResponseMessage

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}

/** There and back, and there again. */
function trip<Name extends ShapeName>(message: Message, shape: Name) {
  const there = toMessage(message, shape)
  const back = fromMessage(there.message, shape)
  return { there, back, again: toMessage(back.message, shape) }
}

/** The fields a diagnostic speaks of: `reasoning_details[0].data` is of reasoning_details. */
function namedFields(diagnostics: readonly { code: string; field: string }[]): Set<string> {
  return new Set(diagnostics.map(({ field }) => /^[^.[]+/.exec(field)?.[0] ?? field))
}

/** What must come back as it was, whatever the shape: read by code that knows nothing of lib/shapes. */
const facts: Readonly<Record<string, (message: Message) => unknown>> = {
  role: ({ role }) => role,
  content: ({ content }) =>
    typeof content === 'string' ? content : content === null ? '' : textParts(content),
  refusal: ({ refusal }) => refusal ?? null,
  tool_calls: ({ tool_calls = [] }) =>
    tool_calls.map((call) => {
      const { id, type } = call
      return call.type === 'custom' ? [id, type, call.custom] : [id, type, call.function]
    }),
  reasoning: readableReasoning,
}

function textParts(content: Extract<Message['content'], unknown[]>): string {
  return content.map((part) => (part.type === 'text' ? String(part.text) : '')).join('')
}

/** Every field that no diagnostic names must be found again. */
function differences(message: Message, shape: ShapeName): string[] {
  const { there, back, again } = trip(message, shape)
  const named = namedFields(there.diagnostics)
  const found: string[] = []
  // Thoughts may stand in parts of the content, and a signature of Gemini's in fields of its own.
  const isReasoningNamed = [...named].some((field) => isReasoning(field) || field === 'content')
  const isSealNamed = isReasoningNamed || named.has('tool_calls') || named.has('extra_content')
  for (const [fact, read] of Object.entries(facts)) {
    if (fact === 'reasoning' && isReasoningNamed) continue
    if (fact === 'refusal' && named.has(fact)) continue
    if (fact === 'tool_calls' && there.diagnostics.some(({ field }) => /^tool_calls\[\d+\]$/.test(field)))
      continue
    if (JSON.stringify(read(message)) !== JSON.stringify(read(back.message))) {
      found.push(`${fact}: ${JSON.stringify(read(message))} became ${JSON.stringify(read(back.message))}`)
    }
  }
  const seals = sealsOf(back.message)
  for (const seal of sealsOf(message)) {
    if (!isSealNamed && !seals.includes(seal)) found.push(`sealed reasoning is gone: ${seal.slice(0, 40)}`)
  }
  if (!isDeepStrictEqual(plain(there.message), plain(again.message))) {
    found.push(`${JSON.stringify(there.message)} became ${JSON.stringify(again.message)}`)
  }
  found.push(...back.diagnostics.map(({ code, field }) => `coming back: ${code} ${field}`))
  return found
}

function comesBack(recordings: () => Recording[]): void {
  for (const shape of shapeNames) {
    it(shape, () => {
      const found = recordings().flatMap(({ name, completion }) =>
        completion.choices.flatMap(({ message }) =>
          differences(message, shape).map((text) => `${name}: ${text.slice(0, 300)}`),
        ),
      )
      expect(found.slice(0, 5).join('\n'), `${found.length} differences`).to.equal('')
    })
  }

  it('and the message it was made of is as it was', () => {
    for (const { name, completion } of recordings()) {
      const before = JSON.stringify(completion)
      for (const { index } of completion.choices) {
        for (const shape of shapeNames) toMessage(completion, shape, { choice: index })
      }
      expect(JSON.stringify(completion), name).to.equal(before)
    }
  })
}

describe('a message comes back from every shape: our streams', function () {
  this.timeout(20_000)
  const recordings = ownRecordings()
  comesBack(() => recordings)
})

describeShared('a message comes back from every shape: 913 recordings', function () {
  this.timeout(20_000)
  const recordings = sharedRecordings()
  comesBack(() => recordings)

  it('and with the fields of the AI SDK and LangChain, nothing at all is lost', () => {
    for (const shape of ['ai-ui', 'ai-model', 'langchain'] as const) {
      for (const { name, completion } of recordings) {
        for (const { message } of completion.choices) {
          const { there, back } = trip(message, shape)
          expect(there.diagnostics, `${shape} ${name}`).to.deep.equal([])
          const lost = Object.keys(message).filter((key) => !(key in back.message) && !isReasoning(key))
          expect(lost, `${shape} ${name}`).to.deep.equal([])
        }
      }
    }
  })
})

function isReasoning(key: string): boolean {
  return key.includes('reasoning') || key === 'thinking_blocks'
}
