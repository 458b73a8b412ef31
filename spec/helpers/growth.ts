/** What may change between two snapshots of one completion, read as a program that reads the JSON sees it. */

type Json = Record<string, unknown>

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const objects = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isObject) : [])
const own = (value: unknown, key: string): unknown =>
  isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined

/** Address → value. An address means the same thing in every snapshot. */
export type Addressed = Map<string, string>

/** The texts of a message that grow, each at its place. */
const plainTexts = [
  ...['refusal', 'reasoning', 'reasoning_content', 'reasoning_text', 'reasoning_opaque'],
] as const

/**
 * Every text field of a completion. `audio.data` is left out where a piece ended with padding: then the pieces were
 * encoded one by one, the text is decoded, joined and encoded anew, and its bytes grow where its letters change.
 */
export function textsOf(completion: unknown): Addressed {
  const texts: Addressed = new Map()
  const add = (address: string, value: unknown): void => {
    if (typeof value === 'string' && value !== '') texts.set(address, value)
  }
  for (const choice of objects(own(completion, 'choices'))) {
    const at = `choice ${String(own(choice, 'index'))}`
    const message = own(choice, 'message')
    for (const key of plainTexts) add(`${at} ${key}`, own(message, key))
    add(`${at} text`, own(choice, 'text'))
    add(`${at} function_call`, own(own(message, 'function_call'), 'arguments'))
    add(`${at} audio.transcript`, own(own(message, 'audio'), 'transcript'))
    add(`${at} audio.data`, audioData(own(message, 'audio')))
    addContent(`${at} content`, own(message, 'content'), add)
    for (const call of objects(own(message, 'tool_calls')))
      add(`${at} call ${String(own(call, 'id'))}`, argumentsOf(call))
    objects(own(message, 'reasoning_details')).forEach((entry, i) => {
      for (const key of ['text', 'summary']) add(`${at} reasoning_details[${i}].${key}`, own(entry, key))
    })
    objects(own(message, 'thinking_blocks')).forEach((block, i) => {
      add(`${at} thinking_blocks[${i}]`, own(block, 'thinking'))
    })
  }
  return texts
}

function argumentsOf(call: Json): unknown {
  return own(own(call, 'custom'), 'input') ?? own(own(call, 'function'), 'arguments')
}

/** As far as it cannot be encoded anew: up to the last whole group without padding. */
function audioData(audio: unknown): unknown {
  const data = own(audio, 'data')
  if (typeof data !== 'string') return undefined
  const end = data.indexOf('=')
  return end === -1 ? data : data.slice(0, end - (end % 4))
}

/** A string may become a list of parts; its text is then that of the text parts. */
function addContent(at: string, content: unknown, add: (address: string, value: unknown) => void): void {
  if (typeof content === 'string') return add(at, content)
  const parts = objects(content)
  add(at, parts.map((part) => (own(part, 'type') === 'text' ? own(part, 'text') : '')).join(''))
  parts.forEach((part, i) => {
    const inner = [...objects(own(part, 'thinking')), ...objects(own(part, 'summary'))]
    inner.forEach((item, j) => {
      add(`${at}[${i}][${j}]`, own(item, 'text'))
    })
  })
}

/** Every field that says what something is: once it is there, it never changes. */
export function identitiesOf(completion: unknown): Addressed {
  const identities: Addressed = new Map()
  const add = (address: string, source: unknown, keys: readonly string[]): void => {
    for (const key of keys) {
      const value = own(source, key)
      if (value !== undefined && value !== '' && value !== null && value !== 0)
        identities.set(`${address}.${key}`, JSON.stringify(value))
    }
  }
  add('completion', completion, ['id', 'object', 'model', 'created'])
  for (const choice of objects(own(completion, 'choices'))) {
    const at = `choice ${String(own(choice, 'index'))}`
    const message = own(choice, 'message')
    add(at, choice, ['index'])
    add(`${at} message`, message, ['role', 'name'])
    add(`${at} audio`, own(message, 'audio'), ['id'])
    for (const call of objects(own(message, 'tool_calls'))) {
      add(`${at} call ${String(own(call, 'id'))}`, call, ['id', 'type'])
      // The name may be cut in two, but no longer once its arguments have begun.
      if (argumentsOf(call) !== '')
        add(`${at} call ${String(own(call, 'id'))}`, own(call, 'custom') ?? own(call, 'function'), ['name'])
    }
    const lists = ['reasoning_details', 'thinking_blocks', 'content'] as const
    for (const list of lists) {
      objects(own(message, list)).forEach((item, i) => {
        add(`${at} ${list}[${i}]`, item, ['type', 'id', 'index', 'format', 'signature'])
      })
    }
  }
  return identities
}

/** Tool names as they are so far. */
export function namesOf(completion: unknown): Addressed {
  const names: Addressed = new Map()
  for (const choice of objects(own(completion, 'choices'))) {
    for (const call of objects(own(own(choice, 'message'), 'tool_calls'))) {
      const name = own(own(call, 'custom') ?? own(call, 'function'), 'name')
      names.set(`choice ${String(own(choice, 'index'))} call ${String(own(call, 'id'))}`, String(name))
    }
  }
  return names
}

/** The addresses whose value is gone or does not go on from what it was. */
export function broken(
  before: Addressed,
  after: Addressed,
  goesOn: (value: string, next: string) => boolean,
): string[] {
  return [...before]
    .filter(([address, value]) => !goesOn(value, after.get(address) ?? ''))
    .map(([address, value]) => `${address}: ${JSON.stringify(value)} → ${JSON.stringify(after.get(address))}`)
}

/** So that a change of anything that was handed out throws. */
export function deepFreeze<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  Object.freeze(value)
  for (const inner of Object.values(value)) deepFreeze(inner)
  return value
}
