import type { ShapeDiagnostic } from './diagnostics.ts'
import { type ProviderName, providerNames, providerRules } from './providers.ts'
import { toRequestMessage } from './request-message.ts'
import type { CompletionLike, MessageLike } from './source.ts'
import { type ShapeName, shapeNames } from './table.ts'
import { type ToMessageOptions, toMessage } from './to-message.ts'

/** What a command can print a message as: a shape, or the next request of a provider. */
export type ShapeFormat = ShapeName | `request:${ProviderName}`

interface ShapeRow {
  /** For a list of formats. */
  readonly what: string
  /** Whose type it is, and where it was read. */
  readonly source: string
}

const systems: Readonly<Record<ShapeName, ShapeRow>> = {
  openai: {
    what: "OpenAI's message",
    source: 'ChatCompletionResponseMessage, openai-openapi 2.3.0; npm openai 6.49.0',
  },
  openrouter: {
    what: "OpenRouter's message on the wire",
    source: 'ChatAssistantMessage$Outbound, npm @openrouter/sdk 1.3.19',
  },
  'openrouter-sdk': {
    what: "OpenRouter's message in its SDK",
    source: 'ChatAssistantMessage, npm @openrouter/sdk 1.3.19',
  },
  orq: { what: "orq.ai's message", source: 'CreateChatCompletionMessage, npm @orq-ai/node 4.15.11' },
  'orq-dataset': {
    what: "orq.ai's message of a dataset item",
    source: 'CreateDatasetItemMessagesAssistantMessage, npm @orq-ai/node 4.15.11',
  },
  'reasoning-content': {
    what: 'the message with reasoning_content (DeepSeek, Qwen, Kimi, GLM)',
    source: 'docs.ope.ai/object',
  },
  litellm: { what: "LiteLLM's message", source: 'litellm.Message' },
  mistral: { what: "Mistral's message", source: 'AssistantMessage, npm @mistralai/mistralai 2.7' },
  'ai-ui': { what: "AI SDK's UIMessage", source: 'UIMessage, npm ai 6.0.326' },
  'ai-model': { what: "AI SDK's ModelMessage", source: 'AssistantModelMessage, npm ai 6.0.326' },
  langchain: { what: "LangChain's AIMessage", source: 'AIMessageFields, npm @langchain/core 1.2.13' },
}

/** Every format by name, with what it is: the table a command reads its `--format` from. */
export const shapes: ReadonlyMap<ShapeFormat, ShapeRow> = new Map<ShapeFormat, ShapeRow>([
  ...shapeNames.map((name): [ShapeFormat, ShapeRow] => [name, systems[name]]),
  ...providerNames.map((name): [ShapeFormat, ShapeRow] => [
    `request:${name}`,
    {
      what: `the message for the next request to ${name}: ${providerRules[name].rule}`,
      source: providerRules[name].evidence.join(' '),
    },
  ]),
])

/**
 * A message by the name of its format, as a command has it. Throws RangeError on a name that is not in `shapes`.
 *
 * ```ts
 * const { message } = toShape(completion, 'request:kimi')
 * ```
 */
export function toShape(
  source: MessageLike | CompletionLike,
  format: string,
  options: ToMessageOptions = {},
): { message: unknown; diagnostics: readonly ShapeDiagnostic[] } {
  const shape = shapeNames.find((name) => name === format)
  if (shape !== undefined) return toMessage(source, shape, options)
  const provider = providerNames.find((name) => `request:${name}` === format)
  if (provider !== undefined) return toRequestMessage(source, provider, { choice: options.choice })
  throw new RangeError(`No shape is called ${format}; one of ${[...shapes.keys()].join(', ')}.`)
}
