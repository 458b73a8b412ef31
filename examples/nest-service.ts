// A NestJS service: POST /chat streams the answer as server-sent events, and the message is saved exactly once, also
// when the client leaves: the answer is paid for, so it is read to its end.
import 'reflect-metadata'
import {
  Controller,
  HttpCode,
  Injectable,
  type MessageEvent,
  Module,
  RequestMethod,
  Sse,
} from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { type AssemblyEvent, type AssemblyResult, assemble, fromResponse } from 'deltafold'
import { filter, map, type Observable, ReplaySubject } from 'rxjs'
import { startUpstream, words } from './upstream.ts'

const upstream = await startUpstream(words('Green tea wants 80 °C, black tea 95 °C.'))
const saved: AssemblyResult[] = []

@Injectable()
class ChatService {
  /** One subscription owns the upstream; the subject outlives the client. Nest must never see an error: `event`. */
  answer(): Observable<AssemblyEvent> {
    const events = new ReplaySubject<AssemblyEvent>()
    fromResponse((signal) => fetch(upstream.url, { method: 'POST', signal }))
      .pipe(assemble({ onFailure: 'event' }))
      .subscribe(events)
    events.subscribe((event) => event.type === 'end' && saved.push(event.result))
    return events
  }
}

@Controller()
class ChatController {
  readonly chat = new ChatService()

  @Sse('chat', { method: RequestMethod.POST })
  @HttpCode(200)
  stream(): Observable<MessageEvent> {
    return this.chat.answer().pipe(
      filter((event) => event.type === 'content.delta' || event.type === 'end'),
      map((event) => ({ data: event.type === 'end' ? event.result.status : event.delta })),
    )
  }
}

@Module({ controllers: [ChatController] })
class ChatModule {}

const app = await NestFactory.create(ChatModule, { logger: false })
await app.listen(0, '127.0.0.1')
const response = await fetch(`${await app.getUrl()}/chat`, { method: 'POST' })
console.log((await response.text()).match(/^data: .*/gm)?.join('\n'))
console.log(`saved ${saved.length}: ${saved[0]?.status}`, saved[0]?.completion.choices[0]?.message.content)
await app.close()
upstream.close()
