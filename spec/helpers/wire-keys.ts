import type { Fixture } from '../fixtures/index.ts'
import { isObject, list, own } from './reference/values.ts'

/** The fields that occur in the chunks of some fixtures, by where they stand. */
export interface WireKeys {
  readonly chunk: ReadonlySet<string>
  readonly choice: ReadonlySet<string>
  readonly delta: ReadonlySet<string>
}

/** A field that holds null says nothing, and a frame that is written out as text is read as far as it is JSON. */
export function keysOnWire(fixtures: readonly Fixture[]): WireKeys {
  const keys = { chunk: new Set<string>(), choice: new Set<string>(), delta: new Set<string>() }
  const add = (to: Set<string>, value: unknown): void => {
    if (!isObject(value)) return
    for (const [key, held] of Object.entries(value)) if (held !== null) to.add(key)
  }
  for (const chunk of fixtures.flatMap(({ frames }) => frames)) {
    add(keys.chunk, chunk)
    for (const choice of list(own(chunk, 'choices'))) {
      add(keys.choice, choice)
      add(keys.delta, own(choice, 'delta'))
      add(keys.delta, own(choice, 'message'))
    }
  }
  return keys
}
