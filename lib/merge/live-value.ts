import Tokenizer from '@streamparser/json/tokenizer.js'
import type { JsonObject, JsonValue } from '../wire/index.ts'
import { setOwn } from './json.ts'

type Container = JsonValue[] | JsonObject

/** A container that is not closed yet. */
interface Open {
  readonly value: Container
  /** The key the next value gets; undefined while a key is awaited. In a list, its place. */
  key: string | number | undefined
}

/** What the grammar allows next. Tokens alone do not say; a text that breaks it stops growing. */
type Expecting = 'value' | 'value or end' | 'key' | 'key or end' | 'colon' | 'comma or end' | 'nothing'

/** The tokens told apart; the numbers are those of the library.s TokenType, whose enum would be a value import. */
const tokens = {
  leftBrace: 0,
  rightBrace: 1,
  leftBracket: 2,
  rightBracket: 3,
  colon: 4,
  comma: 5,
  string: 9,
} as const

/**
 * The value of a JSON text while it is written. It is parsed once, as it comes; the value is made when it is asked
 * for. Strings and containers grow; numbers, `true`, `false` and `null` appear when they are final; a cut escape or
 * half a surrogate pair is never shown. It grows in place: every look gives the same objects, because copying a list
 * of n rows at each row costs n².
 *
 * A text that is no JSON, or nested too deeply, stops growing: the strict parse at the end decides.
 */
export class LiveValue {
  readonly #tokenizer = new Tokenizer({ emitPartialTokens: true })
  readonly #maxDepth: number
  readonly #stack: Open[] = []
  #root: JsonValue | undefined
  #expecting: Expecting = 'value'
  #isStuck = false
  /** Text that was not parsed yet, and how much was. */
  #pieces: string[]
  #next = 0
  #parsed = 0
  /** Half a surrogate pair at the end of what was parsed: it has no UTF-8 of its own. */
  #half = ''

  constructor(text: string, maxDepth: number) {
    this.#pieces = text === '' ? [] : [text]
    this.#maxDepth = maxDepth
    this.#tokenizer.onToken = ({ token, value, partial }) =>
      this.#take(token, value as JsonValue, partial === true)
    this.#tokenizer.onError = () => {
      this.#isStuck = true
    }
  }

  /** Takes the next piece of the text; it is parsed when someone looks. */
  push(piece: string): void {
    this.#pieces.push(piece)
  }

  /** The value of the text's first `end` characters; undefined: nothing yet. A place already passed gives the latest. */
  read(end: number): JsonValue | undefined {
    this.#parse(this.#textUpTo(end))
    return this.#root
  }

  #textUpTo(end: number): string {
    let text = ''
    while (this.#parsed < end && this.#next < this.#pieces.length) {
      const piece = this.#pieces[this.#next] ?? ''
      const wanted = end - this.#parsed
      if (piece.length > wanted) {
        this.#pieces[this.#next] = piece.slice(wanted)
        this.#parsed = end
        return text + piece.slice(0, wanted)
      }
      this.#pieces[this.#next++] = ''
      this.#parsed += piece.length
      text += piece
    }
    if (this.#next === this.#pieces.length) {
      this.#pieces = []
      this.#next = 0
    }
    return text
  }

  #parse(text: string): void {
    if (this.#isStuck || text === '') return
    const whole = this.#half + text
    const endsInHalf = (whole.charCodeAt(whole.length - 1) & 0xfc00) === 0xd800
    this.#half = endsInHalf ? whole.slice(-1) : ''
    const ready = endsInHalf ? whole.slice(0, -1) : whole
    // Lone halves would be encoded as U+FFFD, which the strict parse does not do.
    if (!ready.isWellFormed()) this.#isStuck = true
    else if (ready !== '') this.#tokenizer.write(ready)
  }

  #take(token: number, value: JsonValue, isPartial: boolean): void {
    if (this.#isStuck) return
    if (isPartial && token !== tokens.string) return
    switch (token) {
      case tokens.leftBrace:
        return this.#openContainer({}, 'key or end')
      case tokens.leftBracket:
        return this.#openContainer([], 'value or end')
      case tokens.rightBrace:
        return this.#close('key or end', false)
      case tokens.rightBracket:
        return this.#close('value or end', true)
      case tokens.colon:
        return this.#expect('colon', 'value')
      case tokens.comma:
        return this.#afterComma()
      default:
        this.#takeScalar(token, value, isPartial)
    }
  }

  #takeScalar(token: number, value: JsonValue, isPartial: boolean): void {
    const top = this.#stack.at(-1)
    if (this.#expecting === 'key' || this.#expecting === 'key or end') {
      if (token !== tokens.string || top === undefined) this.#isStuck = true
      else if (!isPartial) {
        top.key = String(value)
        this.#expecting = 'colon'
      }
    } else if (this.#expecting === 'value' || this.#expecting === 'value or end') {
      this.#put(value)
      if (!isPartial) this.#valueIsWhole()
    } else this.#isStuck = true
  }

  #openContainer(value: Container, next: Expecting): void {
    const isAllowed = this.#expecting === 'value' || this.#expecting === 'value or end'
    if (!isAllowed || this.#stack.length >= this.#maxDepth) {
      this.#isStuck = true
      return
    }
    this.#put(value)
    this.#stack.push({ value, key: Array.isArray(value) ? 0 : undefined })
    this.#expecting = next
  }

  #close(ifEmpty: Expecting, isList: boolean): void {
    const top = this.#stack.at(-1)
    const isAllowed = this.#expecting === 'comma or end' || this.#expecting === ifEmpty
    if (top === undefined || !isAllowed || Array.isArray(top.value) !== isList) {
      this.#isStuck = true
      return
    }
    this.#stack.pop()
    this.#valueIsWhole()
  }

  #valueIsWhole(): void {
    const top = this.#stack.at(-1)
    if (top !== undefined && typeof top.key === 'number') top.key++
    this.#expecting = top === undefined ? 'nothing' : 'comma or end'
  }

  #afterComma(): void {
    const top = this.#stack.at(-1)
    if (this.#expecting !== 'comma or end' || top === undefined) this.#isStuck = true
    else this.#expecting = Array.isArray(top.value) ? 'value' : 'key'
  }

  #expect(now: Expecting, next: Expecting): void {
    if (this.#expecting === now) this.#expecting = next
    else this.#isStuck = true
  }

  /** Puts a value where the next one belongs: in place of the shorter one that may be there. */
  #put(value: JsonValue): void {
    const open = this.#stack.at(-1)
    if (open === undefined) this.#root = value
    else if (Array.isArray(open.value)) open.value[Number(open.key)] = value
    else setOwn(open.value, String(open.key), value)
  }
}
