// NestJS 12. An Observable that fails would reach the page as a message that no client can read, so `toSse` never does:
// what went wrong is said in the protocol. Nest unsubscribes when the client leaves; the run goes on and is saved.
import 'reflect-metadata'
import { Body, Controller, HttpCode, Module, RequestMethod, Sse } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { createRun } from 'deltafold/run'
import { observeRun, type SseMessage } from 'deltafold/run/rxjs'
import { aiSdk } from 'deltafold/ui'
import type { Observable } from 'rxjs'
import { visit } from './around/client.ts'
import { ask } from './around/provider.ts'
import { save } from './around/store.ts'

@Controller()
class ChatController {
  @Sse('chat', { method: RequestMethod.POST })
  @HttpCode(200) // Nest's own answer to a POST is 201
  chat(@Body() question: unknown): Observable<SseMessage> {
    const run = createRun((signal) => ask(question, signal), { onFinish: save })
    return observeRun(run).toSse(aiSdk)
  }
}

@Module({ controllers: [ChatController] })
class ChatModule {}

const app = await NestFactory.create(ChatModule, { logger: ['error'] })
await app.listen(0, '127.0.0.1')
await visit(`${await app.getUrl()}/chat`, () => app.close())
