/**
 * Who speaks. OpenAI's `ChatCompletionRole`: in requests all six, in a delta all but `function`, in a finished
 * message always `assistant`. Wire traps: repeated in each chunk (OpenRouter, Perplexity, z.ai, Together),
 * `null` (SGLang), `""` (MiniMax), never sent (Groq compound).
 */
export type ChatCompletionRole = 'developer' | 'system' | 'user' | 'assistant' | 'tool' | 'function'
