import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { expect } from 'chai'

/** Example → what a person who runs it must see. */
const shows: Readonly<Record<string, readonly string[]>> = {
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
  'nest-service': ['data: Green ', 'data: complete', 'saved 1: complete'],
}

describe('the examples', () => {
  const names = readdirSync('examples').flatMap((file) => /^(?!upstream)(.*)\.ts$/.exec(file)?.[1] ?? [])

  it('are all run here', () => {
    expect(names.toSorted()).to.deep.equal(Object.keys(shows).toSorted())
  })

  for (const [name, lines] of Object.entries(shows)) {
    it(`${name} runs offline with one command and shows what it is about`, async () => {
      const { stdout } = await promisify(execFile)(process.execPath, ['examples/run.mjs', name])
      for (const line of lines) expect(stdout).to.include(line)
    })

    it(`${name} is under 60 lines`, () => {
      expect(readFileSync(`examples/${name}.ts`, 'utf8').split('\n').length).to.be.lessThan(61)
    })
  }
})
