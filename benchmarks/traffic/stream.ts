/** What a stream says: the truth that every answer is held against. What is not there was not said. */
export interface Said {
  readonly text?: string
  readonly reasoning?: string
  /** Each call: its name, and its arguments as JSON text. */
  readonly calls?: readonly (readonly [name: string, json: string])[]
  readonly transcript?: string
  /** Base64. */
  readonly audio?: string
  /** Tokens that have log probabilities. */
  readonly logprobs?: number
}

export interface Stream {
  /** The frames of a whole answer, `[DONE]` last. */
  readonly frames: readonly string[]
  readonly said: Said
}

/** Streams as a provider writes them, made by a rule: the same size gives the same bytes in every process. */
export interface Traffic {
  readonly name: string
  stream(size: number): Stream
}
