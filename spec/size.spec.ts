import { expect } from 'chai'
import { bundleSize } from './helpers/bundle-size.ts'

/** Bytes, minified and compressed: to go beyond one is a decision, and not an accident. */
const ceilings: readonly (readonly [names: string, entry: string, bytes: number])[] = [
  ['*', 'core', 42_750],
  ['{ ArgumentsReader }', 'core', 2250],
  ['{ validateToolCall }', 'core', 1850],
  ['{ aiSdk }', 'ui', 5000],
  ['{ agUi }', 'ui', 5000],
  ['{ tanstack }', 'ui', 5000],
  ['{ assistantUi }', 'ui', 5000],
  ['{ openai }', 'ui', 3500],
  ['{ text }', 'ui', 1000],
]

describe('the size of a bundle', () => {
  for (const [names, entry, bytes] of ceilings) {
    it(`${names} from ./${entry} is below ${bytes / 1000} kB`, async () => {
      const { gzip } = await bundleSize(`export ${names} from './dist/${entry}.js'`)
      expect(gzip).to.be.within(100, bytes)
    })
  }
})
