import { pipeline } from 'node:stream/promises'
import { expect } from 'chai'
import { type AssemblyEvent, assemble } from '../../lib/core.ts'
import { AssemblerStream } from '../../lib/node.ts'
import { AssemblerTransformStream } from '../../lib/web.ts'
import { type Watched, webStream } from '../helpers/sources.ts'
import { rest } from '../helpers/upstream.ts'
import { textFrame } from '../helpers/wire.ts'

const PIECES = 60
const EVENTS_A_PIECE = 3
const pieces = Array.from({ length: PIECES }, () => textFrame('a').repeat(EVENTS_A_PIECE))

/** A source that gives a piece whenever it is asked, and a reader that takes its time over every event. */
async function largestBacklog(
  source: Watched<unknown>,
  events: AsyncIterable<AssemblyEvent>,
): Promise<{ backlog: number; seen: number }> {
  let seen = 0
  let backlog = 0
  try {
    for await (const { type } of events) {
      if (type !== 'content.delta') continue
      backlog = Math.max(backlog, source.pulls - Math.ceil((seen + 1) / EVENTS_A_PIECE))
      seen++
      await rest(1)
    }
  } catch {
    // It is truncated.
  }
  return { backlog, seen }
}

describe('a reader that is slower than its source', () => {
  it('has no piece waiting, in an iteration', async () => {
    const watched = webStream(pieces)
    const { backlog, seen } = await largestBacklog(watched, assemble(watched.source))
    expect(seen).to.equal(PIECES * EVENTS_A_PIECE)
    expect(backlog).to.equal(0)
  })

  for (const highWaterMark of [1, 4, 16]) {
    it(`has the highWaterMark of ${highWaterMark} and one piece waiting at most, in a Node pipeline`, async () => {
      const watched = webStream(pieces)
      // Bytes are counted on the writable side: each piece is as large as there is room for one.
      const stream = new AssemblerStream({
        readableHighWaterMark: 1,
        writableHighWaterMark: highWaterMark * (pieces[0] ?? '').length,
      })
      const fed = pipeline(watched.source, stream).catch(() => {})
      const { backlog, seen } = await largestBacklog(watched, stream)
      await fed
      expect(seen).to.equal(PIECES * EVENTS_A_PIECE)
      expect(backlog).to.be.at.most(highWaterMark + 1)
    })

    it(`has the highWaterMark of ${highWaterMark} and one piece waiting at most, as a web stream`, async () => {
      const watched = webStream(pieces)
      const stream = new AssemblerTransformStream({}, { highWaterMark })
      const { backlog, seen } = await largestBacklog(watched, watched.source.pipeThrough(stream))
      expect(seen).to.equal(PIECES * EVENTS_A_PIECE)
      expect(backlog).to.be.at.most(highWaterMark + 1)
    })
  }
})
