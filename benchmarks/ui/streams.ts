import { Assembler } from '../../lib/assembler.ts'
import { aiSdk } from '../../lib/ui/ai-sdk.ts'
import { Coalescer, type CoalescerOptions } from '../../lib/ui/coalescer.ts'
import { deliveries } from '../traffic/delivery.ts'
import { AI, backends } from './backends.ts'
import { Provider } from './provider.ts'

/** What a page is sent of an answer: the text of the whole stream. */
type Stream = (frames: readonly string[]) => Promise<string>

/** Ours, of a model that says something each so many milliseconds: on a clock of its own, so that it takes no time. */
function paced(everyMs: number, options?: CoalescerOptions): Stream {
  return async (frames) => {
    let now = 0
    let due: { readonly at: number; readonly run: () => void } | undefined
    const later = (run: () => void, ms: number) => {
      due = { at: now + ms, run }
      return () => {
        due = undefined
      }
    }
    const encoder = aiSdk({ messageId: 'm' })
    let stream = encoder.open()
    const say: ConstructorParameters<typeof Coalescer>[0] = (event) => {
      stream += encoder.encode(event)
    }
    const coalescer = new Coalescer(say, { now: () => now, later }, options)
    const assembler = new Assembler({
      onEvent: (event) => encoder.reads.has(event.type) && coalescer.write(event),
    })
    for (const frame of deliveries.frame(frames)) {
      now += everyMs
      if (due !== undefined && due.at <= now) due.run()
      assembler.write(frame)
    }
    assembler.end()
    return stream
  }
}

const ai: Stream = async (frames) => {
  const provider = new Provider()
  provider.frames = deliveries.frame(frames)
  const answer = await backends[AI]?.(provider.fetch)
  return (await answer?.())?.text() ?? ''
}

/** Deltas are joined for a time or some characters, so a page is sent the fewer of them, the faster a model is. */
export const streams: Readonly<Record<string, Stream>> = {
  'deltafold, 1,000 deltas a second': paced(1),
  'deltafold, 10,000 deltas a second': paced(0.1),
  'deltafold, 100 deltas a second': paced(10),
  'deltafold, coalesce: false': paced(1, { ms: 0 }),
  [AI]: ai,
}
