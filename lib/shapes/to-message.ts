import { toModelMessage } from './ai-model.ts'
import { toUiMessage } from './ai-ui.ts'
import { toCamelCase } from './camel-case.ts'
import { type ShapeDiagnostic, ShapeDiagnostics } from './diagnostics.ts'
import { langChainMetadata, uiMetadata } from './envelope.ts'
import { type Fields, textOf } from './fields.ts'
import { toAiMessageFields } from './langchain.ts'
import { type CompletionLike, type MessageLike, type Source, sourceOf } from './source.ts'
import { columnOf, type ShapeName } from './table.ts'
import type { ShapeMessages } from './types.ts'
import { toWireShape } from './wire-shape.ts'

export interface ToMessageOptions {
  /** Which choice of a completion. Default 0. */
  readonly choice?: number | undefined
  /** The id of a UIMessage. Default: the completion's id. */
  readonly id?: string | undefined
}

/** A message in another shape, and what could not go with it. */
export interface ShapeResult<Message> {
  readonly message: Message
  /** One for each field the shape has no place for; empty: nothing was lost. */
  readonly diagnostics: readonly ShapeDiagnostic[]
}

/**
 * A message in a system's own shape. Nothing is changed, made up or lost where the shape has a place for it; what
 * it has no place for is named. The result may share objects with the source.
 *
 * ```ts
 * const { message, diagnostics } = toMessage(result.completion, 'orq')
 * for (const { field } of diagnostics) console.warn(`orq.ai has no place for ${field}`)
 * ```
 */
export function toMessage<Name extends ShapeName>(
  source: MessageLike | CompletionLike,
  shape: Name,
  options: ToMessageOptions = {},
): ShapeResult<ShapeMessages[Name]> {
  const diagnostics = new ShapeDiagnostics(shape)
  const message = writeShape(sourceOf(source, options.choice ?? 0), shape, options, diagnostics)
  // The table writes what the type says; spec/shapes/judges.spec.ts asks the systems' own validators.
  return { message: message as unknown as ShapeMessages[Name], diagnostics: diagnostics.list() }
}

function writeShape(
  source: Source,
  shape: ShapeName,
  options: ToMessageOptions,
  diagnostics: ShapeDiagnostics,
): Fields {
  const { message, completion } = source
  if (shape === 'ai-ui') {
    return toUiMessage(message, options.id ?? (textOf(completion?.id) || 'message'), uiMetadata(source))
  }
  if (shape === 'ai-model') return toModelMessage(message)
  if (shape === 'langchain') return toAiMessageFields(message, langChainMetadata(source))
  const written = toWireShape(message, columnOf(shape), diagnostics)
  return shape === 'openrouter-sdk' ? toCamelCase(written) : written
}

/** OpenAI's `ChatCompletionResponseMessage`, for code written against the `openai` package. */
export const toOpenAI = shortcut('openai')
/** OpenRouter's message as it is on the wire. */
export const toOpenRouter = shortcut('openrouter')
/** OpenRouter's message as `@openrouter/sdk` has it. */
export const toOpenRouterSdk = shortcut('openrouter-sdk')
/** orq.ai's `CreateChatCompletionMessage`. */
export const toOrq = shortcut('orq')
/** orq.ai's `CreateDatasetItemMessagesAssistantMessage`. */
export const toOrqDataset = shortcut('orq-dataset')
/** The message with `reasoning_content`: ope.ai, DeepSeek, Qwen, Kimi, GLM. */
export const toReasoningContent = shortcut('reasoning-content')
export const toLiteLLM = shortcut('litellm')
export const toMistral = shortcut('mistral')
/** AI SDK's `UIMessage`. */
export const toAiUi = shortcut('ai-ui')
/** AI SDK's assistant `ModelMessage`. */
export const toAiModel = shortcut('ai-model')
/** The fields of LangChain's `AIMessage`: `new AIMessage(toLangChain(message).message)`. */
export const toLangChain = shortcut('langchain')

function shortcut<Name extends ShapeName>(shape: Name) {
  return (
    source: MessageLike | CompletionLike,
    options?: ToMessageOptions,
  ): ShapeResult<ShapeMessages[Name]> => toMessage(source, shape, options)
}
