import 'reflect-metadata'
import { Controller, Module, RequestMethod, Sse } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { expect } from 'chai'
import type { Observable } from 'rxjs'
import type { AssemblyResult } from '../../lib/index.ts'
import { createRun, type RunOptions } from '../../lib/run.ts'
import { observeRun, type SseMessage } from '../../lib/run-rxjs.ts'
import { aiSdk } from '../../lib/ui.ts'
import { type AiPackage, chatOf, seenByChat } from '../ui/clients/ai-sdk.ts'
import { settled, Upstream } from './upstream.ts'

/** A real NestJS service that answers every POST with this upstream. */
async function nest(upstream: Upstream, options: RunOptions = {}) {
  const saved: AssemblyResult[] = []
  class ChatController {
    chat(): Observable<SseMessage> {
      const run = createRun(upstream, { ...options, onFinish: (result) => void saved.push(result) })
      return observeRun(run).toSse(aiSdk)
    }
  }
  class ChatModule {}
  // Decorators as functions: their syntax is not erasable.
  const method = Object.getOwnPropertyDescriptor(ChatController.prototype, 'chat')
  if (method !== undefined)
    Sse('chat', { method: RequestMethod.POST })(ChatController.prototype, 'chat', method)
  Controller()(ChatController)
  Module({ controllers: [ChatController] })(ChatModule)
  const app = await NestFactory.create(ChatModule, { logger: false, forceCloseConnections: true })
  await app.listen(0, '127.0.0.1')
  const url = `${await app.getUrl()}/chat`
  return { url, saved, [Symbol.asyncDispose]: () => app.close() }
}

describe('a NestJS service', () => {
  it('speaks to useChat as it is, in an answer that broke too', async () => {
    const ai = (await import('ai')) as unknown as AiPackage
    for (const [end, outcome] of [
      [(upstream: Upstream) => upstream.finish(), 'complete'],
      [(upstream: Upstream) => upstream.end(), 'failed'],
      [(upstream: Upstream) => upstream.fail(new Error('reset')), 'failed'],
    ] as const) {
      const upstream = new Upstream().say('Hello', ' there')
      end(upstream)
      await using service = await nest(upstream)
      const chat = chatOf(ai, (_, init) => fetch(service.url, init))
      await chat.sendMessage({ text: 'Hi' })
      const seen = seenByChat(chat)
      expect(seen.text).to.equal('Hello there')
      expect(seen.outcome).to.equal(outcome)
      expect(seen.isSettled).to.equal(true)
      expect(service.saved).to.have.length(1)
    }
  })

  it('saves the answer of a client that left, once', async () => {
    const upstream = new Upstream().say('Hello')
    await using service = await nest(upstream)
    const leaving = new AbortController()
    const response = await fetch(service.url, { method: 'POST', signal: leaving.signal })
    await response.body?.getReader().read()
    leaving.abort()
    await new Promise((resolve) => setTimeout(resolve, 30))
    upstream.say(' there').finish()
    while (service.saved.length === 0) await new Promise((resolve) => setTimeout(resolve, 2))
    await settled()
    expect(service.saved).to.have.length(1)
    expect(service.saved[0]?.completion.choices[0]?.message.content).to.equal('Hello there')
  })

  it('stops the upstream when its client leaves, where that was asked for', async () => {
    const upstream = new Upstream().say('Hello')
    await using service = await nest(upstream, { onClientGone: 'abort' })
    const leaving = new AbortController()
    const response = await fetch(service.url, { method: 'POST', signal: leaving.signal })
    await response.body?.getReader().read()
    leaving.abort()
    while (service.saved.length === 0) await new Promise((resolve) => setTimeout(resolve, 2))
    expect(upstream.isCancelled).to.equal(true)
    expect(service.saved[0]?.status).to.equal('aborted')
  })
})
