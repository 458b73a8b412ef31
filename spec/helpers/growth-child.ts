// Grows hundreds of texts by turns and prints what a character of them keeps, in bytes, as JSON. Needs --expose-gc.
import { GrowingText } from '../../lib/growing-text.ts'

const TEXTS = 300

/** Four characters, between two others. */
const bytesOf = (turn: number): Uint8Array => new TextEncoder().encode(`"${turn}"`)

function heapAfterCollection(): number {
  for (let i = 0; i < 4; i++) globalThis.gc?.()
  return process.memoryUsage().heapUsed
}

function bytesACharacter(takes: (text: GrowingText) => boolean): number {
  const texts = Array.from({ length: TEXTS }, () => new GrowingText())
  const before = heapAfterCollection()
  for (let turn = 1000; turn < 1500; turn++) {
    for (const text of texts) {
      if (takes(text)) text.appendBytes(bytesOf(turn), 1, 5)
      else text.append(String(turn))
    }
  }
  const kept = heapAfterCollection() - before
  const characters = texts.reduce((sum, { length }) => sum + length, 0)
  return characters === TEXTS * 500 * 4 ? kept / characters : Number.NaN
}

bytesACharacter(() => true) // what is made once in a process is not a cost of a character
const asText = bytesACharacter(() => false)
const asBytes = bytesACharacter((text) => text.takesBytes)
console.log(JSON.stringify({ asText, asBytes }))
