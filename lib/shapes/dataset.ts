import type { CreateDatasetItemMessagesAssistantMessage, JsonValue } from '../wire/index.ts'
import type { ShapeDiagnostic } from './diagnostics.ts'
import { type Fields, fieldsOf, isFields, textOf } from './fields.ts'
import { type CompletionLike, type MessageLike, sourceOf } from './source.ts'
import { toMessage } from './to-message.ts'

export interface DatasetItemOptions {
  /** Which choice of a completion. Default 0. */
  readonly choice?: number | undefined
  /** The messages of the request, before the answer. */
  readonly messages?: readonly { readonly role: string; readonly [field: string]: unknown }[] | undefined
  /** Values of the prompt's variables. */
  readonly inputs?: { readonly [name: string]: string | number | boolean } | undefined
}

/** An item of an orq.ai dataset, as its API takes it. */
export interface DatasetItem {
  inputs?: { [name: string]: string | number | boolean }
  messages: (CreateDatasetItemMessagesAssistantMessage | { role: string; [field: string]: unknown })[]
  expected_output?: string
}

/**
 * A recorded answer as an item of an orq.ai dataset: the messages of the request, the answer, and its text as the
 * expected output. Reasoning is in the form of orq.ai's present releases, which have no flat fields for it.
 *
 * ```ts
 * const { item } = toDatasetItem(completion, { messages: request.messages })
 * ```
 */
export function toDatasetItem(
  source: MessageLike | CompletionLike,
  options: DatasetItemOptions = {},
): { item: DatasetItem; diagnostics: readonly ShapeDiagnostic[] } {
  const { message } = sourceOf(source, options.choice ?? 0)
  const result = toMessage(source, 'orq-dataset', { choice: options.choice })
  const answer = presentForm(result.message)
  const text = textOfContent(message.content)
  return {
    item: {
      ...(options.inputs !== undefined && { inputs: { ...options.inputs } }),
      messages: [...(options.messages ?? []), answer],
      ...(text !== '' && { expected_output: text }),
    },
    diagnostics: result.diagnostics,
  }
}

/** The three flat reasoning fields of 2025 as what took their place: signed and redacted parts, reasoning_content. */
export function presentForm(
  message: CreateDatasetItemMessagesAssistantMessage,
): CreateDatasetItemMessagesAssistantMessage {
  const { reasoning, reasoning_signature, redacted_reasoning, ...others } = message
  if (reasoning === undefined && reasoning_signature === undefined && redacted_reasoning === undefined)
    return message
  const parts: Exclude<CreateDatasetItemMessagesAssistantMessage['content'], string | null | undefined> = []
  const isSigned = reasoning_signature !== undefined && textOf(reasoning_signature) !== ''
  if (isSigned) parts.push({ type: 'reasoning', reasoning: reasoning ?? '', signature: reasoning_signature })
  if (redacted_reasoning) parts.push({ type: 'redacted_reasoning', data: redacted_reasoning })
  const { content } = others
  const said =
    typeof content === 'string' && content !== '' ? [{ type: 'text' as const, text: content }] : content
  return {
    ...others,
    ...(parts.length > 0 && { content: [...parts, ...(Array.isArray(said) ? said : [])] }),
    ...(!isSigned && reasoning && others.reasoning_content === undefined && { reasoning_content: reasoning }),
  }
}

function textOfContent(content: unknown): string {
  if (typeof content === 'string') return content
  return fieldsOf(content)
    .filter((part: Fields) => part.type === 'text')
    .map((part) => textOf(part.text))
    .join('')
}

/** The messages of a recorded request body, if it is one. */
export function messagesOfRequest(body: JsonValue | undefined): { role: string; [field: string]: unknown }[] {
  const messages: unknown = isFields(body) ? body.messages : undefined
  return fieldsOf(messages).flatMap((message) =>
    typeof message.role === 'string' ? [{ ...message, role: message.role }] : [],
  )
}
