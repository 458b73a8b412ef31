import type { UIMessage } from 'ai'

/** How an answer ended. `stopped`: by the reader. `broken`: it is not whole. `lost`: the page lost its own connection. */
export type Ending = 'complete' | 'refused' | 'length' | 'filtered' | 'stopped' | 'broken' | 'lost'

/** What the page knows of an answer beside its parts. */
export interface AnswerMetadata {
  readonly ending?: Ending
  /** Why it broke, in words for the reader. */
  readonly reason?: string
  /** How long the model thought before it said anything. */
  readonly thoughtMs?: number
}

export type ChatMessage = UIMessage<AnswerMetadata>

/** What a page gets when it is opened. */
export interface Conversation {
  readonly messages: ChatMessage[]
  /** An answer is being written: there is a stream to join. */
  readonly isLive: boolean
}
