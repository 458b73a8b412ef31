import { expect } from 'chai'
import { TemplateCache } from '../../../lib/from/template/cache.ts'
import { chunkIn, lessonOf } from '../../../lib/from/template/learn.ts'
import type { Lesson, Template } from '../../../lib/from/template/template.ts'

function lesson(fields: object): Lesson {
  const text = `data: ${JSON.stringify({ id: 'a', created: 1, ...fields, choices: [{ delta: { content: 'x' } }] })}\n\n`
  const chunk = chunkIn(text)
  const found = chunk && lessonOf(chunk, Buffer.from(text), text)
  if (found === undefined) throw new Error('No lesson')
  return found
}

function learn(cache: TemplateCache, fields: object): Template | undefined {
  const template = cache.templateFor(lesson(fields))
  if (template !== undefined) cache.keep(template)
  return template
}

const keysOf = (template: Template | undefined): string[] => template?.holes.map(({ key }) => key) ?? []

describe('the templates of a process', () => {
  it('keep id and time as they are until a frame misses by them', () => {
    const cache = new TemplateCache()
    expect(keysOf(learn(cache, {}))).to.deep.equal(['content'])
    expect(keysOf(learn(cache, { created: 2 }))).to.deep.equal(['created', 'content'])
    expect(keysOf(learn(cache, { id: 'another' }))).to.deep.equal(['id', 'created', 'content'])
    expect(cache.recent.length).to.equal(1)
  })

  it('stay wide: a hole is never closed again', () => {
    const cache = new TemplateCache()
    learn(cache, {})
    const wide = learn(cache, { id: 'b', created: 2 })
    expect(cache.templateFor(lesson({ id: 'b', created: 2 }))).to.equal(wide)
    expect(cache.templateFor(lesson({ id: 'c', created: 3 }))).to.equal(wide)
  })

  it('open only those counters that grow', () => {
    const cache = new TemplateCache()
    learn(cache, { usage: { prompt_tokens: 5, completion_tokens: 1 } })
    expect(keysOf(learn(cache, { usage: { prompt_tokens: 5, completion_tokens: 2 } }))).to.deep.equal([
      'completion_tokens',
      'content',
    ])
  })

  it('refuse a frame with more holes than can be found', () => {
    const counters = (value: number): object =>
      Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`t${i}`, value]))
    const cache = new TemplateCache()
    expect(keysOf(learn(cache, { usage: counters(1) }))).to.deep.equal(['content'])
    expect(cache.templateFor(lesson({ usage: counters(2) }))).to.equal(undefined)
  })

  it('are bounded, and the last used come first', () => {
    const cache = new TemplateCache()
    const made = Array.from({ length: 100 }, (_, i) => learn(cache, { model: `m${i}` }))
    expect(cache.recent).to.deep.equal(made.slice(-8).reverse())
    const kept = made.filter((template, i) => cache.templateFor(lesson({ model: `m${i}` })) === template)
    expect(kept).to.deep.equal(made.slice(-32))
  })

  it('stay among the first if they have served a second stream, whatever is learned then', () => {
    const cache = new TemplateCache()
    const [one, two] = [learn(cache, { model: 'one' }), learn(cache, { model: 'two' })]
    if (one === undefined || two === undefined) throw new Error('No template')
    cache.prove(two)
    cache.prove(one)
    const odd = Array.from({ length: 100 }, (_, i) => learn(cache, { model: `m${i}` }))
    expect(cache.recent).to.deep.equal([one, two, ...odd.slice(-6).reverse()])
    const wider = learn(cache, { model: 'two', created: 2 })
    expect(cache.recent.slice(0, 2)).to.deep.equal([wider, one])
  })

  it('make room for new ones, however many have served a second stream', () => {
    const cache = new TemplateCache()
    const made = Array.from({ length: 8 }, (_, i) => learn(cache, { model: `m${i}` }))
    for (const template of made) if (template !== undefined) cache.prove(template)
    expect(cache.recent).to.deep.equal([...made].reverse())
    const odd = Array.from({ length: 3 }, (_, i) => learn(cache, { model: `odd ${i}` }))
    expect(cache.recent).to.deep.equal([...made.slice(-5).reverse(), ...odd.reverse()])
  })

  it('may be learned 64 times before matches have paid, and then once for each 32 of them', () => {
    const cache = new TemplateCache()
    const spend = (): number => {
      let lessons = 0
      while (cache.spend()) lessons++
      return lessons
    }
    expect(spend()).to.equal(64)
    cache.hit(31)
    expect(spend()).to.equal(0)
    cache.hit(1)
    expect(spend()).to.equal(1)
    cache.hit(320)
    cache.afford(2)
    expect(spend()).to.equal(12)
    cache.hit(1_000_000)
    expect(spend()).to.equal(64)
  })
})
