import type {
  ChatCompletionResponseMessage,
  CreateChatCompletionResponse,
  KnownFields,
} from '../wire/index.ts'
import { type Fields, fieldsOf, isFields } from './fields.ts'

/** A message of ours, or one like it in another package's interface (openai's `ChatCompletionMessage`). */
export type MessageLike = ChatCompletionResponseMessage | KnownFields<ChatCompletionResponseMessage>

/** A completion of ours, or one like it. */
export type CompletionLike = CreateChatCompletionResponse | KnownFields<CreateChatCompletionResponse>

/** A message, and the completion and choice it is of, if a completion was given. */
export interface Source {
  readonly message: Fields
  readonly choice: Fields | undefined
  readonly completion: Fields | undefined
}

/** What a stream that failed before its first chunk has said: nothing. It is saved like any other. */
const nothing: Fields = { role: 'assistant', content: null, refusal: null }

/**
 * The message of a choice (0 unless said otherwise); of a completion without any choice, one that says nothing. Throws
 * RangeError if the completion has choices, but not this one.
 */
export function sourceOf(given: MessageLike | CompletionLike, index: number): Source {
  const fields: unknown = given
  if (!isFields(fields)) throw new TypeError('A message or a completion is an object.')
  if (!Array.isArray(fields.choices)) return { message: fields, choice: undefined, completion: undefined }
  const choice = fieldsOf(fields.choices).find((one, i) => (one.index ?? i) === index)
  if (fields.choices.length === 0 && index === 0) return { message: nothing, choice, completion: fields }
  if (choice === undefined || !isFields(choice.message)) {
    throw new RangeError(`The completion has no choice ${index} with a message.`)
  }
  return { message: choice.message, choice, completion: fields }
}
