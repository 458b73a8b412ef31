import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { expect } from 'chai'

/** What every backend shows: the answer in the protocol of the page, to its end, and one message that was saved. */
const answered = [
  /^: keep-alive$/m,
  /^data: {"type":"text-delta","id":"t0","delta":"Green /m,
  /^data: {"type":"finish","finishReason":"stop"}\n+(id: \d+\n)?data: \[DONE\]$/m,
  /^saved, complete: Green tea wants 80 °C, black tea 95 °C\.$/m,
]

/** Example → what a person who runs it must see. */
const shows: Readonly<Record<string, readonly (string | RegExp)[]>> = {
  terminal: ['(They ask about tea. )', 'wait for two minutes. ☕', 'complete, stop'],
  'live-arguments': [
    'Everything else is patience.',
    '[1] {"name":"Kakuzo Okakura"}',
    "saved 'On tea' with 2 sources",
  ],
  'worker-pipeline': [
    'tool_calls.done content.done choice.done end',
    'complete: "Let me look. ", then weather({"city":"Oslo"})',
  ],
  'backends/node-http': answered,
  'backends/express': answered,
  'backends/fastify': answered,
  'backends/hono': answered,
  'backends/nest': answered,
  'backends/next': answered,
  'backends/worker': answered,
}

/** Those that have a specification of their own. */
const shownElsewhere = ['chat']

/** The handlers that other processes run. */
const handlers = ['backends/next/app/api/chat/route', 'backends/worker/chat']

/** Runs an example, or none, and gives what it printed. */
async function run(...names: string[]): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const failed = (error: { stdout: string; stderr: string }) => error
  const options = { timeout: 110_000 } // a process that hangs must not outlive this one
  return promisify(execFile)(process.execPath, ['examples/run.mjs', ...names], options).catch(failed)
}

describe('the examples', () => {
  it('are all run here', async () => {
    const { stderr } = await run()
    const names = stderr.replace('Name one of: ', '').trim().split(', ')
    const known = [...Object.keys(shows), ...shownElsewhere.filter((name) => names.includes(name))]
    expect(names.toSorted()).to.deep.equal(known.toSorted())
  })

  for (const [name, lines] of Object.entries(shows)) {
    it(`${name} runs offline with one command and shows what it is about`, async function () {
      this.timeout(120_000) // one of them is a build of Next.js
      const { stdout, stderr } = await run(name)
      for (const line of lines)
        expect(stdout, stderr).to.match(typeof line === 'string' ? literally(line) : line)
    })
  }

  for (const name of [...Object.keys(shows), ...handlers]) {
    it(`${name} is under 80 lines`, () => {
      expect(readFileSync(`examples/${name}.ts`, 'utf8').split('\n').length).to.be.lessThan(80)
    })
  }
})

function literally(text: string): RegExp {
  return new RegExp(text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
}
