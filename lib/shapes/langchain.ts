import { toJsonCalls } from './ai-calls.ts'
import { type Fields, fieldsOf, isFields, setField, textOf, without } from './fields.ts'
import { columnOf, rowOf } from './table.ts'

/**
 * The fields LangChain's AIMessage is made of. It keeps everything its model classes have no field for in
 * additional_kwargs, under the wire's name, and so do we; raw tool calls only where the parsed ones say less.
 */
export function toAiMessageFields(message: Fields, envelope: Fields): Fields {
  const calls = toJsonCalls(message)
  const raw = fieldsOf(message.tool_calls)
  const valid = calls.map(({ id, name, input, fault }) => {
    const args = isFields(input) ? input : { input }
    return fault === undefined && { type: 'tool_call', id, name, args }
  })
  const invalid = calls.map(({ id, name, text, fault }) => {
    return fault !== undefined && { type: 'invalid_tool_call', id, name, args: text, error: fault }
  })
  const isExact = calls.every(({ input, fault, metadata }, i) => {
    const isKept = metadata === undefined || (fault !== undefined && isSameKeys(metadata))
    return isKept && (isFields(input) || fault !== undefined) && raw[i]?.extra_content === undefined
  })
  const isOrdered = new Set(calls.map(({ fault }) => fault === undefined)).size < 2
  const kwargs = { ...kwargsOf(message), ...(!(isExact && isOrdered) && { tool_calls: message.tool_calls }) }
  return {
    content: message.content ?? '',
    ...(calls.length > 0 && {
      tool_calls: valid.filter(Boolean),
      invalid_tool_calls: invalid.filter(Boolean),
    }),
    additional_kwargs: kwargs,
    ...sameFields(message),
    ...envelope,
  }
}

/** Of a call whose arguments are no JSON, the text is in the invalid call already. */
function isSameKeys(metadata: Fields): boolean {
  const kept = metadata.deltafold
  return (
    Object.keys(metadata).join() === 'deltafold' && isFields(kept) && Object.keys(kept).join() === 'arguments'
  )
}

/** Fields with a place of their own, which additional_kwargs must not overrule. */
const notInKwargs: ReadonlySet<string> = new Set(['role', 'content', 'tool_calls'])

const same: ReadonlySet<string> = new Set(['id', 'name', 'response_metadata', 'usage_metadata'])

function sameFields(message: Fields): Fields {
  const fields: Fields = {}
  for (const key of same) if (message[key] !== undefined) fields[key] = message[key]
  return fields
}

function kwargsOf(message: Fields): Fields {
  const kwargs: Fields = {}
  const column = columnOf('langchain')
  for (const key of Object.keys(message)) {
    if (column(rowOf(key)) !== 'additional_kwargs' || message[key] === undefined) continue
    if (key !== 'refusal' || message[key] !== null) setField(kwargs, key, message[key])
  }
  return kwargs
}

/** Our message from the fields of an AIMessage, or from the message itself. */
export function fromAiMessageFields(fields: Fields): Fields {
  const kwargs = isFields(fields.additional_kwargs) ? fields.additional_kwargs : {}
  const raw = kwargs.tool_calls
  const others = without(kwargs, notInKwargs) ?? {}
  const calls = Array.isArray(raw) ? raw : callsOf(fields)
  const isReplaced = calls.length > 0 || [others.refusal, others.function_call, others.audio].some(Boolean)
  return {
    role: 'assistant',
    content: fields.content === '' && isReplaced ? null : (fields.content ?? ''),
    refusal: null,
    ...sameFields(fields),
    ...others,
    ...(calls.length > 0 && { tool_calls: calls }),
  }
}

function callsOf(fields: Fields): Fields[] {
  const valid = fieldsOf(fields.tool_calls).map((call) => toCall(call, JSON.stringify(call.args ?? {})))
  const invalid = fieldsOf(fields.invalid_tool_calls).map((call) => toCall(call, textOf(call.args)))
  return [...valid, ...invalid]
}

function toCall(call: Fields, text: string): Fields {
  return { id: textOf(call.id), type: 'function', function: { name: textOf(call.name), arguments: text } }
}
