import { matching } from './matching.ts'
import { PortableBytes } from './portable-bytes.ts'

/** What Node's Buffer adds to a Uint8Array that no standard has: text from bytes without the cost of a decoder. */
interface NativeSlices {
  latin1Slice(start: number, end: number): string
  utf8Slice(start: number, end: number): string
}

type NativeBytes = Uint8Array & NativeSlices

/** The most bytes taken at once, and the most that may wait for the rest of their frame. */
export const PIECE = 16 * 1024
export const MAX_CARRY = 48 * 1024

/** The seal stands behind the last byte, and four words may be read there. */
const MARGIN = 32
/** Fewer bytes are copied one by one: a call costs more. */
const FEW = 16
/** Where any search for one of these bytes ends, also when a backslash hides the first. */
const seal = [0x22, 0x22, 0x0a, 0x0d]

/**
 * The bytes of a frame whose end has not come: in the scratch while no other stream needs it, else copied. An object of
 * its own, for the scratch remembers whose bytes it holds, and must not keep a stream from being collected.
 */
export class Carry {
  length = 0
  copy: Uint8Array | undefined
}

/**
 * Where frames are matched: one buffer for the whole process. A buffer for each stream would be 64 KiB a stream, and
 * never warm in the cache; one view makes every read monomorphic.
 */
export class Scratch {
  readonly bytes: Uint8Array
  readonly view: DataView
  readonly #native: NativeBytes
  /** A stream reads from it. A listener may write to another one meanwhile, which then goes without. */
  isBusy = false
  #owner: Carry | undefined

  constructor(native: NativeBytes) {
    this.#native = native
    this.bytes = new Uint8Array(native.buffer, native.byteOffset, native.length)
    this.view = new DataView(native.buffer, native.byteOffset, native.length)
  }

  /** The bytes that wait stand at the front from now on. undefined: of a stream that has none. */
  hold(carry: Carry | undefined): void {
    const owner = this.#owner
    if (owner === carry) return
    // Uint8Array's own slice: Buffer's gives a view of the same memory.
    if (owner !== undefined && owner.length > 0) owner.copy = this.bytes.slice(0, owner.length)
    if (carry !== undefined) {
      if (carry.copy !== undefined) this.bytes.set(carry.copy)
      carry.copy = undefined
    }
    this.#owner = carry
  }

  /** The bytes that wait, without taking the scratch from another stream. */
  waiting({ length, copy }: Carry): Uint8Array {
    return copy ?? this.bytes.subarray(0, length)
  }

  append(input: Uint8Array, at: number): void {
    if (input.length > FEW) this.bytes.set(input, at)
    else for (let i = 0; i < input.length; i++) this.bytes[at + i] = input[i] as number
  }

  /** Ends what can be read: a search for a quote or a line end stops here without looking at `end`. */
  seal(end: number): void {
    for (let i = 0; i < seal.length; i++) this.bytes[end + i] = seal[i] ?? 0
  }

  /** Moves what is left to the front. */
  keep(start: number, end: number): void {
    if (start > 0) this.bytes.copyWithin(0, start, end)
  }

  /** A character for each byte: the text, if they are ASCII. */
  ascii(start: number, end: number): string {
    return this.#native.latin1Slice(start, end)
  }

  utf8(start: number, end: number): string {
    return this.#native.utf8Slice(start, end)
  }
}

interface NativeBuffer {
  allocUnsafeSlow?(size: number): Uint8Array & Partial<NativeSlices>
}

const SIZE = MAX_CARRY + PIECE + MARGIN
let scratch: Scratch | undefined
let portableScratch: Scratch | undefined

/** The one scratch, made when first asked for. */
export function sharedScratch(): Scratch {
  if (matching.isPortable) {
    portableScratch ??= new Scratch(new PortableBytes(SIZE))
    return portableScratch
  }
  scratch ??= new Scratch(nativeBytes() ?? new PortableBytes(SIZE))
  return scratch
}

/** undefined where there is no Buffer, or none that can do this. */
function nativeBytes(): NativeBytes | undefined {
  const bytes = (globalThis as { Buffer?: NativeBuffer }).Buffer?.allocUnsafeSlow?.(SIZE)
  return bytes !== undefined && isNative(bytes) ? bytes : undefined
}

/** Neither method is documented, though both are as old as Buffer. */
function isNative(bytes: Uint8Array & Partial<NativeSlices>): bytes is NativeBytes {
  return typeof bytes.latin1Slice === 'function' && typeof bytes.utf8Slice === 'function'
}
