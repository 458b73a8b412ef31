import { type CassetteEntry, entryOf } from '../recording/cassette.ts'

/** A recording of our own making, and what is to be seen in it. */
export interface DemoRecording {
  /** The path it is served at. */
  readonly path: string
  readonly title: string
  readonly about: string
  readonly entries: readonly CassetteEntry[]
}

/** What was sent at one time: a chunk's fields beside the envelope, or text exactly as it goes on the wire. */
type Sent = Readonly<Record<string, unknown>> | string

/** A moment of a recording that is written down: so long after the moment before. */
export type Moment = readonly [afterMs: number, sent: Sent]

/** So many bytes of each frame come only with the next one: networks do not cut where frames end. */
const LATE_BYTES = 11

/** The reads of a stream whose chunks all have the envelope. It ends well, or breaks off as a dying server does. */
export function recordingOf(
  envelope: object,
  moments: readonly Moment[],
  end: 'end' | 'reset',
): CassetteEntry[] {
  const entries: CassetteEntry[] = []
  let ms = 0
  let late = new Uint8Array()
  for (const [afterMs, sent] of moments) {
    ms += afterMs
    const text = typeof sent === 'string' ? sent : `data: ${JSON.stringify({ ...envelope, ...sent })}\n\n`
    const bytes = Buffer.concat([late, Buffer.from(text)])
    const cut = Math.max(0, bytes.length - LATE_BYTES)
    entries.push(entryOf(ms, bytes.subarray(0, cut)))
    late = bytes.subarray(cut)
  }
  if (end === 'end') return [...entries, entryOf(ms, late), { ms, end: true }]
  return [...entries, { ms, error: 'the connection was reset', code: 'ECONNRESET' }]
}

/** A text said word by word, at a speed that wavers as a model's does. */
export function said(text: string, everyMs: number, toDelta: (piece: string) => object): Moment[] {
  return (text.match(/\s*\S{1,7}/g) ?? []).map((piece, index) => [
    everyMs + ((index * 7) % 5) * 4 - 8,
    { choices: [{ index: 0, delta: toDelta(piece), finish_reason: null }] },
  ])
}
