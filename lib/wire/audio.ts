/**
 * Spoken answer of a message. OpenAI's `ChatCompletionAudio`, also OpenRouter's and orq.ai's; when the request
 * asked for the `audio` modality. All four are required by OpenAI; a stream that was cut, or z.ai's (which has
 * no transcript), leaves some out.
 */
export interface ChatCompletionAudio {
  id?: string
  /** Base64 of the whole sound. */
  data?: string
  /** Unix seconds after which the server forgets the audio. */
  expires_at?: number
  transcript?: string
  [field: string]: unknown
}

/**
 * A piece of audio in a delta. Missing in OpenAI's specification, present on its wire: first `id`, then pieces
 * of `transcript` and `data`, at last `expires_at` alone. A piece of `data` may end in its own padding, so
 * pieces cannot always be joined as text.
 */
export interface ChatCompletionAudioChunk {
  id?: string | null
  data?: string | null
  expires_at?: number | null
  transcript?: string | null
  [field: string]: unknown
}
