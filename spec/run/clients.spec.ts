import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect } from 'chai'

/** What a program beside this one reports, run in a process of its own. */
async function report<Report>(program: string, ...args: readonly string[]): Promise<Report> {
  const file = fileURLToPath(new URL(program, import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', file, ...args])
  return JSON.parse(stdout)
}

describe('a thousand clients that leave after the first token', () => {
  interface Left {
    readonly savedOnce: number
    readonly endings: Readonly<Record<string, number>>
    readonly upstreamOpen: number
    readonly connections: number
    readonly resources: readonly string[]
    readonly listeners: number
    readonly runsKept: number
    readonly delays: { readonly count: number; readonly p50: number; readonly max: number }
    readonly warnings: readonly string[]
  }
  let left: Left

  before(async function () {
    this.timeout(120_000)
    left = await report('./leaving-child.js', '1000')
  })

  it('have their messages saved, each exactly once', () => {
    expect(left.savedOnce).to.equal(1000)
    // A third each: abort, continue, and continueFor a few milliseconds.
    expect(left.endings).to.deep.equal({ aborted: 667, complete: 333 })
  })

  it('leave no socket, no timer, no listener and no run', () => {
    const { upstreamOpen, connections, resources, listeners, runsKept, warnings } = left
    expect({ upstreamOpen, connections, resources, listeners, runsKept, warnings }).to.deep.equal({
      upstreamOpen: 0,
      connections: 0,
      resources: [],
      listeners: 0,
      runsKept: 0,
      warnings: [],
    })
  })

  it('stop the upstream soon, where that was asked for', () => {
    expect(left.delays.count).to.equal(334)
    expect(left.delays.p50).to.be.below(1000)
    expect(left.delays.max).to.be.below(10_000)
  })
})

describe('clients that read nothing of 12 MB', () => {
  interface Held {
    readonly length: number
    readonly held: number
    readonly waiting: number
  }

  it('cost the process no memory: the answer is held once, however many they are', async function () {
    this.timeout(120_000)
    const alone = await report<Held>('./slow-child.js', '0')
    const watched = await report<Held>('./slow-child.js', '20')
    expect(alone.length).to.equal(12_000_000)
    expect(watched.length).to.equal(12_000_000)
    expect(alone.held).to.be.below(2.5 * alone.length)
    // One piece each may be on its way. Were the answer held for each of them, it would be 240 MB.
    expect(watched.held - alone.held).to.be.below(20 * 300_000)
    expect(watched.waiting).to.be.below(128 * 1024)
  })
})
