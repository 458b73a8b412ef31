import { createContext, runInContext } from 'node:vm'
import { expect } from 'chai'
import { build } from 'esbuild'
import fc from 'fast-check'
import { PortableBytes } from '../../../lib/from/template/portable-bytes.ts'
import { utf8Length } from '../../../lib/from/utf8.ts'
import { runs } from '../../helpers/streams.ts'

/** Any bytes, and whole texts, of which some begin with a byte order mark. */
const arbitraryBytes = fc.oneof(
  fc.uint8Array({ maxLength: 40 }),
  fc
    .tuple(fc.constantFrom('', '\ufeff'), fc.string({ unit: 'binary', maxLength: 40 }))
    .map(([mark, text]) => new TextEncoder().encode(mark + text)),
  fc.uint8Array({ max: 0x7f, minLength: 10, maxLength: 100 }),
)

describe('the bytes of an engine without Buffer', () => {
  it("give the texts that Node's Buffer gives", () => {
    const arbitrary = fc.tuple(arbitraryBytes, fc.nat(3), fc.nat(3))
    fc.assert(
      fc.property(arbitrary, ([source, before, after]) => {
        const bytes = new PortableBytes(before + source.length + after)
        bytes.set(source, before)
        const end = before + source.length
        expect(bytes.latin1Slice(before, end)).to.equal(Buffer.from(source).toString('latin1'))
        expect(bytes.utf8Slice(before, end)).to.equal(Buffer.from(source).toString())
      }),
      runs(2000),
    )
  })
})

/** What is used of the library in a realm of its own. */
interface Realm {
  fold(pieces: readonly (Uint8Array | string)[]): string
  readonly counts: { hits: number }
  utf8Length(text: string): number
}

const entry = `
  import { Assembler } from './lib/core.ts'
  import { counts, matching } from './lib/from/template/matching.ts'
  import { utf8Length } from './lib/from/utf8.ts'
  matching.warmUp = 0
  function fold(pieces) {
    const assembler = new Assembler()
    for (const piece of pieces) assembler.write(piece)
    return JSON.stringify(assembler.end())
  }
  export { counts, fold, utf8Length }
`

/** The library where there is nothing but what every browser has. */
async function realmWithoutBuffer(): Promise<Realm> {
  const { outputFiles } = await build({
    stdin: { contents: entry, resolveDir: process.cwd(), loader: 'ts' },
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'realm',
    platform: 'browser',
    target: 'es2022',
  })
  const context = createContext({ TextDecoder, TextEncoder })
  return runInContext(`${outputFiles[0]?.text}; typeof Buffer === 'undefined' && realm`, context)
}

describe('the library in an engine without Buffer', () => {
  let realm: Realm
  before(async () => {
    realm = await realmWithoutBuffer()
  })

  const texts = [
    '',
    ' a',
    ' longer than what is looked up',
    'ü',
    '你好，世界',
    '一'.repeat(30),
    '\n"\\',
    '😀'.repeat(20),
  ]
  const frames = Array.from({ length: 300 }, (_, at) => {
    const chunk = {
      id: 'c-1',
      model: 'größe',
      choices: [{ index: 0, delta: { content: texts[at % texts.length] } }],
    }
    return `data: ${JSON.stringify(chunk)}\n\n`
  })
  const said = frames.map((_, at) => texts[at % texts.length]).join('')

  for (const [name, pieces] of [
    ['bytes', frames.map((frame) => new TextEncoder().encode(frame))],
    ['text', frames],
    ['one text', [frames.join('')]],
  ] as const) {
    it(`matches the frames of ${name}`, () => {
      const { hits } = realm.counts
      const { completion } = JSON.parse(realm.fold(pieces))
      expect(completion.choices[0].message.content).to.equal(said)
      expect(realm.counts.hits - hits).to.be.greaterThan(295)
    })
  }

  it('measures texts as with it', () => {
    const halves = ['\ud83d', '\ude00', 'x\ud83dx']
    const all = ['ü', '你', '😀', 'x', ...halves].flatMap((unit) => [
      unit,
      unit.repeat(70),
      unit.repeat(17_000),
    ])
    for (const text of [...all, all.join('')]) expect(realm.utf8Length(text)).to.equal(utf8Length(text))
  })
})
