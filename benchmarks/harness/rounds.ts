import { type ChildProcess, fork } from 'node:child_process'
import type { Answer, Request } from './child.ts'
import type { Row } from './rows.ts'
import { samplers } from './samplers.ts'
import type { Sample, Suite } from './suite.ts'

/** A case as one program has it; two programs, where revisions are compared. */
export interface Contender {
  readonly label: string
  readonly caseName: string
  readonly program: string
}

interface Measured {
  readonly samples: Sample[]
  losses: readonly string[]
  failed: string | undefined
  /** What its longest sample took, all in all. */
  longestMs: number
}

/**
 * When the rounds of one size have taken so long, three are enough for cases whose samples are slow. Those that are
 * quick go on: of three samples, each behind a peer that has had the machine for seconds, none may be undisturbed.
 */
const LONG_MS = 30_000
const FEW_ROUNDS = 3
const QUICK_MS = 2000

/**
 * A process that waits for its turn is idle, and V8 then makes a full collection of its own: it would throw away the
 * optimised code of what has just died.
 */
const flags = ['--expose-gc', '--no-memory-reducer']

/** Samples every contender in rounds, in an order of its own each round, each in its own process. */
export async function measure(suite: Suite, contenders: readonly Contender[], asked: number): Promise<Row[]> {
  const rounds = suite.rounds?.(asked) ?? asked
  const processes = new Processes(suite)
  try {
    const rows: Row[] = []
    for (const size of suite.sizes) {
      const able = contenders.filter(({ caseName }) => size <= maxSizeOf(suite, caseName))
      rows.push(...(await measureSize(suite, processes, able, size, rounds)))
    }
    return rows
  } finally {
    processes.end()
  }
}

const maxSizeOf = (suite: Suite, caseName: string): number =>
  suite.cases.find(({ name }) => name === caseName)?.maxSize ?? Number.POSITIVE_INFINITY

async function measureSize(
  suite: Suite,
  processes: Processes,
  contenders: readonly Contender[],
  size: number,
  rounds: number,
): Promise<Row[]> {
  const all = new Map<Contender, Measured>(
    contenders.map((contender) => [contender, { samples: [], losses: [], failed: undefined, longestMs: 0 }]),
  )
  const sampleOf = async (contender: Contender, isWarmUp: boolean): Promise<void> => {
    const measured = all.get(contender)
    if (measured === undefined || measured.failed !== undefined) return
    const asked = performance.now()
    const answer = await processes.ask(contender, { size, isWarmUp })
    if (!isWarmUp) measured.longestMs = Math.max(measured.longestMs, performance.now() - asked)
    if ('failed' in answer) measured.failed = answer.failed
    else measured.losses = answer.losses
    if ('sample' in answer && answer.sample !== undefined) measured.samples.push(answer.sample)
  }
  // All at once: what a warm-up costs is not measured, and it has the processor for as long as it needs.
  if (!processes.areFresh) await Promise.all(contenders.map((contender) => sampleOf(contender, true)))
  const start = performance.now()
  for (let round = 0; round < rounds; round++) {
    const isLate = round >= FEW_ROUNDS && performance.now() - start > LONG_MS
    const isQuick = (contender: Contender): boolean => (all.get(contender)?.longestMs ?? 0) < QUICK_MS
    const going = isLate ? contenders.filter(isQuick) : contenders
    for (const contender of shuffled(going)) await sampleOf(contender, false)
  }
  const count = suite.per?.count(size) ?? 1
  return [...all].map(([{ label }, { samples, losses, failed }]) => ({
    suite: suite.name,
    caseName: label,
    size,
    count,
    samples,
    losses,
    ...(failed !== undefined && { failed }),
  }))
}

/** The processes of a suite: one for each contender, or a new one for each sample. */
class Processes {
  readonly areFresh: boolean
  readonly #suite: Suite
  readonly #kept = new Map<Contender, ChildProcess>()

  constructor(suite: Suite) {
    this.#suite = suite
    this.areFresh = samplers[suite.kind ?? 'hot'].isFresh
  }

  async ask(contender: Contender, request: Request): Promise<Answer> {
    const child = this.#kept.get(contender) ?? this.#start(contender)
    const answer = await answerOf(child, request)
    if (this.areFresh) child.kill()
    return answer
  }

  end(): void {
    for (const child of this.#kept.values()) child.kill()
  }

  #start(contender: Contender): ChildProcess {
    const { program, caseName } = contender
    const child = fork(program, ['--case', this.#suite.name, caseName], { execArgv: flags })
    if (!this.areFresh) this.#kept.set(contender, child)
    return child
  }
}

function answerOf(child: ChildProcess, request: Request): Promise<Answer> {
  return new Promise((resolve) => {
    const onMessage = (answer: Answer): void => {
      child.off('exit', onExit)
      resolve(answer)
    }
    const onExit = (code: number | null): void => {
      child.off('message', onMessage)
      resolve({ failed: `its process ended with code ${code}` })
    }
    child.once('message', onMessage).once('exit', onExit)
    child.send(request)
  })
}

function shuffled<Item>(items: readonly Item[]): Item[] {
  return items
    .map((item) => [Math.random(), item] as const)
    .sort((a, b) => a[0] - b[0])
    .map(([, item]) => item)
}

/** Every case of a suite, as one program has it. */
export const contendersOf = (suite: Suite, program: string): Contender[] =>
  suite.cases.map(({ name }) => ({ label: name, caseName: name, program }))
