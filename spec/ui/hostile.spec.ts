import { expect } from 'chai'
import { createRun, toResponse } from '../../lib/run.ts'
import { describeShared, readSharedJson } from '../helpers/shared.ts'
import type { Client, Fetch } from './clients/client.ts'
import { clients } from './clients/index.ts'

/** What ends a line, a frame or a stream somewhere, and what a careless page would run. */
const own = [
  'a\nb',
  'a\rb',
  'a\r\nb',
  'a\r\r\n\nb',
  '\n\ndata: pwned\n\n',
  '\r\revent: error\rdata: {"type":"error","errorText":"pwned"}\r\r',
  'data: [DONE]\n\n',
  '[DONE]',
  ': comment',
  'id: 7\n',
  '\0',
  '\u0000\u0001\u007f\u0085',
  '\u2028\u2029',
  '\ufeff',
  '  leading and trailing  ',
  '0:"text"\n',
  '"}\n{"',
  '\\n\\u0000\\',
  '__proto__',
  '🐦\u200d🐦',
  '‮evil',
  // The halves of one character, in two deltas.
  '\ud83d',
  '\udc26',
]

const chunk = (choice: object) => ({ id: 'c', created: 1, model: 'm', choices: [{ index: 0, ...choice }] })

/** An answer in which every text, name and id is hostile. */
function serverOf(texts: readonly string[], { protocol }: Client): Fetch {
  return async () => {
    const chunks = [
      ...texts.map((reasoning_content) => chunk({ delta: { reasoning_content } })),
      ...texts.map((content) => chunk({ delta: { content } })),
      ...texts.map((text, index) => {
        const payload = { name: text, arguments: JSON.stringify({ [text]: text }) }
        return chunk({ delta: { tool_calls: [{ index, id: `call ${index} ${text}`, function: payload }] } })
      }),
      chunk({ delta: {}, finish_reason: 'tool_calls' }),
    ]
    return toResponse(createRun(chunks), protocol)
  }
}

function itComesBack(texts: readonly string[]): void {
  for (const client of clients) {
    it(client.name, async () => {
      const seen = await client.read(serverOf(texts, client))
      const lacks = client.lacks ?? []
      expect(seen.outcome).to.equal('complete')
      expect(seen.text).to.equal(texts.join(''))
      if (!lacks.includes('reasoning')) expect(seen.reasoning).to.equal(texts.join(''))
      if (lacks.includes('calls')) return
      expect(seen.calls).to.deep.equal(
        texts.map((text, i) => {
          const raw = JSON.stringify({ [text]: text })
          // A client that guards against such keys would refuse the whole answer: it is told that the call failed.
          const isRunnable = !(text === '__proto__' && lacks.includes('prototype keys'))
          const args = isRunnable ? JSON.parse(raw) : lacks.includes('raw arguments') ? undefined : raw
          return { id: `call ${i} ${text}`, name: text, arguments: args, isRunnable }
        }),
      )
    })
  }
}

describe('hostile strings come back from a real client as they were', () => {
  itComesBack(own)
})

describeShared('the hostile strings of emit-inputs.json come back from a real client as they were', () => {
  const { emit, xss } = readSharedJson<{
    emit: { input: Record<string, string | number> }[]
    xss: string[]
  }>('cases', 'emit-inputs.json')
  const inputs = emit
    .flatMap(({ input }) => Object.values(input))
    .filter((value) => typeof value === 'string')
  itComesBack([...new Set([...inputs, ...xss])].filter((text) => text !== ''))
})
