import type { ChatCompletionResponseMessage } from '../wire/index.ts'
import { fromModelMessage } from './ai-model.ts'
import { fromCamelCase } from './camel-case.ts'
import { argumentsText } from './carry-calls.ts'
import { ShapeDiagnostics } from './diagnostics.ts'
import { type Fields, isFields, textOf } from './fields.ts'
import { fromUiMessage } from './from-ai-ui.ts'
import { fromAiMessageFields } from './langchain.ts'
import type { ShapeName } from './table.ts'
import type { ShapeResult } from './to-message.ts'
import type { ShapeMessages } from './types.ts'

/**
 * Our message from a system's own shape. Back in that shape it is the same again, on everything the shape can
 * carry: null is as good as absent for `content` and `refusal`, which we always have.
 *
 * ```ts
 * const { message } = fromMessage(await loadUiMessage(id), 'ai-ui')
 * messages.push(toRequestMessage(message, 'deepseek').message)
 * ```
 */
export function fromMessage<Name extends ShapeName>(
  given: ShapeMessages[Name],
  shape: Name,
): ShapeResult<ChatCompletionResponseMessage> {
  const fields: unknown = given
  if (!isFields(fields)) throw new TypeError('A message is an object.')
  const diagnostics = new ShapeDiagnostics(shape)
  const message = readShape(fields, shape, diagnostics)
  // Every reader writes role, content and refusal; everything else in the type is open.
  return {
    message: message as unknown as ChatCompletionResponseMessage,
    diagnostics: diagnostics.list(),
  }
}

function readShape(given: Fields, shape: ShapeName, diagnostics: ShapeDiagnostics): Fields {
  if (shape === 'ai-ui') return fromUiMessage(given, diagnostics)
  if (shape === 'ai-model') return fromModelMessage(given, diagnostics)
  if (shape === 'langchain') return fromAiMessageFields(given)
  const fields = shape === 'openrouter-sdk' ? fromCamelCase(given) : given
  return fromWireShape(fields, shape, diagnostics)
}

/** Our message is a superset of every shape of the wire, so their fields come as they are. */
function fromWireShape(fields: Fields, shape: ShapeName, diagnostics: ShapeDiagnostics): Fields {
  const { role, content, refusal, tool_calls, ...others } = fields
  const kept =
    shape === 'litellm' && isFields(others.provider_specific_fields) ? others.provider_specific_fields : {}
  return {
    role: textOf(role) || 'assistant',
    content: content ?? null,
    refusal: refusal ?? (textOf(kept.refusal) || null),
    ...others,
    ...(Array.isArray(tool_calls) && {
      tool_calls: tool_calls.map((call, i) => wholeCall(call, i, diagnostics)),
    }),
  }
}

/** Mistral and orq.ai leave out parts of a call that ours always has. */
function wholeCall(call: unknown, i: number, diagnostics: ShapeDiagnostics): Fields {
  const { id, type, function: inner, ...others } = isFields(call) ? call : {}
  if (textOf(id) === '') diagnostics.add('filled_in', `tool_calls[${i}].id`)
  if (isFields(others.custom)) return { id: textOf(id), type: 'custom', ...others }
  const { name, arguments: text, ...more } = isFields(inner) ? inner : {}
  return {
    id: textOf(id),
    type: textOf(type) || 'function',
    function: { ...more, name: textOf(name), arguments: argumentsText(text) },
    ...others,
  }
}
