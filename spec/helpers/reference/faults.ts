import { isAbsent, isObject, list, own } from './values.ts'

/** What makes a chunk unusable; the code is the error's. */
export type Fault = 'bad_type' | 'bad_index' | 'limit_choices'

export const MAX_CHOICES = 128
export const REASONING_KEYS = ['reasoning_content', 'reasoning', 'reasoning_text'] as const

const isText = (value: unknown): boolean => isAbsent(value) || typeof value === 'string'
const isObjectOrAbsent = (value: unknown): boolean => isAbsent(value) || isObject(value)

function isContent(value: unknown): boolean {
  return isText(value) || (Array.isArray(value) && value.every(isObject))
}

function isReasoning(value: unknown): boolean {
  return isText(value) || isObject(value)
}

/** R8: null is "", an object is written out as JSON, a number is no arguments. */
function isArguments(value: unknown): boolean {
  return isText(value) || typeof value === 'object'
}

function callBodyFault(body: unknown): Fault | undefined {
  if (!isObjectOrAbsent(body) || !isText(own(body, 'name'))) return 'bad_type'
  return isArguments(own(body, 'arguments')) && isText(own(body, 'input')) ? undefined : 'bad_type'
}

function toolIndexFault(index: unknown): Fault | undefined {
  if (isAbsent(index) || Number.isSafeInteger(index)) return undefined
  return typeof index === 'string' && /^\d+$/.test(index) ? undefined : 'bad_index'
}

function toolCallFault(entry: unknown): Fault | undefined {
  if (!isObject(entry) || !isText(own(entry, 'id')) || !isText(own(entry, 'type'))) return 'bad_type'
  const bodies = [own(entry, 'function'), own(entry, 'custom')].map(callBodyFault)
  return bodies.find((fault) => fault !== undefined) ?? toolIndexFault(own(entry, 'index'))
}

function deltaFault(delta: unknown): Fault | undefined {
  if (!isObjectOrAbsent(delta)) return 'bad_type'
  if (!isContent(own(delta, 'content'))) return 'bad_type'
  if (!isText(own(delta, 'role')) || !isText(own(delta, 'refusal'))) return 'bad_type'
  if (!REASONING_KEYS.every((key) => isReasoning(own(delta, key)))) return 'bad_type'
  const calls = own(delta, 'tool_calls')
  if (!isAbsent(calls) && !Array.isArray(calls)) return 'bad_type'
  if (!isObjectOrAbsent(own(delta, 'audio'))) return 'bad_type'
  const faults = [callBodyFault(own(delta, 'function_call')), ...list(calls).map(toolCallFault)]
  return faults.find((fault) => fault !== undefined)
}

function choiceIndexFault(index: unknown): Fault | undefined {
  if (isAbsent(index)) return undefined
  if (typeof index !== 'number' || !Number.isSafeInteger(index) || index < 0) return 'bad_index'
  return index < MAX_CHOICES ? undefined : 'limit_choices'
}

function choiceFault(choice: unknown, oneChoice: boolean): Fault | undefined {
  if (!isObject(choice) || !isText(own(choice, 'finish_reason'))) return 'bad_type'
  // With `choices: 1` the index is a counter of the provider and never looked at.
  return (oneChoice ? undefined : choiceIndexFault(own(choice, 'index'))) ?? deltaFault(own(choice, 'delta'))
}

/** The first thing in a chunk that R4 to R8 and R10 do not allow. */
export function faultOf(chunk: unknown, oneChoice: boolean): Fault | undefined {
  const choices = own(chunk, 'choices')
  if (isAbsent(choices)) return undefined
  if (!Array.isArray(choices)) return 'bad_type'
  return choices.map((choice) => choiceFault(choice, oneChoice)).find((fault) => fault !== undefined)
}
