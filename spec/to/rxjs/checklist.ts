import { expect } from 'chai'
import {
  from,
  mergeMap,
  NEVER,
  Observable,
  type OperatorFunction,
  of,
  type Subscriber,
  type Subscription,
  take,
  throwError,
} from 'rxjs'
import { TestScheduler } from 'rxjs/testing'
import { plainEvent } from '../../helpers/events.ts'
import { endless } from '../../helpers/wire.ts'

/** An operator, and what it makes of some values. */
export interface Sample<In, Out> {
  readonly operator: () => OperatorFunction<In, Out>
  /** Values of which some give others. None of them ends the operator. */
  readonly input: readonly In[]
  /** At least two. */
  readonly output: readonly unknown[]
  /** A value that gives others however often it comes. */
  readonly repeated: In
  /** What an empty source, and a broken one, come to; absent: nothing but the same. */
  readonly ofEmpty?: readonly string[]
  readonly ofBroken?: readonly string[]
}

/** What the specs of rxjs ask of each of its operators. */
export function itPassesTheChecklist<In, Out>(sample: Sample<In, Out>): void {
  const { operator, input, output, repeated } = sample
  const nothing: In[] = []

  it('gives each value in the tick in which it came', () => {
    expect(
      told(new Observable<In>((subscriber) => sayAll(subscriber, input)).pipe(operator())),
    ).to.deep.equal(output.map((value) => `next ${JSON.stringify(plain(value))}`))
  })

  it('makes of an empty source what it should', () => {
    expect(told(from(nothing).pipe(operator()))).to.deep.equal(sample.ofEmpty ?? ['complete'])
  })

  it('waits for a source that never speaks', () => {
    expect(told((NEVER as Observable<In>).pipe(operator()))).to.deep.equal([])
  })

  it('tells the error of its source', () => {
    const broken: Observable<In> = throwError(() => new Error('broken'))
    expect(told(broken.pipe(operator()))).to.deep.equal(sample.ofBroken ?? ['error broken'])
  })

  for (const [how, around] of [
    ['leaves its source when it is left', (source: Observable<In>) => source.pipe(operator())],
    [
      'does not break the chain of unsubscription',
      (source: Observable<In>) =>
        source.pipe(
          mergeMap((value) => of(value)),
          operator(),
          mergeMap((value) => of(value)),
        ),
    ],
  ] as const) {
    it(how, () => {
      new TestScheduler(() => {}).run(({ hot, expectObservable, flush }) => {
        const source = hot<In>('-a-a-a-a-', { a: repeated })
        expectObservable(around(source), '----!')
        flush()
        expect(source.subscriptions).to.deep.equal([{ subscribedFrame: 0, unsubscribedFrame: 4 }])
      })
    })
  }

  it('can be left in next, and gives nothing more', () => {
    let subscription: Subscription | undefined
    let given = 0
    let isLeft = false
    const source = new Observable<In>((subscriber) => {
      queueMicrotask(() => sayAll(subscriber, [...input, ...input]))
      return () => {
        isLeft = true
      }
    })
    subscription = source.pipe(operator()).subscribe(() => {
      given++
      subscription?.unsubscribe()
    })
    return Promise.resolve().then(() => {
      expect(given).to.equal(1)
      expect(isLeft).to.equal(true)
    })
  })

  it('begins afresh with each subscription', () => {
    const piped = from(input).pipe(operator())
    const first = told(piped)
    expect(first.length).to.be.greaterThan(output.length)
    expect(told(piped)).to.deep.equal(first)
  })

  it('keeps two subscriptions apart', () => {
    const piped = operator()
    const subjects = [from(input), from(input)].map((source) => told(source.pipe(piped)))
    expect(subjects[0]).to.deep.equal(subjects[1])
  })

  it('stops a synchronous source that has no end', () => {
    const source = endless(repeated)
    expect(told(from(source.values).pipe(operator(), take(2))).at(-1)).to.equal('complete')
    expect(source.taken).to.be.lessThan(5)
  })
}

function sayAll<In>(subscriber: Subscriber<In>, values: readonly In[]): void {
  for (const value of values) subscriber.next(value)
}

/** Everything an observable says while it is subscribed to. */
export function told(observable: Observable<unknown>): string[] {
  const said: string[] = []
  observable
    .subscribe({
      next: (value) => said.push(`next ${JSON.stringify(plain(value))}`),
      error: (error: Error & { code?: string }) => said.push(`error ${error.code ?? error.message}`),
      complete: () => said.push('complete'),
    })
    .unsubscribe()
  return said
}

/** Marbles: what an operator makes of a source, frame by frame, and how long it stays subscribed to it. */
export function expectMarbles<In, Out>(
  operator: OperatorFunction<In, Out>,
  marbles: {
    source: string
    values: Record<string, In>
    subscribed: string
    result: string
    results?: Record<string, unknown>
  },
): void {
  new TestScheduler((actual, expected) => {
    expect(actual.map(plainFrame)).to.deep.equal(expected.map(plainFrame))
  }).run(({ hot, expectObservable, expectSubscriptions }) => {
    const source = hot<In>(marbles.source, marbles.values)
    expectObservable(source.pipe(operator)).toBe(marbles.result, marbles.results)
    expectSubscriptions(source.subscriptions).toBe(marbles.subscribed)
  })
}

interface Frame {
  readonly frame?: number
  readonly notification?: {
    readonly kind: string
    readonly value?: unknown
    readonly error?: { readonly code?: string }
  }
}

/** An error is compared by its code. */
function plainFrame(given: Frame): unknown {
  const { frame, notification } = given
  if (notification === undefined) return given // of a subscription
  const { kind, value, error } = notification
  return { frame, kind, value: plain(value), code: error?.code }
}

/** An event without its snapshot; the result of `end` by its status. */
function plain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('type' in value) || typeof value.type !== 'string')
    return value
  if (!value.type.includes('.') && value.type !== 'end') return value // a tool call
  const event = plainEvent({ ...value, type: value.type })
  const { result } = event
  return event.type === 'end' && typeof result === 'object' && result !== null && 'status' in result
    ? { type: 'end', status: result.status }
    : event
}
