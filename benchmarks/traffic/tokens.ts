import { randomNumbers } from '../../spec/helpers/random.ts'

const syllables = 'the of and ing ion a to in er re on at en ti es or te ar al an le st ve it'.split(' ')

/** About four characters, as tokens are; some not ASCII, some that JSON must escape. */
export function tokens(count: number, seed = 7): string[] {
  const next = randomNumbers(seed)
  const pick = (list: readonly string[]): string => list[Math.floor(next() * list.length)] ?? ''
  return Array.from({ length: count }, () => {
    const kind = next()
    if (kind < 0.04) return pick(['é', 'ü', ' –', '’s', ' Größe', '…', '“'])
    if (kind < 0.08) return pick(['\n', '\n\n', '"', ' "', '\\', '\t'])
    return `${next() < 0.6 ? ' ' : ''}${pick(syllables)}${next() < 0.4 ? pick(syllables) : ''}`
  })
}

const words = '我们在这里可以看到一个非常有趣的例子模型生成文本时每次只会输出几个汉字因此流很长'

export function ideographs(count: number): string[] {
  const next = randomNumbers(11)
  return Array.from({ length: count }, () => {
    const at = Math.floor(next() * (words.length - 3))
    return words.slice(at, at + 1 + Math.floor(next() * 3))
  })
}
