import { resolve } from 'node:path'
import { expect } from 'chai'
import ts from 'typescript'
import { describeShared, readShared, readSharedJsonLines } from '../helpers/shared.ts'

/** One sample of every shape of chunk on record, shortened: the compiler looks at kinds, not at contents. */
class Samples {
  readonly #byShape = new Map<string, { file: string; chunk: unknown }>()

  get all(): { file: string; chunk: unknown }[] {
    return [...this.#byShape.values()]
  }

  addRecording(file: string, text: string): void {
    for (const line of text.split(/\r\n|\r|\n/)) {
      const value = line.startsWith('data:') ? parsed(line.slice('data:'.length)) : undefined
      if (typeof value !== 'object' || value === null || !('choices' in value || 'error' in value)) continue
      const shape = shapeOf(value)
      if (!this.#byShape.has(shape)) this.#byShape.set(shape, { file, chunk: shortened(value) })
    }
  }
}

/** Recordings hold `[DONE]`, and a few hold frames that are cut or glued together. */
function parsed(data: string): unknown {
  try {
    return JSON.parse(data)
  } catch {
    return undefined
  }
}

function shapeOf(value: unknown, key = ''): string {
  if (Array.isArray(value)) return `[${[...new Set(value.map((item) => shapeOf(item)))].sort().join('|')}]`
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).map(([field, inner]) => `${field}:${shapeOf(inner, field)}`)
    return `{${fields.sort().join(',')}}`
  }
  // Unions are told apart by `type`, so its value is part of the shape.
  return key === 'type' ? JSON.stringify(value) : value === null ? 'null' : typeof value
}

function shortened(value: unknown): unknown {
  if (Array.isArray(value)) {
    return [...new Map(value.map((item) => [shapeOf(item), shortened(item)])).values()]
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([field, inner]) => [field, shortened(inner)]))
  }
  return typeof value === 'string' ? value.slice(0, 24) : value
}

/** The compiler's complaints about a module that is only in memory and imports lib/wire. */
function complaintsAbout(source: string): string[] {
  const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: [] }, ts.sys, '.')
  const name = resolve('spec/wire/in-memory.ts')
  const host = ts.createCompilerHost({ ...options, types: [] })
  const { getSourceFile, fileExists, readFile } = host
  host.fileExists = (file) => file === name || fileExists(file)
  host.readFile = (file) => (file === name ? source : readFile(file))
  host.getSourceFile = (file, languageVersion, ...rest) =>
    file === name
      ? ts.createSourceFile(file, source, languageVersion, true)
      : getSourceFile(file, languageVersion, ...rest)
  const program = ts.createProgram([name], { ...options, types: [] }, host)
  return ts.getPreEmitDiagnostics(program, program.getSourceFile(name)).map(({ start = 0, messageText }) => {
    const line = source.slice(0, start).split('\n').length
    return `${line}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`
  })
}

const header = "import type { ChatCompletionChunk } from '../../lib/wire/index.ts'"
const declaration = (at: number, chunk: unknown): string =>
  `export const chunk${at}: ChatCompletionChunk = ${JSON.stringify(chunk)}`

describeShared('the types of the wire, against 913 recordings', function () {
  this.timeout(60_000)

  it('hold for every shape of chunk on record', () => {
    const samples = new Samples()
    for (const { file } of readSharedJsonLines<{ file: string }>('corpus', 'index.jsonl')) {
      samples.addRecording(file, new TextDecoder().decode(readShared('corpus', file)))
    }
    expect(samples.all).to.have.length.above(400)
    const lines = samples.all.map(({ file, chunk }, at) => `${declaration(at, chunk)} // ${file}`)
    expect(complaintsAbout([header, ...lines].join('\n'))).to.deep.equal([])
  })

  it('do not hold for a chunk that is wrong, so the test above can fail', () => {
    const wrong = [{ choices: [{ delta: { content: 5 } }] }, { usage: { total_tokens: 'many' } }]
    const complaints = complaintsAbout(
      [header, ...wrong.map((chunk, at) => declaration(at, chunk))].join('\n'),
    )
    expect(complaints.map((complaint) => complaint.slice(0, 2))).to.deep.equal(['2:', '3:'])
  })
})
