import { safeParseJSON } from '@ai-sdk/provider-utils'
import { convertToModelMessages, safeValidateUIMessages } from 'ai'
import { expect } from 'chai'
import { createRun, toResponse } from '../../lib/run.ts'
import { fromMessage, toAiModel, toAiUi } from '../../lib/shapes.ts'
import { aiSdk } from '../../lib/ui.ts'
import { type AiPackage, chatOf } from './clients/ai-sdk.ts'

/** Arguments, and whether the AI SDK takes them for what a tool may be run with. */
const rows: readonly (readonly [text: string, isInput: boolean])[] = [
  ['{"city":"Oslo"}', true],
  ['', true],
  ['{"city":', false],
  ['{"__proto__":{"admin":true}}', false],
  ['{"a":[{"\\u005f_proto__":1}]}', false],
  ['{"constructor":{"prototype":{}}}', false],
  ['{"constructor":"Ada","prototype":1}', true],
]

const chunk = (choice: object) => ({ id: 'c', created: 1, model: 'm', choices: [{ index: 0, ...choice }] })

/** What matters of a tool part: may it be run, and with what? */
function toolOf(part: object | undefined): object {
  const { type, toolName, toolCallId, state, input, rawInput } = { rawInput: undefined, ...part } as Record<
    string,
    unknown
  >
  return { type, toolName, toolCallId, state, input, rawInput }
}

describe('a tool call is the same to a page that saw it come and to one that loads it', () => {
  for (const alias of ['ai5', 'ai', 'ai7']) {
    for (const [text, isInput] of rows) {
      it(`${alias}: ${text}`, async () => {
        const call = { index: 0, id: 'call_1', type: 'function', function: { name: 'f', arguments: text } }
        const run = createRun([
          chunk({ delta: { tool_calls: [call] } }),
          chunk({ delta: {}, finish_reason: 'tool_calls' }),
        ])
        const ai = (await import(alias)) as AiPackage
        const chat = chatOf(ai, async () => toResponse(run, aiSdk))
        await chat.sendMessage({ text: 'Hello' })
        expect(chat.error).to.equal(undefined)
        const live = chat.messages.at(-1)?.parts.find(({ type }) => type === 'dynamic-tool')
        const { completion } = await run.result
        const { message } = toAiUi(completion)
        expect(toolOf(message.parts[0])).to.deep.equal(toolOf(live))
        expect(live?.state).to.equal(isInput ? 'input-available' : 'output-error')
      })
    }
  }

  it('and each is what the AI SDK makes of such arguments itself', async () => {
    for (const [text, isInput] of rows) {
      if (text === '') continue // its providers write {} there
      expect((await safeParseJSON({ text })).success, text).to.equal(isInput)
    }
  })

  it('and what was refused stays a text, there and back', async () => {
    for (const [text, isInput] of rows) {
      if (isInput) continue
      const ours = {
        role: 'assistant' as const,
        content: null,
        refusal: null,
        tool_calls: [{ id: 'call_1', type: 'function' as const, function: { name: 'f', arguments: text } }],
      }
      const ui = toAiUi(ours, { id: 'm' }).message
      const model = toAiModel(ours).message
      for (const [shape, message] of [['ai-ui', ui] as const, ['ai-model', model] as const])
        expect(fromMessage(message, shape).message.tool_calls, shape).to.deep.equal(ours.tool_calls)
      const judged = await safeValidateUIMessages({ messages: [JSON.parse(JSON.stringify(ui))] })
      expect(judged.success, text).to.equal(true)
      if (!judged.success) continue
      const [sent] = await convertToModelMessages(judged.data)
      const parts = Array.isArray(sent?.content) ? sent.content : []
      const [written] = Array.isArray(model.content) ? model.content : []
      expect(parts.map((part) => 'input' in part && part.input)).to.deep.equal([text])
      expect(written).to.include({ input: text })
    }
  })
})

describe('a refusal is the same to a page that saw it come and to one that loads it', () => {
  const refusals: Record<string, { readonly deltas: readonly object[]; readonly text: string }> = {
    alone: { deltas: [{ refusal: 'I cannot ' }, { refusal: 'do that.' }], text: 'I cannot do that.' },
    'after a content': { deltas: [{ content: 'Well: ' }, { refusal: 'no.' }], text: 'Well: no.' },
  }
  for (const [name, { deltas, text }] of Object.entries(refusals)) {
    it(`${name}: a text, which is read back as the refusal it is`, async () => {
      const run = createRun([
        ...deltas.map((delta) => chunk({ delta })),
        chunk({ delta: {}, finish_reason: 'stop' }),
      ])
      const chat = chatOf((await import('ai')) as AiPackage, async () => toResponse(run, aiSdk))
      await chat.sendMessage({ text: 'Hello' })
      const { completion } = await run.result
      const { message } = toAiUi(completion)
      expect(textOf(message.parts)).to.equal(text)
      expect(textOf(chat.messages.at(-1)?.parts ?? [])).to.equal(text)
      const judged = await safeValidateUIMessages({ messages: [message] })
      expect(judged.success).to.equal(true)
      const back = fromMessage(message, 'ai-ui').message
      const said = completion.choices[0]?.message
      expect([back.content, back.refusal]).to.deep.equal([said?.content, said?.refusal])
    })
  }
})

function textOf(parts: readonly object[]): string {
  return parts
    .map((part) => ('type' in part && part.type === 'text' && 'text' in part ? part.text : ''))
    .join('')
}
