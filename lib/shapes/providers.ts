import type { Cell, FieldName } from './table.ts'

/** What a provider wants of the assistant message that goes back to it, and who says so. */
export interface ProviderRule {
  /** In words, for the README. */
  readonly rule: string
  /** Cells over those of OpenAI's request message: which fields go back. */
  readonly fields: { readonly [Field in FieldName]?: Cell }
  /** Beside tool calls and without text, content is null or ''. Default null. */
  readonly contentBesideCalls?: ''
  /** Beside tool calls this field must be there; where there was no thought, this text stands in for it. */
  readonly required?: { readonly field: 'reasoning_content'; readonly filler: string }
  /** A message without content and tool calls is refused. */
  readonly notEmpty?: true
  /** A last thought that Anthropic should have signed is refused without its signature. */
  readonly onlySigned?: true
  /** Answers of tools carry the tool's name. */
  readonly toolName?: true
  readonly evidence: readonly string[]
}

const content = 'https://github.com/vercel/ai/pull/14950'
const details: ProviderRule['fields'] = { reasoning: '=', reasoning_details: '=' }

/**
 * Provider → rule. Where two documents disagree the newer one counts; a provider that is not here and speaks
 * OpenAI's language is `openai`, which sends back nothing a strict server could refuse.
 */
export const providerRules = {
  openai: {
    rule: 'no reasoning: the request message has no field for it',
    fields: {},
    evidence: ['npm openai 6.49.0: ChatCompletionAssistantMessageParam', content],
  },
  'azure-openai': {
    rule: 'as OpenAI',
    fields: {},
    evidence: ['npm openai 6.49.0: ChatCompletionAssistantMessageParam', content],
  },
  openrouter: {
    rule: '`reasoning_details` unmodified and in order, without a last thought of Claude that was cut before its signature; annotations; no custom call, no `function_call`',
    fields: {
      ...details,
      function_call: '',
      'tool_calls[] custom': '',
      annotations: '=',
      'annotations[] url_citation': '=',
      'annotations[] other': '=',
      'content[] image_url': '=',
      images: '=',
      'tool_calls[].thought_signature': 'reasoning_details',
      'tool_calls[].extra_content': 'reasoning_details',
    },
    onlySigned: true,
    evidence: [
      'https://openrouter.ai/docs/guides/best-practices/reasoning-tokens#preserving-reasoning-blocks',
      'npm @openrouter/sdk 1.3.19: ChatAssistantMessage',
      'https://github.com/can1357/oh-my-pi/issues/3399',
      'https://github.com/OpenRouterTeam/ai-sdk-provider/blob/main/src/chat/convert-to-openrouter-chat-messages.ts',
    ],
  },
  orq: {
    rule: 'signed and redacted reasoning as content parts, other reasoning as `reasoning_content`; thought signatures on their call; no custom call, no `function_call`',
    fields: {
      function_call: '',
      'tool_calls[] custom': '',
      reasoning: 'reasoning_content',
      reasoning_content: '=',
      'content[] reasoning': '=',
      'content[] redacted_reasoning': '=',
      'tool_calls[].thought_signature': '=',
      'tool_calls[].extra_content': 'thought_signature',
    },
    evidence: ['npm @orq-ai/node 4.15.11: CreateChatCompletionMessagesAssistantMessage'],
  },
  deepseek: {
    rule: '`reasoning_content` with every message that has it; it must be there beside tool calls, even empty (V3.2, V4)',
    fields: { reasoning_content: '=' },
    required: { field: 'reasoning_content', filler: '' },
    evidence: [
      'https://api-docs.deepseek.com/guides/thinking_mode#tool-calls',
      'https://github.com/anomalyco/opencode/issues/24722',
      'https://github.com/deepseek-ai/deepseek-harness/discussions/1850',
    ],
  },
  'deepseek-r1': {
    rule: 'never `reasoning_content`: R1 of 2025 answers 400',
    fields: {},
    evidence: ['https://deepseek.apidog.io/reasoning-model-deepseek-reasoner-835841m0'],
  },
  kimi: {
    rule: '`reasoning_content` must be there beside tool calls and must not be empty; no empty message',
    fields: { reasoning_content: '=' },
    required: { field: 'reasoning_content', filler: ' ' },
    notEmpty: true,
    evidence: [
      'https://github.com/earendil-works/pi/pull/4178',
      'https://github.com/mastra-ai/mastra/issues/12592',
      'https://github.com/lobehub/lobehub/pull/8419',
    ],
  },
  qwen: {
    rule: '`reasoning_content` (used with `preserve_thinking`, ignored without)',
    fields: { reasoning_content: '=' },
    evidence: ['https://github.com/vercel/ai/pull/20871', 'https://github.com/QwenLM/qwen-code/pull/5637'],
  },
  zai: {
    rule: '`reasoning_content` unmodified, with the results of tools',
    fields: { reasoning_content: '=' },
    evidence: ['https://docs.z.ai/guides/capabilities/thinking-mode'],
  },
  minimax: {
    rule: '`reasoning_details` (with `reasoning_split`), else the `<think>` in the content as it is',
    fields: { reasoning_details: '=' },
    evidence: ['https://platform.minimax.io/docs/guides/text-m2-function-call'],
  },
  mistral: {
    rule: 'reasoning as thinking parts of the content; any other field is refused (422), `index` of a call too',
    fields: {
      refusal: '',
      name: '',
      audio: '',
      function_call: '',
      'content[] refusal': '',
      'content[] thinking': '=',
      'content[] reference': '=',
      'tool_calls[] custom': '',
    },
    contentBesideCalls: '',
    notEmpty: true,
    toolName: true,
    evidence: [
      'https://github.com/BerriAI/litellm/issues/30835',
      'https://github.com/charmbracelet/crush/issues/1590',
      'https://github.com/mistralai/mistral-common/pull/165',
      'https://github.com/OpenHands/OpenHands/issues/8685',
      'https://socket.dev/npm/package/@ai-sdk/mistral/diff/4.0.15',
    ],
  },
  groq: {
    rule: '`reasoning`; `reasoning_content` is refused (400)',
    fields: { reasoning: '=' },
    evidence: [
      'https://github.com/tashfeenahmed/freellmapi/issues/1070',
      'https://github.com/vercel/ai/pull/8057',
      'https://github.com/vercel/ai/issues/7860',
    ],
  },
  cerebras: {
    rule: '`reasoning`; `reasoning_content` is refused (400)',
    fields: { reasoning: '=' },
    evidence: [
      'https://github.com/QwenLM/qwen-code/issues/11045',
      'https://github.com/proxysoul/Empryo/pull/209',
    ],
  },
  xai: {
    rule: 'no reasoning: Chat Completions has no field for it',
    fields: {},
    evidence: ['https://docs.x.ai/developers/model-capabilities/text/best-practices'],
  },
  gemini: {
    rule: "each call's `extra_content.google.thought_signature` on its call",
    fields: { 'tool_calls[].extra_content': '=', 'tool_calls[].thought_signature': 'extra_content' },
    evidence: [
      'https://ai.google.dev/gemini-api/docs/thought-signatures',
      'https://github.com/openai/codex/issues/7519',
    ],
  },
  litellm: {
    rule: '`thinking_blocks` unmodified with their signatures, and `reasoning_content`',
    fields: {
      reasoning_content: '=',
      thinking_blocks: '=',
      'tool_calls[].provider_specific_fields': '=',
      'tool_calls[].extra_content': 'provider_specific_fields',
    },
    evidence: ['https://docs.litellm.ai/docs/reasoning_content'],
  },
  'vercel-gateway': {
    rule: '`reasoning_details` unmodified and in order',
    fields: details,
    onlySigned: true,
    evidence: ['https://vercel.com/docs/ai-gateway/openai-compat/advanced'],
  },
  copilot: {
    rule: '`reasoning_text` and `reasoning_opaque` as they came',
    fields: { reasoning_text: '=', reasoning_opaque: '=' },
    evidence: [
      'https://github.com/microsoft/vscode-copilot-chat/pull/2178',
      'https://github.com/anomalyco/opencode/pull/10963',
    ],
  },
  fireworks: {
    rule: '`reasoning_content` of all earlier turns',
    fields: { reasoning_content: '=' },
    evidence: ['https://docs.fireworks.ai/guides/reasoning'],
  },
  vllm: {
    rule: '`reasoning` (called `reasoning_content` before 2026)',
    fields: { reasoning: '=' },
    evidence: [
      'https://github.com/vllm-project/vllm/issues/27755',
      'https://github.com/vllm-project/router/pull/115',
    ],
  },
  cloudflare: {
    rule: '`reasoning`',
    fields: { reasoning: '=' },
    evidence: ['https://github.com/cloudflare/ai/releases/tag/workers-ai-provider%403.1.5'],
  },
  ollama: {
    rule: 'content is `""` beside tool calls: null is refused (400)',
    fields: {},
    contentBesideCalls: '',
    evidence: ['https://github.com/pydantic/pydantic-ai/issues/5206'],
  },
} as const satisfies { readonly [provider: string]: ProviderRule }

export type ProviderName = keyof typeof providerRules

export const providerNames = Object.keys(providerRules) as ProviderName[] // the keys of an object literal

/** What every request may have: OpenAI's own assistant message. Everything else is left out. */
export const requestFields: ProviderRule['fields'] = {
  role: '!',
  content: '!',
  'content[] text': '=',
  'content[] refusal': '=',
  refusal: '=',
  name: '=',
  tool_calls: '=',
  'tool_calls[] custom': '=',
  function_call: '=',
  audio: '=',
  'audio.id': '!',
}
