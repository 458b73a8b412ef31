import type { Diagnostic } from './diagnostics.ts'
import type { AssembledToolCall, AssemblyResult } from './result.ts'
import type {
  ChatCompletionAnnotation,
  ChatCompletionAudioChunk,
  ChatCompletionContentPart,
  ChatCompletionStreamResponseDelta,
  CompletionUsage,
  CreateChatCompletionResponse,
  JsonObject,
  JsonValue,
} from './wire/index.ts'

/** What every delta event has beside its own fields. */
export interface Live {
  /** The completion when this is first read: in the listener, the completion so far. It never changes. */
  readonly snapshot: CreateChatCompletionResponse
}

export interface OfChoice {
  /** The index of the choice. */
  readonly choice: number
}

export interface OfToolCall extends OfChoice {
  /** The call's number in order of arrival; the same in every event and in the result. */
  readonly index: number
  readonly id: string
  readonly name: string
  readonly callType: AssembledToolCall['type']
}

interface TextDelta extends OfChoice, Live {
  readonly delta: string
}

/** Event type → what the event has. Types are named after the field of the wire. */
export interface AssemblyEventFields {
  'content.delta': TextDelta
  /** A part of the content that is not plain text, as it came. */
  'content.part': OfChoice & Live & { readonly delta: ChatCompletionContentPart }
  'content.done': OfChoice & { readonly content: string | readonly ChatCompletionContentPart[] }
  'refusal.delta': TextDelta
  'refusal.done': OfChoice & { readonly refusal: string }
  /** One text, however many keys carried it. `keys`: the plain ones; none where details, blocks or parts did. */
  'reasoning.delta': TextDelta & { readonly keys: readonly string[] }
  'reasoning.done': OfChoice & { readonly reasoning: string }
  'tool_calls.start': OfToolCall & Live
  'tool_calls.arguments.delta': OfToolCall &
    TextDelta & {
      /**
       * The arguments up to and with this delta, parsed when this is first read; undefined: nothing yet, or a
       * custom tool. Strings and containers grow; numbers, true, false and null are final when they appear. It is
       * one object that grows in place: copy what you keep. The value of `tool_calls.done` is another, and final.
       */
      readonly value: JsonValue | undefined
    }
  /** The call will not change any more: told as soon as that is certain. Only `state: 'complete'` may be run. */
  'tool_calls.done': OfToolCall & Pick<AssembledToolCall, 'arguments' | 'value' | 'state'>
  'audio.delta': OfChoice & Live & { readonly delta: ChatCompletionAudioChunk }
  'annotations.delta': OfChoice & Live & { readonly delta: readonly ChatCompletionAnnotation[] }
  'logprobs.delta': OfChoice & Live & { readonly delta: JsonObject }
  usage: Live & { readonly usage: CompletionUsage }
  /** Every other field of the message that changed, in the wire's shape. */
  'message.delta': OfChoice & Live & { readonly delta: ChatCompletionStreamResponseDelta }
  /** Every other field of the choice that changed. */
  'choice.delta': OfChoice & Live & { readonly delta: JsonObject }
  /** Every other field of the completion that changed. */
  'completion.delta': Live & { readonly delta: JsonObject }
  'choice.done': OfChoice & { readonly finish_reason: string | null }
  diagnostic: { readonly diagnostic: Diagnostic }
  /** The last event, exactly one. */
  end: { readonly result: AssemblyResult }
}

export type AssemblyEventType = keyof AssemblyEventFields

/** Type → event: `AssemblyEventMap['content.delta']`. */
export type AssemblyEventMap = {
  readonly [Type in AssemblyEventType]: { readonly type: Type } & AssemblyEventFields[Type]
}

/** What the assembler tells the outside, told apart by `type`. */
export type AssemblyEvent = AssemblyEventMap[AssemblyEventType]
