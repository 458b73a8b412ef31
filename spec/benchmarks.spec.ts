import { expect } from 'chai'
import { against, growth, type Row, spreadOf } from '../benchmarks/harness/rows.ts'
import type { Suite } from '../benchmarks/harness/suite.ts'
import { svgOf } from '../benchmarks/output/plot.ts'
import { peers } from '../benchmarks/peers/index.ts'
import { suitesNamed } from '../benchmarks/suites.ts'
import { sharedTemplates } from '../lib/from/template/cache.ts'
import { counts, matching } from '../lib/from/template/matching.ts'

const isPeer = (name: string): boolean => peers.some((peer) => peer.name === name)

/** Small enough for a unit test, large enough to hold what the traffic is about. */
const SMALL = 64

/** Does the work of a case once, and checks its answer as the benchmark does before it measures. */
async function runOnce({ input, check, cases }: Suite, name: string): Promise<readonly string[]> {
  const given = await input(SMALL)
  const work = await cases.find((one) => one.name === name)?.prepare()
  return check(await work?.run(given), given, name)
}

const rowOf = (size: number, times: readonly number[]): Row => ({
  suite: '',
  caseName: '',
  size,
  count: size,
  samples: times.map((cpu) => ({ cpu })),
  losses: [],
})

describe('the benchmarks', () => {
  const before = { ...matching }
  beforeEach(() => {
    Object.assign(matching, { warmUp: 0 })
    sharedTemplates().clear() // other specs may have spent what a process has to learn with
  })
  afterEach(() => Object.assign(matching, before))

  it('give the right answer in every case of our own, in every traffic, delivery and host', async () => {
    const suites = await suitesNamed(['fold', 'first', 'hosts', 'throughput'])
    const hits = counts.hits
    for (const suite of suites) {
      for (const { name } of suite.cases)
        if (!isPeer(name)) expect(await runOnce(suite, name), `${suite.name}, ${name}`).to.deep.equal([])
    }
    expect(suites.length).to.be.greaterThan(30)
    expect(counts.hits, 'the paths that are measured are the paths that were taken').to.be.greaterThan(hits)
  })

  it('give the right answer with every peer, but for what it is known to lose', async () => {
    const [suite] = await suitesNamed(['fold/reasoning/16k'])
    if (suite === undefined) throw new Error('There is no such suite')
    const losses: Record<string, readonly string[]> = {}
    for (const { name } of suite.cases) if (isPeer(name)) losses[name] = await runOnce(suite, name)
    expect(Object.keys(losses)).to.have.length(peers.length)
    for (const list of Object.values(losses))
      expect(list.filter((loss) => !loss.endsWith(' reasoning'))).to.deep.equal([])
  })

  it('refuse an answer that is not the right one', async () => {
    const [suite] = await suitesNamed(['fold/text/16k'])
    const given = await suite?.input(SMALL)
    expect(() => suite?.check(SMALL, given, '')).to.throw()
    expect(() => suite?.check(() => ({ text: 'another' }), given, '')).to.throw('another')
  })

  it('name every suite once, and say so of a name that there is not', async () => {
    const names = (await suitesNamed([])).map(({ name }) => name)
    expect(new Set(names).size).to.equal(names.length)
    const message = await suitesNamed(['fold', 'nothing']).catch(({ message }) => message)
    expect(message).to.contain('nothing')
  })

  it('form a ratio within a round, and tell its middle', () => {
    const [mine, base] = [rowOf(1, [2, 30, 4]), rowOf(1, [1, 10, 1])]
    expect(spreadOf(against(mine, base, 'cpu', 'ratio'))).to.deep.equal({ min: 2, median: 3, max: 4 })
    expect(spreadOf(against(mine, base, 'cpu', 'above'))).to.deep.equal({ min: 1, median: 3, max: 20 })
    expect(spreadOf([1, 3])?.median).to.equal(2)
  })

  it('see what grows with the square', () => {
    expect(growth(rowOf(10, [1, 5]), rowOf(100, [100, 900]), 'cpu')).to.be.closeTo(2, 1e-9)
  })

  it('draw a line that grows with a power as a straight one, and escape what they write', () => {
    const points = [1, 10, 100].map((x) => [x, x ** 2] as const)
    const plot = { title: 'a < b', xLabel: '', xTicks: [], yText: String, lines: [{ label: 'ours', points }] }
    const drawn = svgOf(plot)
    const [, coordinates = ''] = /points="([^"]*)"/.exec(drawn) ?? []
    const [a, b, c] = coordinates.split(' ').map((point) => point.split(',').map(Number))
    expect((a?.[1] ?? 0) - (b?.[1] ?? 0)).to.be.closeTo((b?.[1] ?? 0) - (c?.[1] ?? 0), 0.3)
    expect(drawn).to.contain('a &lt; b').and.not.contain('a < b')
  })
})
