type Style = (text: string) => string

/** Styles that begin and end within one text: wherever output stops, the terminal is left as it was. */
export interface Palette {
  readonly isColored: boolean
  readonly bold: Style
  readonly dim: Style
  readonly red: Style
  readonly green: Style
  readonly yellow: Style
  readonly cyan: Style
}

const style =
  (on: number, off: number): Style =>
  (text) =>
    text === '' ? '' : `\x1b[${on}m${text}\x1b[${off}m`

const colored: Palette = {
  isColored: true,
  bold: style(1, 22),
  dim: style(2, 22),
  red: style(31, 39),
  green: style(32, 39),
  yellow: style(33, 39),
  cyan: style(36, 39),
}

const same: Style = (text) => text

const plain: Palette = {
  isColored: false,
  bold: same,
  dim: same,
  red: same,
  green: same,
  yellow: same,
  cyan: same,
}

type Environment = Readonly<Record<string, string | undefined>>

/** FORCE_COLOR (but 0) wins over NO_COLOR, which wins over the terminal; `dumb` ones have no colour. */
export function paletteFor(isTerminal: boolean, { FORCE_COLOR, NO_COLOR, TERM }: Environment): Palette {
  if (FORCE_COLOR !== undefined) return FORCE_COLOR === '0' || FORCE_COLOR === 'false' ? plain : colored
  if (NO_COLOR !== undefined && NO_COLOR !== '') return plain
  return isTerminal && TERM !== 'dumb' ? colored : plain
}
