import type { Readable, Transform } from 'node:stream'

/**
 * Watches what is piped into a stream. `pipe()` tells nobody when its source breaks; and of a stream that is
 * destroyed in a pipeline only this tells whether the source broke or the reader left.
 */
export class SourceWatch {
  /** A source is there, or was, and it has not broken. */
  isSound = false
  isLost = false
  readonly #onLost: (error: Error) => void
  #source: Readable | undefined
  readonly #onError = (error: Error): void => this.#lose(error)
  readonly #onClose = (): void => this.#lose(new Error('The source was closed before it had ended'))
  readonly #onEnd = (): void => this.stop()

  constructor(target: Transform, onLost: (error: Error) => void) {
    this.#onLost = onLost
    target.on('pipe', (source: Readable) => this.#start(source))
    target.on('unpipe', () => this.stop())
  }

  stop(): void {
    this.#source?.off('error', this.#onError).off('close', this.#onClose).off('end', this.#onEnd)
    this.#source = undefined
  }

  #start(source: Readable): void {
    this.stop()
    // Before the listeners of a pipeline, which destroy the target: it must know by then why.
    this.#source = source.prependListener('error', this.#onError).prependListener('close', this.#onClose)
    source.on('end', this.#onEnd)
    this.isSound = true
  }

  #lose(error: Error): void {
    this.stop()
    this.isSound = false
    this.isLost = true
    this.#onLost(error)
  }
}
