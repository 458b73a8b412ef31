import { once } from 'node:events'
import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createGunzip } from 'node:zlib'
import { serve } from '@hono/node-server'
import { expect } from 'chai'
import compression from 'compression'
import express, { type RequestHandler } from 'express'
import { fastify } from 'fastify'
import { Hono } from 'hono'
import type { AssemblyResult } from '../../lib/core.ts'
import { createRun, pipeToResponse, type Run, toResponse } from '../../lib/run.ts'
import { aiSdk } from '../../lib/ui.ts'
import { Upstream } from './upstream.ts'

/** A server of a real framework that answers every POST to /chat with a run. */
interface Host extends AsyncDisposable {
  readonly url: string
}

async function expressHost(begin: () => Run, ...middleware: readonly RequestHandler[]): Promise<Host> {
  const app = express()
  app.use(compression(), ...middleware)
  app.post('/chat', async (_, response) => {
    await pipeToResponse(begin(), response, aiSdk)
  })
  const server = app.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return hostOf(server)
}

async function fastifyHost(begin: () => Run, isHijacked: boolean): Promise<Host> {
  const app = fastify({ forceCloseConnections: true })
  app.post('/chat', (_, reply) => {
    if (!isHijacked) return toResponse(begin(), aiSdk)
    reply.hijack()
    return pipeToResponse(begin(), reply.raw, aiSdk)
  })
  const url = `${await app.listen({ port: 0, host: '127.0.0.1' })}/chat`
  return { url, [Symbol.asyncDispose]: () => app.close() }
}

async function honoHost(begin: () => Run): Promise<Host> {
  const app = new Hono().post('/chat', () => toResponse(begin(), aiSdk))
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1', createServer })
  await once(server, 'listening')
  return hostOf(server as Server) // of the function that was given
}

function hostOf(server: Server): Host {
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/chat`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Some proxies and plugins rewrite the header that forbids transformation: then compression takes the stream. */
const forgetsNoTransform: RequestHandler = (_, response, next) => {
  const setHeader = response.setHeader.bind(response)
  response.setHeader = (name, value) => setHeader(name, name === 'cache-control' ? 'no-cache' : value)
  next()
}

const hosts: Readonly<Record<string, (begin: () => Run) => Promise<Host>>> = {
  'Express with compression': expressHost,
  'Express with compression that takes the stream': (begin) => expressHost(begin, forgetsNoTransform),
  Fastify: (begin) => fastifyHost(begin, false),
  'Fastify, hijacked': (begin) => fastifyHost(begin, true),
  Hono: honoHost,
}

/** Asks as a browser does; gives the response as it is on the wire. */
async function ask(url: string): Promise<IncomingMessage> {
  const asking = httpRequest(url, { method: 'POST', headers: { 'accept-encoding': 'gzip' } }).end()
  const [response] = await once(asking, 'response')
  return response as IncomingMessage // what the event gives
}

function textOf(response: IncomingMessage) {
  const isGzip = response.headers['content-encoding'] === 'gzip'
  const source = isGzip ? response.pipe(createGunzip()) : response
  const pieces = source.setEncoding('utf8')[Symbol.asyncIterator]()
  let stream = ''
  return {
    async until(text: string): Promise<string> {
      while (!stream.includes(text)) {
        const { done, value } = await pieces.next()
        if (done) throw new Error(`The stream ended before '${text}'`)
        stream += value
      }
      return stream
    },
  }
}

for (const [name, host] of Object.entries(hosts)) {
  describe(name, () => {
    it('sends each token while the provider is silent', async () => {
      const upstream = new Upstream()
      await using app = await host(() => createRun(upstream))
      const response = await ask(app.url)
      const isCompressed = name.endsWith('takes the stream')
      expect(response.headers['content-encoding']).to.equal(isCompressed ? 'gzip' : undefined)
      const stream = textOf(response)
      // The next word is said when the one before it has arrived: whatever gathers them would wait for ever.
      for (const word of ['Green', ' tea', ' wants', ' 80 °C.']) {
        upstream.say(word)
        await stream.until(`"delta":"${word}"`)
      }
      upstream.finish()
      await stream.until('[DONE]')
    })

    it('stops a silent provider when its client leaves, where that was asked for', async () => {
      const upstream = new Upstream().say('Hello')
      const saved: AssemblyResult[] = []
      await using app = await host(() =>
        createRun(upstream, { onClientGone: 'abort', onFinish: (result) => saved.push(result) }),
      )
      const response = await ask(app.url)
      await textOf(response).until('Hello')
      response.destroy()
      while (saved.length === 0) await new Promise((resolve) => setTimeout(resolve, 2))
      expect(upstream.isCancelled).to.equal(true)
      expect(saved.map(({ status }) => status)).to.deep.equal(['aborted'])
    })
  })
}
