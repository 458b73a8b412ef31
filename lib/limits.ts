/**
 * Every bound of the assembler, its default and its reason. All are in bytes unless the name says otherwise, all
 * are on by default, and all accept `Infinity`.
 */
export interface Limits {
  /** One frame: its lines while they arrive and its joined data. Default 16 MiB. */
  maxEventBytes: number
  /** Everything kept of one response: text, arguments, audio, unknown fields. Default 64 MiB. */
  maxMessageBytes: number
  /** All bytes read, after decompression. Default 256 MiB. */
  maxStreamBytes: number
  /** Tool calls of one response. Default 128. */
  maxToolCalls: number
  /** Choices of one response; also the bound of a choice index. Default 128. */
  maxChoices: number
  /** Nesting of tool arguments and of unknown fields. Default 128. */
  maxJsonDepth: number
  /** Distinct diagnostics kept; more are only counted. Default 100. */
  maxDiagnostics: number
  /** The provider's own error text. Default 2,048. */
  maxErrorMessageBytes: number
}

const MiB = 1024 * 1024

interface LimitRow {
  readonly value: number
  readonly reason: string
}

/** Limit → default and the reason for it. The README prints this table. */
export const limitTable: Readonly<Record<keyof Limits, LimitRow>> = {
  maxEventBytes: {
    value: 16 * MiB,
    reason: 'above a chat image as a data URL; 8 MiB broke real image streams',
  },
  maxMessageBytes: { value: 64 * MiB, reason: 'an hour of audio as base64, and no more' },
  maxStreamBytes: { value: 256 * MiB, reason: 'a 0.4 MB gzip can open to any size' },
  maxToolCalls: { value: 128, reason: 'the bound of the common client' },
  maxChoices: { value: 128, reason: 'the bound of the common client' },
  maxJsonDepth: { value: 128, reason: 'JSON.stringify and structuredClone fail near 5,000 levels' },
  maxDiagnostics: { value: 100, reason: 'a hostile stream could write a log of any size' },
  maxErrorMessageBytes: { value: 2048, reason: 'some providers send a whole page as the message' },
}

/** One for all assemblers that have none of their own. */
let defaults: Limits | undefined

/** The defaults, with the caller's own values over them. Throws RangeError on a value that is not a bound. */
export function limitsFrom(options: Partial<Limits>): Limits {
  for (const name in limitTable) if (options[name as keyof Limits] !== undefined) return ownLimits(options)
  defaults ??= Object.freeze(ownLimits({}))
  return defaults
}

function ownLimits(options: Partial<Limits>): Limits {
  const limits = {} as Limits // filled with every key of the table just below
  for (const name of Object.keys(limitTable) as (keyof Limits)[]) {
    const value = options[name] ?? limitTable[name].value
    if (typeof value !== 'number' || !(value >= 0)) {
      throw new RangeError(
        `${name} must be a number of 0 or more (Infinity for no limit), got ${String(value)}`,
      )
    }
    limits[name] = value
  }
  return limits
}
