/** The text is a quantity of the wanted kind, or undefined. */
type Read = (text: string) => number | undefined

const durationUnits: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }
const sizeUnits: Readonly<Record<string, number>> = { k: 1024, m: 1024 ** 2, g: 1024 ** 3 }

/** Timers of the platform hold 2^31 - 1 ms, 24.8 days; a longer wait is as good as no bound. */
const MAX_TIMER = 2 ** 31 - 1

/** `30` and `30s` are seconds; `500ms`, `2m`, `1h`; `off`: no bound. In milliseconds. */
export const readDuration: Read = (text) => {
  if (text === 'off') return Number.POSITIVE_INFINITY
  const [, digits, unit = 's'] = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(text) ?? []
  const factor = durationUnits[unit]
  if (digits === undefined || factor === undefined) return undefined
  const ms = Number(digits) * factor
  return ms > MAX_TIMER ? Number.POSITIVE_INFINITY : ms
}

/** `4096`, `64K`, `16M`, `1G` (powers of 1,024, also written KB or KiB); `off`: no bound. */
export const readSize: Read = (text) => {
  if (text === 'off') return Number.POSITIVE_INFINITY
  const [, digits, unit] = /^(\d+)(?:([kmg])(?:i?b)?)?$/i.exec(text) ?? []
  const factor = unit === undefined ? 1 : sizeUnits[unit.toLowerCase()]
  return digits === undefined || factor === undefined ? undefined : Number(digits) * factor
}

/** `1x` as recorded, `2x` twice as fast, `max` without waiting (Infinity). */
export const readSpeed: Read = (text) => {
  if (text === 'max') return Number.POSITIVE_INFINITY
  const [, digits] = /^(\d+(?:\.\d+)?)x?$/.exec(text) ?? []
  return digits === undefined || Number(digits) === 0 ? undefined : Number(digits)
}
