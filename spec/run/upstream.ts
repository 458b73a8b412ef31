import { type Frame, frame } from '../fixtures/fixture.ts'

const envelope = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: 'm' }

/** A chunk of the first choice. */
export function delta(fields: object): Frame {
  return { ...envelope, choices: [{ index: 0, delta: fields, finish_reason: null }] }
}

export function finish(finish_reason: string): Frame {
  return { ...envelope, choices: [{ index: 0, delta: {}, finish_reason }] }
}

/** An upstream that is fed by hand. */
export class Upstream implements AsyncIterable<string> {
  /** Told to stop before it had ended. */
  isCancelled = false
  readonly #waiting: (IteratorResult<string> | Error)[] = []
  #wake: () => void = () => {}

  push(...frames: readonly Frame[]): this {
    for (const one of frames) this.#add({ done: false, value: frame(one) })
    return this
  }

  /** Pieces of a text, a delta each. */
  say(...words: readonly string[]): this {
    return this.push(...words.map((content) => delta({ content })))
  }

  end(): this {
    this.#add({ done: true, value: undefined })
    return this
  }

  /** A whole answer ends. */
  finish(): this {
    return this.push(finish('stop'), 'data: [DONE]\n\n').end()
  }

  fail(error: Error): this {
    this.#add(error)
    return this
  }

  [Symbol.asyncIterator](): AsyncIterator<string> {
    return {
      next: async () => {
        while (this.#waiting.length === 0)
          await new Promise<void>((resolve) => {
            this.#wake = resolve
          })
        const next = this.#waiting.shift()
        if (next instanceof Error) throw next
        return next ?? { done: true, value: undefined }
      },
      return: async () => {
        this.isCancelled = true
        return { done: true, value: undefined }
      },
    }
  }

  #add(next: IteratorResult<string> | Error): void {
    this.#waiting.push(next)
    this.#wake()
  }
}

/** Lets everything happen that is due. */
export async function settled(turns = 3): Promise<void> {
  for (let i = 0; i < turns; i++) await new Promise((resolve) => setImmediate(resolve))
}
