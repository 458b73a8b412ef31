import fc from 'fast-check'
import type { AiProviderMetadata, ShapeMessages, ShapeName } from '../../lib/shapes.ts'
import type { JsonValue } from '../../lib/wire/index.ts'

/**
 * Messages as the systems themselves would write them, one arbitrary a shape: everything the shape can carry, in
 * the order the shape keeps. Fields that may be null or absent are sometimes either.
 */

/** Text with what breaks naive code: quotes, escapes, surrogate pairs, nothing at all. */
const text = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
  { weight: 1, arbitrary: fc.constantFrom('', ' ', '"', '\\', '\u0000', '🙂', '__proto__') },
)
const full = text.filter((value) => value.trim() !== '')
const id = fc.stringMatching(/^[a-z]{1,3}_[0-9a-z]{1,8}$/)
const url = fc.webUrl()
const seal = fc.base64String({ minLength: 4, maxLength: 12 }).filter((value) => value !== '')
const json = fc.jsonValue({ maxDepth: 2 }).map((value): JsonValue => JSON.parse(JSON.stringify(value)))
const object = fc.dictionary(
  fc.string({ maxLength: 5 }).filter((key) => key !== '__proto__'),
  json,
  { maxKeys: 3 },
)

/** An object with these fields, some of which may be absent. */
function fields<Always extends object, Maybe extends object>(
  always: { [Key in keyof Always]: fc.Arbitrary<Always[Key]> },
  maybe: { [Key in keyof Maybe]: fc.Arbitrary<Maybe[Key]> },
): fc.Arbitrary<Always & Partial<Maybe>> {
  // fast-check cannot infer which keys of two objects together are required: the type above says it.
  const requiredKeys = Object.keys(always) as never[]
  return fc.record({ ...always, ...maybe }, { requiredKeys }) as unknown as fc.Arbitrary<
    Always & Partial<Maybe>
  >
}

const orNull = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> =>
  fc.option(value, { nil: null })
const list = <Value>(value: fc.Arbitrary<Value>, minLength = 0): fc.Arbitrary<Value[]> =>
  fc.array(value, { minLength, maxLength: 3 })

const assistant = fc.constant('assistant' as const)
const functionType = fc.constant('function' as const)
/** JSON and what models write instead. */
const argumentsText = fc.oneof(
  object.map((value) => JSON.stringify(value)),
  fc.constantFrom('', '{}', '{"a": 1.0}', '{"a":', 'null', '[1]', 'not JSON'),
)
const functionCall = fc.record({
  id,
  type: functionType,
  function: fc.record({ name: full, arguments: argumentsText }),
})
const customCall = fc.record({
  id,
  type: fc.constant('custom' as const),
  custom: fc.record({ name: full, input: text }),
})
const audio = fc.record({ id, data: seal, expires_at: fc.nat(), transcript: text })
const citation = fc.record({
  type: fc.constant('url_citation' as const),
  url_citation: fc.record({ url, title: text, start_index: fc.nat(99), end_index: fc.nat(99) }),
})

const openai: fc.Arbitrary<ShapeMessages['openai']> = fields(
  { role: assistant, content: orNull(text), refusal: orNull(full) },
  {
    tool_calls: list(fc.oneof(functionCall, customCall)),
    function_call: fc.record({ name: full, arguments: argumentsText }),
    audio: orNull(audio),
    annotations: list(citation),
  },
)

const detailFields = {
  id: orNull(id),
  format: orNull(
    fc.constantFrom(
      'unknown' as const,
      'anthropic-claude-v1' as const,
      'openai-responses-v1' as const,
      'google-gemini-v1' as const,
    ),
  ),
  index: fc.nat(3),
}
const detail = fc.oneof(
  fields(
    { type: fc.constant('reasoning.text' as const) },
    { ...detailFields, text: orNull(text), signature: orNull(seal) },
  ),
  fields({ type: fc.constant('reasoning.summary' as const), summary: text }, detailFields),
  fields({ type: fc.constant('reasoning.encrypted' as const), data: seal }, detailFields),
)
const serverCall = {
  type: fc.constant('reasoning.server_tool_call' as const),
  arguments: argumentsText,
  result: text,
}
const image = fc.record({ image_url: fc.record({ url }) })
const openRouterPart = fc.oneof(
  fc.record({ type: fc.constant('text' as const), text }),
  fc.record({ type: fc.constant('image_url' as const), image_url: fc.record({ url }) }),
  fc.record({
    type: fc.constant('input_audio' as const),
    input_audio: fc.record({ data: seal, format: full }),
  }),
  fc.record({ type: fc.constant('file' as const), file: fc.record({ file_data: url, filename: full }) }),
)

const openrouter: fc.Arbitrary<ShapeMessages['openrouter']> = fields(
  { role: assistant, content: fc.oneof(orNull(text), list(openRouterPart)), refusal: orNull(full) },
  {
    reasoning: orNull(text),
    reasoning_details: list(
      fc.oneof(detail, fields({ ...serverCall, tool_name: full }, { tool_call_id: orNull(id) })),
    ),
    tool_calls: list(functionCall),
    annotations: list(citation),
    images: list(image),
    audio: fields({}, { id, data: seal, transcript: text, expires_at: fc.nat() }),
    name: full,
    model: full,
  },
)

const openrouterSdk: fc.Arbitrary<ShapeMessages['openrouter-sdk']> = fields(
  {
    role: assistant,
    content: fc.oneof(
      orNull(text),
      list(fc.record({ type: fc.constant('image_url' as const), imageUrl: fc.record({ url }) })),
    ),
    refusal: orNull(full),
  },
  {
    reasoning: orNull(text),
    reasoningDetails: list(
      fc.oneof(detail, fields({ ...serverCall, toolName: full }, { toolCallId: orNull(id) })),
    ),
    toolCalls: list(functionCall),
    annotations: list(
      fc.record({
        type: fc.constant('url_citation' as const),
        urlCitation: fc.record({ url, title: text, startIndex: fc.nat(99), endIndex: fc.nat(99) }),
      }),
    ),
    images: list(fc.record({ imageUrl: fc.record({ url }) })),
    audio: fields({}, { id, data: seal, transcript: text, expiresAt: fc.nat() }),
  },
)

const orq: fc.Arbitrary<ShapeMessages['orq']> = fields(
  { role: assistant, content: orNull(text), refusal: orNull(full) },
  {
    reasoning: orNull(text),
    reasoning_signature: orNull(seal),
    redacted_reasoning: seal,
    tool_calls: list(
      fields(
        { id, type: functionType, function: fc.record({ name: full, arguments: argumentsText }) },
        { index: fc.nat(9), thought_signature: seal },
      ),
    ),
    audio: orNull(audio),
  },
)

const orqDataset: fc.Arbitrary<ShapeMessages['orq-dataset']> = fields(
  { role: assistant },
  {
    content: fc.oneof(
      text,
      list(
        fc.oneof(
          fc.record({ type: fc.constant('text' as const), text }),
          fc.record({ type: fc.constant('refusal' as const), refusal: text }),
          fc.record({ type: fc.constant('reasoning' as const), reasoning: full, signature: seal }),
          fc.record({ type: fc.constant('redacted_reasoning' as const), data: seal }),
        ),
      ),
    ),
    refusal: full,
    name: full,
    audio: orNull(fc.record({ id })),
    tool_calls: list(
      fields(
        { id, type: functionType, function: fc.record({ name: full, arguments: argumentsText }) },
        { thought_signature: seal },
      ),
    ),
    reasoning: text,
    reasoning_signature: seal,
    redacted_reasoning: seal,
    reasoning_content: text,
  },
)

const reasoningContent: fc.Arbitrary<ShapeMessages['reasoning-content']> = fields(
  { role: assistant, content: orNull(text), reasoning_content: orNull(text), refusal: orNull(full) },
  { tool_calls: list(functionCall) },
)

const thinkingBlock = fc.oneof(
  fields({ type: fc.constant('thinking' as const), thinking: text }, { signature: seal }),
  fc.record({ type: fc.constant('redacted_thinking' as const), data: seal }),
)
const litellm: fc.Arbitrary<ShapeMessages['litellm']> = fields(
  { role: assistant, content: orNull(text) },
  {
    tool_calls: list(functionCall),
    function_call: fc.record({ name: full, arguments: argumentsText }),
    audio: orNull(audio),
    images: list(image),
    annotations: list(citation),
    reasoning_content: orNull(text),
    thinking_blocks: list(thinkingBlock),
    provider_specific_fields: object,
  },
)

const mistralText = fc.record({ type: fc.constant('text' as const), text })
const mistralReference = fc.record({
  type: fc.constant('reference' as const),
  reference_ids: list(fc.nat(9)),
})
const mistral: fc.Arbitrary<ShapeMessages['mistral']> = fields(
  { role: assistant },
  {
    content: fc.oneof(
      text,
      list(
        fc.oneof(
          mistralText,
          mistralReference,
          fields(
            {
              type: fc.constant('thinking' as const),
              thinking: list(fc.oneof(mistralText, mistralReference)),
            },
            { signature: orNull(seal), closed: fc.boolean() },
          ),
        ),
      ),
    ),
    tool_calls: list(
      fields(
        { id, type: functionType, function: fc.record({ name: full, arguments: argumentsText }) },
        { index: fc.nat(9) },
      ),
    ),
    prefix: fc.boolean(),
  },
)

const signed = seal.map((signature) => ({ anthropic: { signature } }))
const redacted = seal.map((redactedData) => ({ anthropic: { redactedData } }))
const others = fc.constantFrom<AiProviderMetadata>({ acme: { tag: 'x' } }, { acme: {}, other: { list: [1] } })

/** Thoughts first, as a model has them: signed, redacted or plain. */
const uiThought = fc.oneof(
  fc.record({ type: fc.constant('reasoning' as const), text }),
  fc.record({ type: fc.constant('reasoning' as const), text, providerMetadata: signed }),
  fc.record({ type: fc.constant('reasoning' as const), text: fc.constant(''), providerMetadata: redacted }),
)
const uiContent = fc.oneof(
  fields({ type: fc.constant('text' as const), text }, { providerMetadata: others }),
  fc.record({ type: fc.constant('reasoning' as const), text, providerMetadata: others }),
  fields(
    { type: fc.constant('file' as const), mediaType: fc.constant('application/pdf'), url },
    { filename: full, providerMetadata: others },
  ),
)
const uiCall = fields(
  {
    type: fc.constant('dynamic-tool' as const),
    toolName: full,
    toolCallId: id,
    state: fc.constant('input-available' as const),
    input: json,
  },
  {
    callProviderMetadata: fc.oneof(
      others,
      seal.map((thoughtSignature) => ({ google: { thoughtSignature } })),
    ),
  },
)
const uiFile = fields(
  {
    type: fc.constant('file' as const),
    mediaType: fc.constantFrom('image/png', 'image/*'),
    url: seal.map((bytes) => `data:image/png;base64,${bytes}`),
  },
  { filename: full },
)
const uiSource = fields({ type: fc.constant('source-url' as const), sourceId: id, url }, { title: text })
const uiData = fc.constantFrom(
  { type: 'data-reasoning_opaque' as const, data: 'No.' },
  { type: 'data-channel' as const, data: { x: null } },
)

const aiUi: fc.Arbitrary<ShapeMessages['ai-ui']> = fields(
  {
    id,
    role: assistant,
    parts: fc
      .tuple(
        list(uiThought),
        list(uiContent),
        list(uiFile),
        list(uiCall),
        list(uiSource),
        fc.subarray([uiData]),
      )
      .chain(([thoughts, content, files, calls, sources, data]) =>
        fc.tuple(...data).map((last) => [...thoughts, ...content, ...files, ...calls, ...sources, ...last]),
      ),
  },
  { metadata: object },
)

const modelThought = fc.oneof(
  fc.record({ type: fc.constant('reasoning' as const), text }),
  fc.record({ type: fc.constant('reasoning' as const), text, providerOptions: signed }),
)
const modelContent = fields({ type: fc.constant('text' as const), text }, { providerOptions: others })
const modelCall = fields(
  { type: fc.constant('tool-call' as const), toolCallId: id, toolName: full, input: json },
  { providerOptions: others },
)
const aiModel: fc.Arbitrary<ShapeMessages['ai-model']> = fields(
  {
    role: assistant,
    content: fc.oneof(
      text,
      fc
        .tuple(list(modelThought), list(modelContent), list(modelCall))
        .map(([thoughts, content, calls]) => [...thoughts, ...content, ...calls]),
    ),
  },
  {
    providerOptions: fc.oneof(
      others,
      citation.map((annotation) => ({ openrouter: { annotations: [annotation] } })),
      fc.constant({ deltafold: { refusal: 'No.', channel: 'final' } }),
    ),
  },
)

const langchain: fc.Arbitrary<ShapeMessages['langchain']> = fields(
  {
    content: fc.oneof(text, list(mistralText)),
    additional_kwargs: fields({}, { refusal: full, reasoning_content: text, channel: full, audio }),
  },
  { response_metadata: object, id, name: full },
)

const calledLangchain: fc.Arbitrary<ShapeMessages['langchain']> = fc
  .tuple(
    langchain,
    list(fc.record({ type: fc.constant('tool_call' as const), id, name: full, args: object }), 1),
    fc.constantFrom<ShapeMessages['langchain']['invalid_tool_calls']>([]),
  )
  .map(([message, tool_calls, invalid_tool_calls = []]) => ({ ...message, tool_calls, invalid_tool_calls }))

/** Shape → messages of it. */
export const arbitraryMessages: { readonly [Name in ShapeName]: fc.Arbitrary<ShapeMessages[Name]> } = {
  openai,
  openrouter,
  'openrouter-sdk': openrouterSdk,
  orq,
  'orq-dataset': orqDataset,
  'reasoning-content': reasoningContent,
  litellm,
  mistral,
  'ai-ui': aiUi,
  'ai-model': aiModel,
  langchain: fc.oneof(langchain, calledLangchain),
}
