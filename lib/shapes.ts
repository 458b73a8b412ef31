export {
  type ReasoningContentCompletion,
  toReasoningContentCompletion,
} from './shapes/completion-object.ts'
export {
  type DatasetItem,
  type DatasetItemOptions,
  messagesOfRequest,
  toDatasetItem,
} from './shapes/dataset.ts'
export { type ToDeltasOptions, toDeltas } from './shapes/deltas.ts'
export {
  type ShapeDiagnostic,
  type ShapeDiagnosticCode,
  shapeDiagnosticTable,
} from './shapes/diagnostics.ts'
export { fromMessage } from './shapes/from-message.ts'
export { providersAsMarkdown, providersMarkers, tableAsMarkdown, tableMarkers } from './shapes/markdown.ts'
export { type ProviderName, type ProviderRule, providerNames, providerRules } from './shapes/providers.ts'
export { type ShapeFormat, shapes, toShape } from './shapes/registry.ts'
export {
  type RequestMessageOptions,
  type RequestMessageResult,
  toRequestMessage,
} from './shapes/request-message.ts'
export type { OpenAIRequestMessage, RequestMessage, RequestMessageTo } from './shapes/request-types.ts'
export type { CompletionLike, MessageLike } from './shapes/source.ts'
export {
  type Cell,
  type FieldName,
  fieldNames,
  fieldRows,
  type ShapeName,
  shapeNames,
} from './shapes/table.ts'
export {
  type ShapeResult,
  type ToMessageOptions,
  toAiModel,
  toAiUi,
  toLangChain,
  toLiteLLM,
  toMessage,
  toMistral,
  toOpenAI,
  toOpenRouter,
  toOpenRouterSdk,
  toOrq,
  toOrqDataset,
  toReasoningContent,
} from './shapes/to-message.ts'
export {
  type ToolAnswer,
  type ToolMessage,
  type ToolMessagesOptions,
  type ToolMessagesResult,
  toolMessages,
} from './shapes/tool-messages.ts'
export type * from './shapes/types.ts'
