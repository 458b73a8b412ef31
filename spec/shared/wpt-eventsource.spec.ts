import { assemble } from '../../lib/core.ts'
import { FrameParser } from '../../lib/from/frames.ts'
import { limitTable } from '../../lib/limits.ts'
import type { ServerSentEvent } from '../../lib/wire/index.ts'
import { piecesOf, twoWayCuts } from '../helpers/cuts.ts'
import type { Mismatch } from '../helpers/mismatches.ts'
import { expectNoMismatches, mismatchesOf } from '../helpers/mismatches.ts'
import { describeShared, readSharedJson } from '../helpers/shared.ts'

interface SourceEvent {
  type: string
  data: string
  lastEventId: string
}

interface Row {
  n: number
  name: string
  b64?: string
  contentType: string
  status: number
  http: 'open' | 'fail'
  events: SourceEvent[]
}

/**
 * The rows' `retry` and `reconnect` are about an EventSource that connects again. A completion never does, so
 * neither is compared; of a row with them, the events of the first connection are.
 */
describeShared('the web-platform tests of EventSource', () => {
  const { cases } = readSharedJson<{ cases: Row[] }>('cases', 'wpt-eventsource.json')
  const open = cases.filter(({ http }) => http === 'open')
  const refused = cases.filter(({ http }) => http === 'fail')

  it('are 50 bodies and 9 responses to refuse', () => {
    expectNoMismatches(mismatchesOf('wpt-eventsource.json', 'rows', [50, 9], [open.length, refused.length]))
  })

  describe('give their events whole, byte by byte and at every cut in two', () => {
    for (const row of open) {
      it(`${row.n} ${row.name}`, () => {
        const bytes = Uint8Array.from(Buffer.from(row.b64 ?? '', 'base64'))
        const mismatches: Mismatch[] = []
        for (const pieces of [[bytes], piecesOf(bytes, 1), ...twoWayCuts(bytes)]) {
          const title = `${row.name} in ${pieces.length}, first of ${pieces[0]?.length ?? 0}`
          mismatches.push(...mismatchesOf(title, 'events', row.events, eventsOf(pieces)))
        }
        expectNoMismatches(mismatches)
      })
    }
  })

  describe('responses an EventSource refuses never fold to something complete', () => {
    for (const row of refused) {
      it(`${row.n} ${row.name}`, async () => {
        // 204 and 205 have no body, not an empty one.
        const body = row.b64 ? Uint8Array.from(Buffer.from(row.b64, 'base64')) : null
        const response = new Response(body, {
          status: row.status,
          headers: { 'content-type': row.contentType },
        })
        const { status, error } = await assemble(response).result
        const code = refusalCode(row)
        const expected = { status: 'errored', code: code ?? error?.code }
        expectNoMismatches(mismatchesOf(row.name, 'result', expected, { status, code: error?.code }))
      })
    }
  })
})

/** Of a success the body decides, as with fetch, where EventSource accepts 200 alone: no code is expected. */
function refusalCode({ status, contentType }: Row): string | undefined {
  if (status >= 400) return 'http_status'
  return contentType.startsWith('text/event-stream') ? undefined : 'bad_content_type'
}

/** What an EventSource would dispatch: it keeps the last id, a frame has only its own. */
function eventsOf(pieces: readonly Uint8Array[]): SourceEvent[] {
  const events: SourceEvent[] = []
  let lastEventId = ''
  const onFrame = (frame: ServerSentEvent): void => {
    lastEventId = frame.id ?? lastEventId
    events.push({ type: frame.event ?? 'message', data: frame.data, lastEventId })
  }
  const parser = new FrameParser({ onFrame }, limitTable.maxEventBytes.value)
  for (const piece of pieces) parser.write(piece)
  return events
}
