import type { Spread } from '../harness/rows.ts'

/** Three digits that count, thousands apart. */
export function short(value: number): string {
  if (Number.isNaN(value)) return '–'
  const size = Math.abs(value)
  if (size >= 100) return Math.round(value).toLocaleString('en-US')
  return size >= 1 ? value.toPrecision(3) : value.toFixed(size >= 0.0095 ? 3 : 4)
}

/** A size: all its digits. */
export const whole = (size: number): string => size.toLocaleString('en-US')

/** min / **median** / max; a number alone, where there is one. */
export function spreadText(spread: Spread | undefined): string {
  if (spread === undefined) return ''
  const { min, median, max } = spread
  return min === max ? `**${short(median)}**` : `${short(min)} / **${short(median)}** / ${short(max)}`
}

const units: Readonly<Record<string, readonly (readonly [from: number, unit: string])[]>> = {
  time: [
    [1, 'ms'],
    [1e-3, 'µs'],
    [1e-6, 'ns'],
  ],
  bytes: [
    [2 ** 20, 'MB'],
    [2 ** 10, 'KB'],
    [1, 'B'],
  ],
}

/** An amount of a metric, in the unit in which it has few digits. */
export function amount(value: number, metric: string): string {
  const ladder = units[metric === 'cpu' || metric === 'wall' ? 'time' : 'bytes'] ?? []
  const [from, unit] = ladder.find(([least]) => Math.abs(value) >= least) ?? ladder.at(-1) ?? [1, '']
  return `${short(value / from)} ${unit}`
}
