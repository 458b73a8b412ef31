import { expect } from 'chai'
import { type Outcome, outcomeOf } from '../../lib/cli/exit-codes.ts'
import { sentenceOf } from '../../lib/cli/sentence.ts'
import { type AssembleOptions, assemble, type ErrorCode, errorTable } from '../../lib/core.ts'
import { badJson, chunk, DONE, frame, hello, truncated, upstreamError } from './wire.ts'

interface Row {
  readonly name: string
  readonly stream: string
  readonly options?: AssembleOptions
  readonly outcome: Outcome
  readonly sentence: RegExp
}

const manyChoices = Array.from({ length: 130 }, (_, index) => chunk({ content: 'x' }, null, index)).join('')

const rows: readonly Row[] = [
  {
    name: 'a stream that was cut off',
    stream: truncated,
    outcome: 'truncated',
    sentence: /^truncated at frame 1, byte \d+: The stream ended before the answer did\. Neither \[DONE\]/,
  },
  {
    name: 'an error in the stream, in the provider’s words',
    stream: upstreamError,
    outcome: 'provider',
    sentence:
      /^upstream_error at frame 2, .*The provider said: "Overloaded, sorry" \(overloaded\)\. What came/,
  },
  {
    name: 'an error whose words would drive the terminal',
    stream: `${truncated}${frame({ error: { message: 'one\n\x1b[2Jtwo\x9b' } })}`,
    outcome: 'provider',
    sentence: /said: "one \\x1b\[2Jtwo\\x9b"\./,
  },
  {
    name: 'an error with a whole page of words',
    stream: `${truncated}${frame({ error: { message: 'w'.repeat(1500) } })}`,
    outcome: 'provider',
    sentence: /said: "w{400}…"\./,
  },
  {
    name: 'finish_reason error',
    stream: `${chunk({ content: 'Hel' }, 'error')}${DONE}`,
    outcome: 'provider',
    sentence: /^finish_error at frame 1, byte 0 \(choices\[0\]\): /,
  },
  {
    name: 'bad JSON',
    stream: badJson,
    outcome: 'badInput',
    sentence: /^bad_json at frame 2, byte \d+: .*--skip-bad-chunks/,
  },
  {
    name: 'JSON that is no chunk',
    stream: `${truncated}${frame(null)}`,
    outcome: 'badInput',
    sentence: /^bad_chunk at frame 2/,
  },
  {
    name: 'a field of the wrong type',
    stream: `${truncated}${chunk({ content: 5 })}`,
    outcome: 'badInput',
    sentence: /^bad_type at frame 2, byte \d+ \(.*content\): /,
  },
  { name: 'nothing at all', stream: '', outcome: 'badInput', sentence: /^empty_stream: / },
  {
    name: 'a web page',
    stream: '<html>\n\n</html>',
    outcome: 'badInput',
    sentence: /^empty_stream after 15 bytes, before the first frame: /,
  },
  {
    name: 'more than a limit',
    stream: hello,
    options: { maxStreamBytes: 500 },
    outcome: 'badInput',
    sentence: /^limit_stream at frame \d, byte \d+: .*--limit maxStreamBytes=SIZE/,
  },
  {
    name: 'more choices than are allowed',
    stream: manyChoices,
    outcome: 'badInput',
    sentence: /^limit_choices at frame 129, .*--limit maxChoices=SIZE/,
  },
  {
    name: 'an interruption before anything came',
    stream: hello,
    options: { signal: AbortSignal.abort(new Error('interrupted')) },
    outcome: 'aborted',
    sentence: /^aborted: Interrupted before any data came\.$/,
  },
]

describe('the sentence about an ending', () => {
  for (const { name, stream, options, outcome, sentence } of rows) {
    it(`of ${name}: ${outcome}`, async () => {
      const result = await assemble(stream, options).result
      if (result.error === undefined) throw new Error(result.status)
      expect(sentenceOf(result.error))
        .to.match(sentence)
        .and.not.to.match(/\p{Cc}/u)
      expect(outcomeOf(result)).to.equal(outcome)
    })
  }

  it('speaks of flags, never of options and properties of the library', async () => {
    const { error } = await assemble(truncated).result
    if (error === undefined) throw new Error('complete')
    for (const code of Object.keys(errorTable) as ErrorCode[]) {
      const sentence = sentenceOf(Object.assign(Object.create(error), { code }))
      expect(sentence, code).not.to.match(/\b(onBadChunk|error\.\w+|\w+TimeoutMs|result)\b/)
    }
  })
})
