import { samplers } from './samplers.ts'
import type { Sample, Suite, Work } from './suite.ts'

/** `isWarmUp`: not a sample, but whatever must come before the first one of this size. */
export interface Request {
  readonly size: number
  readonly isWarmUp: boolean
}

/** A sample and what the case is known to lose, or the reason why there is none. */
export type Answer =
  | { readonly sample: Sample | undefined; readonly losses: readonly string[] }
  | { readonly failed: string }

/** Serves one case: the parent asks for one sample at a time, so that samples of all cases are interleaved. */
export function serve(suite: Suite, caseName: string): void {
  const server = new Server(suite, caseName)
  process.on('message', async (request: Request) => {
    let answer: Answer
    try {
      answer = await server.answer(request)
    } catch (error) {
      answer = { failed: String(error).split('\n')[0] ?? '' }
    }
    process.send?.(answer)
  })
}

class Server {
  readonly #suite: Suite
  readonly #caseName: string
  /** The last size alone: inputs of 90 MB are not kept. */
  #size = -1
  #input: unknown
  #work: Work<unknown> | undefined
  #losses: readonly string[] = []

  constructor(suite: Suite, caseName: string) {
    this.#suite = suite
    this.#caseName = caseName
  }

  async answer({ size, isWarmUp }: Request): Promise<Answer> {
    const { isFresh, warmUp, sample } = samplers[this.#suite.kind ?? 'hot']
    const work = await this.#prepare(size)
    const run = (): unknown => work.run(this.#input)
    if (isWarmUp) {
      this.#check(await warmUp(run))
      return { sample: undefined, losses: this.#losses }
    }
    if (!isFresh) return { sample: await sample(run), losses: this.#losses }
    // To check before would be the first run.
    let answer: unknown
    const taken = await sample(() => {
      answer = run()
      return answer
    })
    this.#check(await answer)
    return { sample: taken, losses: this.#losses }
  }

  async #prepare(size: number): Promise<Work<unknown>> {
    const found = this.#suite.cases.find(({ name }) => name === this.#caseName)
    if (found === undefined) throw new Error(`There is no case '${this.#caseName}' in ${this.#suite.name}`)
    this.#work ??= await found.prepare()
    if (this.#size !== size) this.#input = await this.#suite.input(size)
    this.#size = size
    return this.#work
  }

  #check(answer: unknown): void {
    this.#losses = this.#suite.check(answer, this.#input, this.#caseName)
  }
}
