import { Readable } from 'node:stream'
import { from } from 'rxjs'
import type { AssemblyEvent } from '../../lib/events.ts'
import type { AssemblyResult } from '../../lib/result.ts'
import { assemble } from '../../lib/to/assembly.ts'
import { AssemblerStream } from '../../lib/to/node/assembler-stream.ts'
import { assemble as assembleOperator } from '../../lib/to/rxjs/assemble.ts'
import { AssemblerTransformStream } from '../../lib/to/web/assembler-transform-stream.ts'
import { fold } from '../fold/paths.ts'
import { bodyOf } from '../peers/served.ts'

/** How many events came out, and what the last one said. */
export interface Heard {
  readonly events: number
  readonly result: AssemblyResult
}

class Ear {
  #events = 0
  #result: AssemblyResult | undefined

  readonly hear = (event: AssemblyEvent): void => {
    this.#events++
    if (event.type === 'end') this.#result = event.result
  }

  get heard(): Heard {
    if (this.#result === undefined) throw new Error('There was no end')
    return { events: this.#events, result: this.#result }
  }
}

/** The same stream, brought to a listener by each host. */
export const hosts: Readonly<Record<string, (pieces: readonly Uint8Array[]) => Heard | Promise<Heard>>> = {
  'Assembler with a listener': (pieces) => {
    const ear = new Ear()
    fold(pieces, ear.hear)
    return ear.heard
  },

  'RxJS assemble() with a subscriber': (pieces) => {
    const ear = new Ear()
    from(pieces).pipe(assembleOperator()).subscribe(ear.hear)
    return ear.heard
  },

  'Node AssemblerStream': (pieces) =>
    new Promise((resolve, reject) => {
      const ear = new Ear()
      const stream = Readable.from(pieces).pipe(new AssemblerStream())
      stream.on('data', ear.hear).on('error', reject)
      stream.on('end', () => resolve(ear.heard))
    }),

  'web AssemblerTransformStream': async (pieces) => {
    const ear = new Ear()
    const reader = bodyOf(pieces).pipeThrough(new AssemblerTransformStream()).getReader()
    for (let next = await reader.read(); !next.done; next = await reader.read()) ear.hear(next.value)
    return ear.heard
  },

  'for await of assemble()': async (pieces) => {
    const ear = new Ear()
    for await (const event of assemble(bodyOf(pieces))) ear.hear(event)
    return ear.heard
  },

  'assemble().result, no listener': async (pieces) => ({
    events: 0,
    result: await assemble(bodyOf(pieces)).result,
  }),
}
