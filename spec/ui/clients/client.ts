import type { Protocol } from '../../../lib/ui.ts'

/** A tool call as a page has it in the end. */
export interface SeenCall {
  readonly id: string
  readonly name: string
  /** Parsed, where the client would run it; the raw text where it would not. */
  readonly arguments: unknown
  readonly isRunnable: boolean
}

/** What a client made of a stream, in words of ours. */
export interface Seen {
  readonly text: string
  readonly reasoning: string
  readonly calls: readonly SeenCall[]
  readonly outcome: 'complete' | 'failed' | 'cancelled'
  /** What it shows of an error. */
  readonly error?: string | undefined
  /** No part is left as if more of it were to come. */
  readonly isSettled: boolean
}

export type Fetch = (url: string | URL | Request, init?: RequestInit) => Promise<Response>

/** A real client, asked to send one message and to read the answer. */
export interface Client {
  /** Its package and version. */
  readonly name: string
  readonly protocol: Protocol
  /** What an abort looks like to it: some protocols have no word for it. */
  readonly abortedAs: Seen['outcome']
  /**
   * What it has no place for: reasoning, calls, the raw text of arguments that cannot be parsed, arguments with a key
   * that could set a prototype, the words of an error.
   */
  readonly lacks?: readonly ('reasoning' | 'calls' | 'raw arguments' | 'prototype keys' | 'error')[]
  read(fetch: Fetch): Promise<Seen>
}
