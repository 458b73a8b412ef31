import type { AssemblyError } from '../errors.ts'
import type { AssemblyEventType, OfToolCall } from '../events.ts'
import type { AssemblyResult } from '../result.ts'
import { type Encoder, type StreamIdentity, sseHeaders, sseHeartbeat } from './encoder.ts'
import { finishOf } from './finish.ts'
import { type ErrorText, factOf } from './page-words.ts'
import type { PlainEvent } from './plain-event.ts'
import { writeSse } from './sse.ts'

/** The names of a stream are taken, as every protocol does, and not said: the provider's own id goes out. */
export interface OpenAiOptions extends Partial<StreamIdentity> {
  /**
   * Under which key reasoning goes out. Clients read one or the other: LibreChat `reasoning_content`, vLLM's and
   * OpenRouter's own `reasoning`. Default 'reasoning_content'.
   */
  readonly reasoningField?: 'reasoning_content' | 'reasoning' | 'both' | undefined
  /**
   * Passes on the parts of a content that are no text, as Mistral sends them. OpenAI has none, and its client makes
   * `[object Object]` of them; their thoughts go out as reasoning in any case. Default false.
   */
  readonly contentParts?: boolean | undefined
  readonly errorText?: ErrorText | undefined
}

type Fields = Readonly<Record<string, unknown>>

const reasoningFields = {
  reasoning_content: ['reasoning_content'],
  reasoning: ['reasoning'],
  both: ['reasoning_content', 'reasoning'],
} as const

/** Usage and finish reasons are told by the result, in the order in which OpenAI sends them. */
const reads: ReadonlySet<AssemblyEventType> = new Set([
  'content.delta',
  'content.part',
  'refusal.delta',
  'reasoning.delta',
  'tool_calls.start',
  'tool_calls.arguments.delta',
  'tool_calls.done',
  'audio.delta',
  'annotations.delta',
  'message.delta',
  'logprobs.delta',
  'choice.delta',
  'completion.delta',
  'end',
])

/**
 * Chunks of `chat.completion.chunk`, as OpenAI would have sent them, whichever provider it was: one role, one name per
 * call, one finish reason, the usage last, and an error where the answer broke. For the `openai` client, LibreChat,
 * Open WebUI and whatever else speaks to an OpenAI-compatible server.
 */
export function openai(options: OpenAiOptions = {}): Encoder {
  return new OpenAiEncoder(options)
}

class OpenAiEncoder implements Encoder {
  readonly headers = sseHeaders
  readonly reads = reads
  readonly heartbeat = sseHeartbeat
  readonly tellsFailure = true
  readonly #reasoning: readonly string[]
  readonly #sendsParts: boolean
  readonly #errorText: ErrorText
  #envelope: Fields = { id: '', object: 'chat.completion.chunk', created: 0, model: '' }
  readonly #spoken = new Set<number>()
  /** The name that was told of each call. */
  readonly #names = new Map<string, string>()
  #isClosed = false

  constructor(options: OpenAiOptions) {
    const { reasoningField = 'reasoning_content', contentParts = false, errorText = factOf } = options
    this.#reasoning = reasoningFields[reasoningField]
    this.#sendsParts = contentParts
    this.#errorText = errorText
  }

  open(): string {
    return ''
  }

  encode(event: PlainEvent): string {
    if (this.#isClosed) return ''
    switch (event.type) {
      case 'content.delta':
        return this.#delta(event.choice, { content: event.delta })
      case 'content.part':
        return this.#sendsParts ? this.#delta(event.choice, { content: [event.delta] }) : ''
      case 'refusal.delta':
        return this.#delta(event.choice, { refusal: event.delta })
      case 'reasoning.delta':
        return this.#delta(event.choice, Object.fromEntries(this.#reasoning.map((key) => [key, event.delta])))
      case 'tool_calls.start':
      case 'tool_calls.done':
        return this.#call(event)
      case 'tool_calls.arguments.delta':
        return this.#call(event) + this.#arguments(event, event.delta)
      case 'audio.delta':
        return this.#delta(event.choice, { audio: event.delta })
      case 'annotations.delta':
        return this.#delta(event.choice, { annotations: event.delta })
      case 'message.delta':
        return this.#delta(event.choice, event.delta)
      case 'logprobs.delta':
        return this.#choice(event.choice, { delta: {}, logprobs: event.delta })
      case 'choice.delta':
        return this.#choice(event.choice, { delta: {}, ...event.delta })
      case 'completion.delta':
        return this.#fields(event.delta)
      case 'end':
        this.#isClosed = true
        return this.#end(event.result)
      default:
        return ''
    }
  }

  #chunk(fields: Fields): string {
    return writeSse({ data: JSON.stringify({ ...this.#envelope, ...fields }) })
  }

  #choice(index: number, fields: Fields): string {
    return this.#chunk({ choices: [{ index, finish_reason: null, ...fields }] })
  }

  #delta(index: number, delta: object): string {
    const isFirst = !this.#spoken.has(index)
    this.#spoken.add(index)
    return this.#choice(index, { delta: isFirst ? { role: 'assistant', ...delta } : delta })
  }

  #arguments(call: OfToolCall, text: string): string {
    const { choice, index, callType } = call
    return this.#delta(choice, { tool_calls: [{ index, [callType]: payloadOf(call, text) }] })
  }

  /** The first chunk of a call has its identity. It is not repeated, for there are clients that append it. */
  #call(call: OfToolCall): string {
    const key = `${call.choice}.${call.index}`
    const told = this.#names.get(key)
    if (told === call.name) return ''
    this.#names.set(key, call.name)
    const { index, id, callType, name, choice } = call
    // A name that came in two pieces is said again as a whole.
    const identity = told === undefined ? { id, type: callType } : {}
    return this.#delta(choice, {
      tool_calls: [
        { index, ...identity, [callType]: { name, ...(told === undefined && payloadOf(call, '')) } },
      ],
    })
  }

  /** The envelope is on every chunk; any other field of the completion comes once. */
  #fields({ id, object, created, model, ...others }: Fields): string {
    this.#envelope = {
      ...this.#envelope,
      ...(id !== undefined && { id }),
      ...(created !== undefined && { created }),
      ...(model !== undefined && { model }),
    }
    return Object.keys(others).length === 0 ? '' : this.#chunk({ choices: [], ...others })
  }

  #end(result: AssemblyResult): string {
    const { completion, error } = result
    const endings = completion.choices.map(({ index, finish_reason }) => {
      // An answer is complete without a reason where its provider never sends one; the client insists on it.
      const derived = error === undefined ? finishOf(result, index).replaceAll('-', '_') : null
      const reason = finish_reason ?? derived
      return reason === null ? '' : this.#choice(index, { delta: {}, finish_reason: reason })
    })
    const { usage } = completion
    const counted = usage === undefined ? '' : this.#chunk({ choices: [], usage })
    return endings.join('') + counted + this.#failure(error) + writeSse({ data: '[DONE]' })
  }

  #failure(error: AssemblyError | undefined): string {
    if (error === undefined) return ''
    const { code, upstream } = error
    const said = { message: this.#errorText(error), type: code, param: null, code: upstream?.code ?? code }
    return writeSse({ data: JSON.stringify({ error: said }) })
  }
}

function payloadOf({ callType }: OfToolCall, text: string): object {
  return callType === 'custom' ? { input: text } : { arguments: text }
}
