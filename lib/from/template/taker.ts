import type { JsonObject } from '../../wire/index.ts'
import type { Found } from './found.ts'
import type { Template } from './template.ts'

/** A template tied to one line: it knows where the values of the holes belong. */
export interface Binding {
  readonly template: Template
  /** Is every constant as the line has it? */
  readonly isSettled: boolean
  /**
   * Would the frame, read plainly, change nothing but through its holes, and can they be taken? To say so, what is
   * constant in the frame is compared with the state of the line, again after each frame that was read plainly.
   */
  accepts(): boolean
  /** Does what reading the frame plainly would do. */
  take(): void
}

/** The line as the reader of templates sees it. */
export interface Taker {
  /** Changes with a frame that will not be repeated: what it has said is said once. */
  readonly milestones: number
  /** May a frame like this one be worth learning? A cheap look, before its bytes are. */
  mayRepeat(chunk: JsonObject): boolean
  /** `found`: where the values of its holes will be. undefined: a frame like this changes more than its holes say (it ends a choice, begins a call, reports an error). */
  bind(template: Template, found: Found): Binding | undefined
  /** Nothing more is read. */
  readonly isClosed: boolean
}
