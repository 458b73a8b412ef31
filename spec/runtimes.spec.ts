import { expect } from 'chai'
import { runtimeReport } from './runtimes/report.ts'
import { workerdReport } from './runtimes/workerd.ts'

// Bun, Deno and the other Nodes are too large to install for each test run: `npm run runtimes` asks them.
describe('where it runs', () => {
  it('makes no difference: workerd gives what this Node gives, of every fixture', async () => {
    const here = await runtimeReport()
    expect(here.fixtures).to.be.greaterThan(150)
    expect(await workerdReport()).to.deep.equal(here)
  }).timeout(60_000)
})
