import { type ShapeDiagnostic, ShapeDiagnostics } from './diagnostics.ts'
import { type Fields, fieldsOf, isFields, textOf } from './fields.ts'
import { type ProviderName, type ProviderRule, providerRules, requestFields } from './providers.ts'
import type { RequestMessageTo } from './request-types.ts'
import { type CompletionLike, type MessageLike, sourceOf } from './source.ts'
import type { Column } from './table.ts'
import { toWireShape } from './wire-shape.ts'

export interface RequestMessageOptions {
  /** Which choice of a completion. Default 0. */
  readonly choice?: number | undefined
  /** false: send no reasoning back, to a model that does not reason. Default true. */
  readonly reasoning?: boolean | undefined
}

export interface RequestMessageResult<Message> {
  readonly message: Message
  /** What the provider will not get, and what had to be filled in. */
  readonly diagnostics: readonly ShapeDiagnostic[]
}

/**
 * The message to append to the next request, by the rules of the provider it goes to: what must go back goes back
 * unmodified, in order and under the name the provider reads; what it refuses stays out.
 *
 * ```ts
 * const { message } = toRequestMessage(result.completion, 'deepseek')
 * messages.push(message, ...toolMessages(answers, { message }).messages)
 * ```
 */
export function toRequestMessage<Provider extends ProviderName>(
  source: MessageLike | CompletionLike,
  provider: Provider,
  options: RequestMessageOptions = {},
): RequestMessageResult<RequestMessageTo<Provider>> {
  const rule = ruleOf(provider)
  const diagnostics = new ShapeDiagnostics(`request:${provider}`)
  const { message } = sourceOf(source, options.choice ?? 0)
  const sent = rule.onlySigned === true ? withoutUnsigned(message, diagnostics) : message
  const written = toWireShape(sent, requestColumn(rule, options.reasoning !== false), diagnostics)
  finishContent(written, rule)
  if (options.reasoning !== false) addRequired(written, rule, diagnostics)
  if (rule.notEmpty === true && isEmpty(written)) diagnostics.add('empty_message', 'content')
  // The table writes what the type says, as in toMessage.
  return { message: written as unknown as RequestMessageTo<Provider>, diagnostics: diagnostics.list() }
}

/** Throws RangeError on a provider without a rule: to guess would be to risk a refused request. */
export function ruleOf(provider: string): ProviderRule {
  const rules: { readonly [name: string]: ProviderRule } = providerRules
  const rule = Object.hasOwn(rules, provider) ? rules[provider] : undefined
  if (rule !== undefined) return rule
  throw new RangeError(
    `No rule for the provider ${provider}; one of ${Object.keys(rules).join(', ')} (openai for any other).`,
  )
}

function requestColumn(rule: ProviderRule, withReasoning: boolean): Column {
  return (field) => {
    const cell = rule.fields[field] ?? requestFields[field] ?? ''
    const isReasoning = field.includes('reasoning') || field.includes('thinking')
    return isReasoning && !withReasoning ? '' : cell
  }
}

/** null only beside tool calls or what replaces text; OpenAI refuses it elsewhere, Ollama even there. */
function finishContent(written: Fields, rule: ProviderRule): void {
  if (written.refusal === null || written.refusal === undefined) delete written.refusal
  if (typeof written.content === 'string' && written.content !== '') return
  if (Array.isArray(written.content)) return
  const calls = fieldsOf(written.tool_calls).length > 0 || isFields(written.function_call)
  if (calls) written.content = rule.contentBesideCalls ?? null
  else written.content = isFields(written.audio) || textOf(written.refusal) !== '' ? null : ''
}

function addRequired(written: Fields, rule: ProviderRule, diagnostics: ShapeDiagnostics): void {
  if (rule.required === undefined || fieldsOf(written.tool_calls).length === 0) return
  const { field, filler } = rule.required
  const text = textOf(written[field])
  if (text !== '' || (filler === '' && typeof written[field] === 'string')) return
  written[field] = filler
  diagnostics.add('filled_in', field)
}

function isEmpty({ content, tool_calls }: Fields): boolean {
  const isBlank = Array.isArray(content) ? content.length === 0 : textOf(content) === ''
  return isBlank && fieldsOf(tool_calls).length === 0
}

/**
 * A stream that was cut leaves a last thought of Claude without signature, and with it the whole request is
 * refused. Anything before it is as the provider sent it, and stays.
 */
function withoutUnsigned(message: Fields, diagnostics: ShapeDiagnostics): Fields {
  const { reasoning_details: details, ...others } = message
  if (!Array.isArray(details)) return message
  let end = details.length
  while (end > 0 && isUnsigned(details[end - 1])) end--
  if (end === details.length) return message
  for (let i = end; i < details.length; i++) {
    diagnostics.add('unsigned_reasoning', `reasoning_details[${i}]`)
  }
  if (end > 0) return { ...others, reasoning_details: details.slice(0, end) }
  // The text alone would be made into a thought without signature again.
  return { ...others, reasoning: null }
}

function isUnsigned(entry: unknown): boolean {
  if (!isFields(entry) || entry.type !== 'reasoning.text') return false
  return entry.format === 'anthropic-claude-v1' && textOf(entry.signature) === ''
}
