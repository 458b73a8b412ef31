import fc from 'fast-check'

/** What texts are made of: ordinary words, and everything that has ever broken a decoder, a framer or an escaper. */
const ATOMS = [
  ...[
    'a',
    ' ',
    'Hello',
    'world',
    'Grüße',
    '你好',
    '日本',
    '😀',
    '👩‍👩‍👧',
    '𝕏',
    '"',
    '\\',
    '/',
    '\n',
    '\r\n',
    '\r',
    '\t',
  ],
  ...['\u0000', '\u0085', '\u2028', '\u2029', '\ufeff', '\ufffd', '\ud83d', '\ude00', '\\u0041', '\\ud83d'],
  ...['data: ', '\n\n', '[DONE]', ': ', '{"a":1}', '</script>', '__proto__', 'null', '=', '<think>'],
]

/** Positions in a text, wrapped around its length so that they shrink independently of it. */
export function splitAt(text: string, positions: readonly number[]): string[] {
  const cuts = positions.map((position) => position % (text.length + 1)).sort((a, b) => a - b)
  return [...cuts, text.length].map((cut, at) => text.slice(at === 0 ? 0 : cuts[at - 1], cut))
}

const positions = (): fc.Arbitrary<number[]> => fc.array(fc.nat(999), { maxLength: 4 })

export function wireText(): fc.Arbitrary<string> {
  return fc.array(fc.constantFrom(...ATOMS), { maxLength: 6 }).map((atoms) => atoms.join(''))
}

/** A text cut into deltas at any code unit: a surrogate pair may be split, a delta may be empty. */
export function textPieces(): fc.Arbitrary<string[]> {
  return fc.tuple(wireText(), positions()).map(([text, cuts]) => splitAt(text, cuts))
}

/** Never empty, and no piece of it is. */
export function solidPieces(): fc.Arbitrary<string[]> {
  return textPieces().map((pieces) => {
    const solid = pieces.filter((piece) => piece !== '')
    return solid.length > 0 ? solid : ['x']
  })
}

/** Arguments of a call: mostly valid JSON with nasty keys and values, sometimes empty, cut, glued, or a scalar. */
export function argumentsText(): fc.Arbitrary<string> {
  const object = fc.json({ maxDepth: 2 }).map((json) => `{"city":${json}}`)
  return fc.oneof(
    { weight: 6, arbitrary: object },
    { weight: 2, arbitrary: wireText().map((text) => JSON.stringify({ text })) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('', '{}', '12', '{"__proto__":{"admin":true}}'),
    },
    { weight: 1, arbitrary: object.map((json) => json.slice(0, -1)) },
  )
}

export function argumentsPieces(): fc.Arbitrary<string[]> {
  return fc.tuple(argumentsText(), positions()).map(([text, cuts]) => splitAt(text, cuts))
}

export function toolName(): fc.Arbitrary<string> {
  return fc.constantFrom(
    'f',
    'get_weather',
    'get_time',
    'search.web',
    'edit_existing_file',
    '__proto__',
    'constructor',
  )
}

/** Takes from several lists in an order that `picks` decides, keeping the order inside each. */
export function interleave<T>(lists: readonly (readonly T[])[], picks: readonly number[]): T[] {
  const rest = lists.map((list) => [...list])
  const taken: T[] = []
  for (let turn = 0; ; turn++) {
    const open = rest.filter((list) => list.length > 0)
    const next = open[(picks[turn % Math.max(1, picks.length)] ?? 0) % Math.max(1, open.length)]?.shift()
    if (next === undefined) return taken
    taken.push(next)
  }
}

export function picks(): fc.Arbitrary<number[]> {
  return fc.array(fc.nat(7), { maxLength: 8 })
}
