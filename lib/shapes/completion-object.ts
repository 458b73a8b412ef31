import type { FinishReason, OpeAIChatCompletion, OpeAIChatCompletionMessage } from '../wire/index.ts'
import { type ShapeDiagnostic, ShapeDiagnostics } from './diagnostics.ts'
import { type Fields, fieldsOf, isFields, textOf } from './fields.ts'
import type { CompletionLike } from './source.ts'
import { toMessage } from './to-message.ts'

/**
 * The completion object of docs.ope.ai, which DeepSeek, Qwen, Kimi and GLM return as well. The page knows four
 * finish reasons; there are more, and none for an answer that was cut, so they are as they came.
 */
export interface ReasoningContentCompletion extends Omit<OpeAIChatCompletion, 'choices'> {
  choices: { index: number; finish_reason: FinishReason | null; message: OpeAIChatCompletionMessage }[]
}

const kept = {
  completion: new Set(['id', 'object', 'created', 'model', 'system_fingerprint', 'choices', 'usage']),
  choice: new Set(['index', 'finish_reason', 'message']),
  usage: new Set(['prompt_tokens', 'completion_tokens', 'total_tokens']),
} as const

/**
 * A whole completion in the `reasoning_content` shape: every choice's message, and of the rest what the object has.
 *
 * ```ts
 * const { completion, diagnostics } = toReasoningContentCompletion(result.completion)
 * ```
 */
export function toReasoningContentCompletion(given: CompletionLike): {
  completion: ReasoningContentCompletion
  diagnostics: readonly ShapeDiagnostic[]
} {
  const fields: unknown = given
  if (!isFields(fields)) throw new TypeError('A completion is an object.')
  const diagnostics = new ShapeDiagnostics('reasoning-content')
  nameOthers(fields, kept.completion, '', diagnostics)
  const usage = isFields(fields.usage) ? fields.usage : {}
  nameOthers(usage, kept.usage, 'usage.', diagnostics)
  const choices = fieldsOf(fields.choices).map((choice, i) => {
    nameOthers(choice, kept.choice, `choices[${i}].`, diagnostics)
    const index = typeof choice.index === 'number' ? choice.index : i
    const { message, diagnostics: lost } = toMessage(given, 'reasoning-content', { choice: index })
    for (const { code, field } of lost) diagnostics.add(code, `choices[${i}].message.${field}`)
    const reason = choice.finish_reason
    return { index, finish_reason: typeof reason === 'string' ? reason : null, message }
  })
  if (typeof fields.system_fingerprint !== 'string') diagnostics.add('filled_in', 'system_fingerprint')
  return {
    completion: {
      id: textOf(fields.id),
      object: 'chat.completion',
      created: countOf(fields.created),
      model: textOf(fields.model),
      system_fingerprint: textOf(fields.system_fingerprint),
      choices,
      usage: {
        prompt_tokens: countOf(usage.prompt_tokens),
        completion_tokens: countOf(usage.completion_tokens),
        total_tokens: countOf(usage.total_tokens),
      },
    },
    diagnostics: diagnostics.list(),
  }
}

function nameOthers(
  source: Fields,
  known: ReadonlySet<string>,
  path: string,
  diagnostics: ShapeDiagnostics,
): void {
  for (const key of Object.keys(source)) {
    const value = source[key]
    if (!known.has(key) && value !== null && value !== undefined) diagnostics.add('not_carried', path + key)
  }
}

function countOf(value: unknown): number {
  return typeof value === 'number' ? value : 0
}
