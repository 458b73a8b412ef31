import { MAX_HOLES } from './found.ts'
import { counts } from './matching.ts'
import { type Lesson, Template } from './template.ts'

/** Templates that streams of this process share. */
const MAX_TEMPLATES = 32
/** Templates a stream tries before it learns one of its own. */
const MAX_RECENT = 8
/** Of which so many at most have served a second stream: there is always room for new ones. */
const MAX_PROVEN = 5
/** Frames a process may learn from before matches have paid for it. */
const MAX_BUDGET = 64
const HITS_A_LESSON = 32

/**
 * The templates of this process, the last used first, but those that have served more than one stream before all
 * others: streams that never repeat would else push them out with what nobody will ever match. Streams of one endpoint
 * share them: the id and the time of a stream become holes when the next stream misses by them, and from then on no
 * stream of it has to learn.
 */
export class TemplateCache {
  #templates: readonly Template[] = []
  /** How many of them, from the first on, have served more than one stream. */
  #proven = 0
  #budget = MAX_BUDGET
  #hits = 0

  /** Learning takes as long as several frames: a process whose frames never match must not go on paying for it. */
  spend(): boolean {
    if (this.#budget === 0) return false
    this.#budget--
    return true
  }

  hit(frames: number): void {
    this.#hits += frames
    this.afford(Math.floor(this.#hits / HITS_A_LESSON))
    this.#hits %= HITS_A_LESSON
  }

  /** So many lessons more. */
  afford(lessons: number): void {
    this.#budget = Math.min(this.#budget + lessons, MAX_BUDGET)
  }

  /** Those to try first in a stream that has none. */
  get recent(): readonly Template[] {
    return this.#templates.slice(0, MAX_RECENT)
  }

  /** The template of the lesson's shape, with holes where the lesson differs; undefined: it would have too many. */
  templateFor(lesson: Lesson): Template | undefined {
    const known = this.#templates.find(({ shape }) => shape === lesson.shape)
    const template = known === undefined ? new Template(lesson) : known.widenedBy(lesson)
    if (template.holes.length > MAX_HOLES) return undefined
    if (known !== undefined && template !== known) counts.widened++
    return template
  }

  /** A template that was learned, in the place of the one of its shape. */
  keep(template: Template): void {
    const known = this.#templates.findIndex(({ shape }) => shape === template.shape)
    this.#put(template, known, known !== -1 && known < this.#proven)
  }

  /** A template has served another stream than the one that has learned it. */
  prove(template: Template): void {
    if (this.#proven > 0 && this.#templates[0] === template) return
    const known = this.#templates.indexOf(template)
    if (known === -1) return // meanwhile it was widened, or pushed out
    if (known >= this.#proven) this.#proven = Math.min(this.#proven + 1, MAX_PROVEN)
    this.#put(template, known, true)
  }

  #put(template: Template, known: number, isProven: boolean): void {
    const templates = this.#templates.filter((_, i) => i !== known)
    templates.splice(isProven ? 0 : this.#proven, 0, template)
    this.#templates = templates.slice(0, MAX_TEMPLATES)
  }

  clear(): void {
    this.#templates = []
    this.#proven = 0
    this.#budget = MAX_BUDGET
  }
}

let shared: TemplateCache | undefined

/** The one cache of the process, made when first asked for. */
export function sharedTemplates(): TemplateCache {
  shared ??= new TemplateCache()
  return shared
}
