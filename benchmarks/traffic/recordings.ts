import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Recordings of ten providers, the longest or most telling of each; in the shared folder, never in this one. */
const files: Readonly<Record<string, string>> = {
  openai: 'openai/reqllm-gpt-4o-2024-11-20-gpt-4o-2024-11-20-object-streaming-a1fab7.sse',
  openrouter:
    'openrouter/reqllm-nousresearch-hermes-4-405b-nousresearch-hermes-4-405b-reasoning-streaming-aaf61d.sse',
  groq: 'groq/pydantic-deepseek-r1-distill-llama-70-test-groq-test-groq-model-thinking-part-iter-e1a924.sse',
  deepseek: 'deepseek/prism-deepseek-reasoner-stream-with-reasoning-1-563263.sse',
  mistral:
    'mistral/rubyllm-magistral-small-latest-magistral-small-latest-streams-thinking-content-when-available-211037.sse',
  xai: 'xai/reqllm-grok-3-mini-grok-3-mini-fast-latest-object-streaming-3e8a11.sse',
  azure: 'azure-openai/vercel-deepseek-v4-pro-azure-deepseek-reasoning.1-a4a28e.sse',
  fireworks: 'fireworks/hfjs-accounts-fireworks-models-de-tapes-d0d7a9.sse',
  alibaba: 'alibaba/vercel-qwen3-max-alibaba-text-a60a04.sse',
  'vercel-gateway':
    'vercel-gateway/pydantic-deepseek-deepseek-v4-flash-test-vercel-test-vercel-stream-reports-cost-a327e3.sse',
}

export interface Recording {
  readonly provider: string
  /** Its frames with the blank lines that end them. */
  read(): string[]
}

/** None, where SHARED_DIR is not set. */
export function recordings(): Recording[] {
  const { SHARED_DIR: folder } = process.env
  if (!folder) return []
  return Object.entries(files).map(([provider, file]) => {
    const path = join(folder, 'corpus', file)
    if (!existsSync(path)) throw new Error(`SHARED_DIR has no recording ${file}`)
    const read = (): string[] => readFileSync(path, 'utf8').split(/(?<=\r?\n\r?\n)/)
    return { provider, read }
  })
}
