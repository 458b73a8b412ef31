/** Bytes → text, if they are ASCII. */
type Slice = (this: Uint8Array, start: number, end: number) => string

/** Node's Buffer has a method for it that takes any Uint8Array; it is not documented. */
const slice: Slice =
  (globalThis as { Buffer?: { prototype: { latin1Slice?: Slice } } }).Buffer?.prototype.latin1Slice ??
  sliceOfDecoder()

function sliceOfDecoder(): Slice {
  const decoder = new TextDecoder()
  return function (start, end) {
    return decoder.decode(this.subarray(start, end))
  }
}

/** Texts that may grow by turns: a few parallel calls, or an answer and its thought. */
const LANES = 8
/** As long as a block of a text. */
const SIZE = 4096

/** Byte behind a backslash → the byte that both mean in JSON; 0: they mean something else, or nothing. */
export const escapes = new Uint8Array(256)
escapes[0x22] = 0x22 // "
escapes[0x5c] = 0x5c // \
escapes[0x2f] = 0x2f // /
escapes[0x62] = 0x08 // b
escapes[0x66] = 0x0c // f
escapes[0x6e] = 0x0a // n
escapes[0x72] = 0x0d // r
escapes[0x74] = 0x09 // t

export interface LaneOwner {
  /** Takes its text out of its lane. */
  leave(): void
}

/**
 * Where ASCII pieces of growing texts are gathered, as bytes: copying four bytes costs less than making a string of
 * them and appending it. A few lanes for the whole process, so that no text that waits holds one of its own.
 */
class AsciiLanes {
  readonly #bytes = new Uint8Array(LANES * SIZE)
  readonly #lengths = new Int32Array(LANES)
  readonly #owners: (LaneOwner | undefined)[] = []
  #next = 0

  /** A lane for a text, taken from the one that has had it longest. */
  open(owner: LaneOwner): number {
    const lane = this.#next
    this.#next = (lane + 1) % LANES
    this.#owners[lane]?.leave()
    this.#owners[lane] = owner
    return lane
  }

  /** The text of a lane, which is free from then on. */
  close(lane: number): string {
    const start = lane * SIZE
    const end = start + this.length(lane)
    this.#lengths[lane] = 0
    this.#owners[lane] = undefined
    return slice.call(this.#bytes, start, end)
  }

  length(lane: number): number {
    return this.#lengths[lane] ?? 0
  }

  /**
   * Copies the body of a JSON string that is ASCII and has no escapes but those of one character; false: there is no
   * room for it. An empty lane has room for SIZE bytes.
   */
  append(lane: number, source: Uint8Array, start: number, end: number): boolean {
    const bytes = this.#bytes
    const first = lane * SIZE
    let to = first + this.length(lane)
    if (to + end - start > first + SIZE) return false
    for (let at = start; at < end; at++) {
      const byte = source[at] ?? 0
      bytes[to++] = byte === 0x5c ? (escapes[source[++at] ?? 0] ?? 0) : byte
    }
    this.#lengths[lane] = to - first
    return true
  }
}

/** The lanes of this process. */
export const asciiLanes = new AsciiLanes()
