import type { Said } from '../traffic/stream.ts'

export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>

/** Reads one response to its final message. What it says is asked for once, to be checked. */
export type Read = () => Promise<() => Said>

/** Another library that makes one message of a stream. */
export interface Peer {
  readonly name: string
  /** Loads it and makes its client, once in a process; every read makes a request with `fetch`. */
  load(fetch: Fetch): Promise<Read>
}
