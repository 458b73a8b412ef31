import { readFile } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'chai'
import { bytesOf, fixtures } from '../fixtures/index.ts'
import { piecesOf } from '../helpers/cuts.ts'
import { describeBrowser } from './browser.ts'

/** Where a browser finds what the built files import: nothing is bundled for it. */
const importMap = {
  imports: {
    'deltafold/core': '/dist/core.js',
    'deltafold/web': '/dist/web.js',
    'eventsource-parser': '/node_modules/eventsource-parser/dist/index.js',
    '@streamparser/json/': '/node_modules/@streamparser/json/dist/mjs/',
    '@streamparser/json': '/node_modules/@streamparser/json/dist/mjs/index.js',
  },
}
const page = `<!doctype html><title>deltafold</title><script type="importmap">${JSON.stringify(importMap)}</script>`

/** Streams as any provider sends them, without options of their own. */
const streams = fixtures.filter(({ options }) => options === undefined)

/** The results of each stream, as text: over `assemble()`, and over the transform. Runs here and in the page. */
async function foldAll(origin: string, count: number): Promise<string[]> {
  const { assemble } = await import('deltafold/core')
  const { AssemblerTransformStream } = await import('deltafold/web')
  const told: string[] = []
  for (let i = 0; i < count; i++) {
    const url = `${origin}/streams/${i}`
    const response = await fetch(url)
    const stream = new AssemblerTransformStream({ onFailure: 'event' })
    const reader = response.body?.pipeThrough(stream).getReader()
    const types: string[] = []
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true, value: undefined }
      if (value === undefined || done) break
      types.push(value.type)
    }
    const results = [await stream.result, await assemble(fetch(url)).result]
    // How long it took is another matter each time.
    told.push(JSON.stringify([types, results], (key, value) => (key === 'timing' ? undefined : value)))
  }
  return told
}

async function answer(path: string, response: ServerResponse): Promise<void> {
  const [, stream] = /^\/streams\/(\d+)$/.exec(path) ?? []
  const fixture = streams[Number(stream)]
  if (fixture !== undefined) {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    for (const piece of piecesOf(bytesOf(fixture), 100)) response.write(piece)
    response.end()
  } else if (/^\/(dist|node_modules)\/[\w./@-]+\.js$/.test(path)) {
    response.writeHead(200, { 'content-type': 'text/javascript' })
    response.end(await readFile(`.${path}`))
  } else {
    response.writeHead(200, { 'content-type': 'text/html' })
    response.end(page)
  }
}

describeBrowser('the package as it is built, in Chromium', (browser) => {
  it('folds each fixture to the same events and the same result as in Node', async () => {
    const server = createServer((request, response) => void answer(request.url ?? '/', response))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}` // of a TCP server
    try {
      const tab = await browser().newPage()
      await tab.goto(origin)
      const there = await tab.evaluate<string[]>(`(${foldAll})(${JSON.stringify(origin)}, ${streams.length})`)
      expect(there).to.deep.equal(await foldAll(origin, streams.length))
      expect(streams.length).to.be.greaterThan(100)
      expect(there.every((text) => text.includes('"status"'))).to.equal(true)
    } finally {
      server.closeAllConnections()
      server.close()
    }
  })
})
