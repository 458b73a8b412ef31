import { getEventListeners } from 'node:events'
import { setImmediate } from 'node:timers/promises'
import { expect } from 'chai'
import { assemble } from '../../lib/core.ts'
import { createRun } from '../../lib/run.ts'
import { onAbort } from '../../lib/to/on-abort.ts'
import { asyncIterable } from '../helpers/sources.ts'

const listenersOf = (signal: AbortSignal): number => getEventListeners(signal, 'abort').length

/** The warnings of the process while something is done, and those that it brings a moment later. */
async function warningsOf(work: () => Promise<void>): Promise<Error[]> {
  const warnings: Error[] = []
  const onWarning = (warning: Error): unknown => warnings.push(warning)
  process.on('warning', onWarning)
  await work()
  await setImmediate()
  process.off('warning', onWarning)
  return warnings
}

describe('a signal that is shared', () => {
  it('tells every listener, also behind one that throws, which is told as an EventTarget does', async () => {
    const controller = new AbortController()
    const told: string[] = []
    onAbort(controller.signal, () => told.push('first'))
    onAbort(controller.signal, () => {
      throw new Error('second')
    })
    onAbort(controller.signal, () => told.push('third'))
    const others = process.listeners('uncaughtException')
    process.removeAllListeners('uncaughtException')
    process.once('uncaughtException', ({ message }) => told.push(`uncaught ${message}`))
    controller.abort()
    await setImmediate()
    for (const listener of others) process.on('uncaughtException', listener)
    expect(told).to.deep.equal(['first', 'third', 'uncaught second'])
  })

  it('by fifty runs and fifty assemblies stops them all, without a warning', async () => {
    const controller = new AbortController()
    const { signal } = controller
    const silent = () => asyncIterable([], 'silence').source
    const warnings = await warningsOf(async () => {
      const results = Array.from({ length: 50 }, () => [
        createRun(silent(), { signal }).result,
        assemble(silent(), { signal }).result,
      ]).flat()
      await setImmediate()
      expect(listenersOf(signal)).to.equal(1)
      controller.abort('closing down')
      for (const { status, error } of await Promise.all(results))
        expect([status, error?.cause]).to.deep.equal(['aborted', 'closing down'])
    })
    expect(warnings).to.deep.equal([])
    expect(listenersOf(signal)).to.equal(0)
  })

  it('tells nobody who has called it off, also while it tells', () => {
    const controller = new AbortController()
    const told: string[] = []
    const offs = new Map<string, () => void>()
    for (const name of ['a', 'b', 'c']) {
      const listen = (): void => {
        told.push(name)
        offs.get('b')?.()
      }
      offs.set(name, onAbort(controller.signal, listen))
    }
    controller.abort()
    expect(told).to.deep.equal(['a', 'c'])
  })

  it('is let go with the last listener, and watched again for the next', () => {
    const controller = new AbortController()
    const { signal } = controller
    const told: string[] = []
    const off = onAbort(signal, () => told.push('first'))
    off()
    expect(listenersOf(signal)).to.equal(0)
    onAbort(signal, () => told.push('second'))
    off()
    expect(listenersOf(signal)).to.equal(1)
    controller.abort()
    expect(told).to.deep.equal(['second'])
  })
})
