import { type Fields, isFields, ownField, setField } from './fields.ts'

/**
 * The keys OpenRouter's SDK spells in camelCase. A list and not a rule: keys it does not know (a provider's own,
 * or a name inside tool arguments) keep their spelling, and the way back is exact.
 */
const spellings: ReadonlyMap<string, string> = new Map(
  [
    'tool_calls',
    'reasoning_details',
    'tool_name',
    'tool_call_id',
    'url_citation',
    'start_index',
    'end_index',
    'image_url',
    'video_url',
    'input_audio',
    'file_data',
    'file_id',
    'expires_at',
    'cache_control',
    'prompt_cache_breakpoint',
  ].map((key) => [key, key.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())]),
)

const wireSpellings: ReadonlyMap<string, string> = new Map(
  [...spellings].map(([wire, camel]) => [camel, wire]),
)

/** A key, or a path of keys, as the SDK spells it. */
export function camelCase(path: string): string {
  return path.replaceAll(/[a-z_]+/g, (key) => spellings.get(key) ?? key)
}

/** The message with every known key in the SDK's spelling. Values of `type` are not keys and stay. */
export function toCamelCase(message: Fields): Fields {
  return respell(message, spellings)
}

export function fromCamelCase(message: Fields): Fields {
  return respell(message, wireSpellings)
}

function respell(source: Fields, names: ReadonlyMap<string, string>): Fields {
  const target: Fields = {}
  for (const key of Object.keys(source)) {
    setField(target, names.get(key) ?? key, respellValue(ownField(source, key), names))
  }
  return target
}

function respellValue(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((item) => respellValue(item, names))
  return isFields(value) ? respell(value, names) : value
}
