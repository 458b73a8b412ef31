import { type Fields, filled, isFields, textOf } from './fields.ts'
import type { Source } from './source.ts'

/** What a UIMessage tells its application beside the parts: as the UI stream's finish does. */
export function uiMetadata({ completion, choice }: Source): Fields | undefined {
  if (completion === undefined) return undefined
  const { model, usage } = completion
  return filled({ model, finish_reason: choice?.finish_reason ?? undefined, usage: usage ?? undefined })
}

/** LangChain's response_metadata and usage_metadata, in its own names. */
export function langChainMetadata({ completion, choice }: Source): Fields {
  if (completion === undefined) return {}
  const { id, model, usage, system_fingerprint, service_tier } = completion
  const { finish_reason, logprobs } = choice ?? {}
  const response = filled({
    model_name: model,
    finish_reason: finish_reason ?? undefined,
    system_fingerprint: system_fingerprint ?? undefined,
    service_tier: service_tier ?? undefined,
    logprobs: logprobs ?? undefined,
  })
  return {
    ...(textOf(id) !== '' && { id }),
    response_metadata: response,
    ...(isFields(usage) && { usage_metadata: usageMetadata(usage) }),
  }
}

function usageMetadata(usage: Fields): Fields {
  const { prompt_tokens, completion_tokens, total_tokens } = usage
  const input = isFields(usage.prompt_tokens_details) ? usage.prompt_tokens_details : {}
  const output = isFields(usage.completion_tokens_details) ? usage.completion_tokens_details : {}
  const [prompt, completion] = [numberOf(prompt_tokens) ?? 0, numberOf(completion_tokens) ?? 0]
  return {
    input_tokens: prompt,
    output_tokens: completion,
    total_tokens: numberOf(total_tokens) ?? prompt + completion,
    ...details('input_token_details', {
      cache_read: numberOf(input.cached_tokens),
      cache_creation: numberOf(input.cache_write_tokens ?? input.cache_creation_tokens),
      audio: numberOf(input.audio_tokens),
    }),
    ...details('output_token_details', {
      reasoning: numberOf(output.reasoning_tokens),
      audio: numberOf(output.audio_tokens),
    }),
  }
}

function details(key: string, counts: Fields): Fields {
  const known = filled(counts)
  return Object.keys(known).length > 0 ? { [key]: known } : {}
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined
}
