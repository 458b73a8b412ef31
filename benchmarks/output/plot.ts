import { colours } from './palette.ts'

export interface Line {
  readonly label: string
  readonly points: readonly (readonly [x: number, y: number])[]
}

export interface Plot {
  readonly title: string
  readonly xLabel: string
  readonly xTicks: readonly (readonly [at: number, text: string])[]
  readonly yText: (value: number) => string
  /** The first one is ours: drawn stronger. */
  readonly lines: readonly Line[]
}

const WIDTH = 900
const HEIGHT = 460
const LEFT = 74
const RIGHT = 280
const TOP = 44
const BOTTOM = 52
/** Between two labels at the ends of their lines. */
const LABEL_HEIGHT = 16

/** A reader's own setting of light or dark holds in an image too; the ground stays transparent. */
const style = `text { font: 13px system-ui, -apple-system, 'Segoe UI', sans-serif; fill: #424a53 }
.title { font-size: 15px; font-weight: 600 }
.grid { stroke: #8c959f; stroke-opacity: .28 }
@media (prefers-color-scheme: dark) { text { fill: #c9d1d9 } }`

/** A plot with two logarithmic axes, in which a power of the size is a straight line, labelled at its end. */
export function svgOf(plot: Plot): string {
  const all = plot.lines.flatMap(({ points }) => points)
  const x = logarithmic(range(all.map(([at]) => at)), [LEFT, WIDTH - RIGHT])
  const yRange = decades(all.map(([, value]) => value))
  const y = logarithmic(yRange, [HEIGHT - BOTTOM, TOP])
  const drawn = plot.lines.map((line, i) => {
    const isOurs = i === 0
    const colour = colours[i % colours.length] ?? ''
    const points = line.points.map(([a, b]) => `${round(x(a))},${round(y(b))}`)
    const dots = points.map((point) => {
      const [cx, cy] = point.split(',')
      return `<circle cx="${cx}" cy="${cy}" r="${isOurs ? 4 : 3}" fill="${colour}"/>`
    })
    const width = isOurs ? 3.5 : 1.8
    return `<polyline points="${points.join(' ')}" fill="none" stroke="${colour}" stroke-width="${width}"/>${dots.join('')}`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escaped(plot.title)}">
<style>${style}</style>
<text class="title" x="${LEFT}" y="24">${escaped(plot.title)}</text>
${axes(plot, x, y, yRange).join('\n')}
${drawn.join('\n')}
${labels(plot, x, y).join('\n')}
</svg>
`
}

type Scale = (value: number) => number

function logarithmic([from, to]: readonly [number, number], [start, end]: readonly [number, number]): Scale {
  const span = Math.log(to / from)
  return (value) => start + ((end - start) * Math.log(value / from)) / span
}

const range = (values: readonly number[]): [number, number] => [Math.min(...values), Math.max(...values)]

/** Whole powers of ten around the values. */
function decades(values: readonly number[]): [number, number] {
  const [least, most] = range(values)
  return [10 ** Math.floor(Math.log10(least)), 10 ** Math.ceil(Math.log10(most))]
}

function axes({ xTicks, xLabel, yText }: Plot, x: Scale, y: Scale, yRange: [number, number]): string[] {
  const lines: string[] = []
  for (let value = yRange[0]; value <= yRange[1] * 1.001; value *= 10) {
    const at = round(y(value))
    lines.push(
      `<line class="grid" x1="${LEFT}" y1="${at}" x2="${WIDTH - RIGHT}" y2="${at}"/>`,
      `<text x="${LEFT - 8}" y="${at + 4}" text-anchor="end">${escaped(yText(value))}</text>`,
    )
  }
  for (const [value, text] of xTicks) {
    const at = round(x(value))
    lines.push(
      `<line class="grid" x1="${at}" y1="${TOP}" x2="${at}" y2="${HEIGHT - BOTTOM}"/>`,
      `<text x="${at}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle">${escaped(text)}</text>`,
    )
  }
  const middle = (LEFT + WIDTH - RIGHT) / 2
  lines.push(`<text x="${middle}" y="${HEIGHT - 12}" text-anchor="middle">${escaped(xLabel)}</text>`)
  return lines
}

/** At the end of each line, moved apart where they would touch. */
function labels({ lines }: Plot, x: Scale, y: Scale): string[] {
  const placed: { at: number; left: number }[] = []
  const wanted = lines.flatMap((line, i) => {
    const last = line.points.at(-1)
    return last === undefined ? [] : [{ i, label: line.label, left: x(last[0]) + 10, at: y(last[1]) + 4 }]
  })
  return wanted
    .sort((a, b) => b.at - a.at)
    .map(({ i, label, left, at }) => {
      const below = placed.filter((other) => other.left === left).at(-1)
      const free = below === undefined ? at : Math.min(at, below.at - LABEL_HEIGHT)
      placed.push({ at: free, left })
      const style = `fill:${colours[i % colours.length]}${i === 0 ? ';font-weight:700' : ''}`
      return `<text x="${round(left)}" y="${round(free)}" style="${style}">${escaped(label)}</text>`
    })
}

const round = (value: number): number => Math.round(value * 10) / 10

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
