import { AIMessage, type StandardMessageStructure } from '@langchain/core/messages'
import {
  ChatAssistantMessage$inboundSchema,
  ChatAssistantMessage$outboundSchema,
} from '@openrouter/sdk/models'
import {
  CreateChatCompletionMessage$inboundSchema,
  CreateChatCompletionMessagesAssistantMessage$outboundSchema,
} from '@orq-ai/node/models/operations/createchatcompletion.js'
import {
  CreateDatasetItemMessagesAssistantMessage$outboundSchema,
  CreateDatasetItemRequest$outboundSchema,
} from '@orq-ai/node/models/operations/createdatasetitem.js'
import { convertToModelMessages, modelMessageSchema, safeValidateUIMessages } from 'ai'
import { expect } from 'chai'
import { toDatasetItem, toLangChain, toMessage, toRequestMessage } from '../../lib/shapes.ts'
import { describeShared } from '../helpers/shared.ts'
import { ownRecordings, type Recording, sharedRecordings } from './recordings.ts'

/** JSON as it goes to a server: what is undefined is not there. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}

/** orq.ai's SDK takes camelCase and writes snake_case; its keys are single or double words. */
function camelKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camelKeys)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [camelKey(key), camelKeys(inner)]))
}

function camelKey(key: string): string {
  return key.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

function snakeKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(snakeKeys)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      snakeKeys(inner),
    ]),
  )
}

/** A judge throws if it refuses a message, or gives it back otherwise than it got it. */
type Judge = (recording: Recording, choice: number) => void | Promise<void>

const judges: Readonly<Record<string, Judge>> = {
  'openrouter: the schema of its SDK reads the wire form into the SDK form': ({ completion }, choice) => {
    const { wire, sdk } = openRouterForms(completion, choice)
    expect(plain(ChatAssistantMessage$inboundSchema.parse(wire))).to.deep.equal(plain(asRead(sdk)))
  },
  'openrouter-sdk: the schema of its SDK writes the SDK form into the wire form': (
    { completion },
    choice,
  ) => {
    const { wire, sdk } = openRouterForms(completion, choice)
    expect(plain(ChatAssistantMessage$outboundSchema.parse(sdk))).to.deep.equal(plain(wire))
  },
  'orq: the schema of its SDK reads every field': ({ completion }, choice) => {
    const { message } = toMessage(completion, 'orq', { choice })
    expect(snakeKeys(plain(CreateChatCompletionMessage$inboundSchema.parse(message)))).to.deep.equal(
      plain(message),
    )
  },
  'orq-dataset: the schema of its SDK takes the message': ({ completion }, choice) => {
    const { message } = toMessage(completion, 'orq-dataset', { choice })
    CreateDatasetItemMessagesAssistantMessage$outboundSchema.parse(camelKeys(message))
  },
  'toDatasetItem: the schema of its SDK sends every field': ({ completion }, choice) => {
    const messages = [{ role: 'user', content: 'Hi' }]
    const { item } = toDatasetItem(completion, { choice, messages, inputs: { name: 'Ada' } })
    const request = { datasetId: 'd', requestBody: [camelKeys(item)] }
    const sent = plain(CreateDatasetItemRequest$outboundSchema.parse(request))
    expect(sent).to.deep.equal({ dataset_id: 'd', RequestBody: [plain(item)] })
  },
  'request:orq: the schema of its SDK sends every field': ({ completion }, choice) => {
    const { message } = toRequestMessage(completion, 'orq', { choice })
    const sent = CreateChatCompletionMessagesAssistantMessage$outboundSchema.parse(camelKeys(message))
    expect(plain(sent)).to.deep.equal(plain(message))
  },
  'request:openrouter: the schema of its SDK knows every field but annotations': ({ completion }, choice) => {
    const {
      annotations: _wire,
      images: _images,
      ...message
    } = toRequestMessage(completion, 'openrouter', { choice }).message
    const read = ChatAssistantMessage$inboundSchema.parse(message)
    expect(Object.keys(read).sort()).to.deep.equal(Object.keys(asRead(camelNames(message))).sort())
  },
  'ai-ui: safeValidateUIMessages takes it unchanged': async ({ completion }, choice) => {
    const { message } = toMessage(completion, 'ai-ui', { choice })
    const result = await safeValidateUIMessages({ messages: [message] })
    if (!result.success) throw result.error
    expect(plain(result.data)).to.deep.equal([plain(message)])
  },
  'ai-ui: convertToModelMessages makes model messages of it': async ({ completion }, choice) => {
    const { message } = toMessage(completion, 'ai-ui', { choice })
    for (const model of await convertToModelMessages([message])) modelMessageSchema.parse(model)
  },
  'ai-model: modelMessageSchema takes it unchanged': ({ completion }, choice) => {
    const { message } = toMessage(completion, 'ai-model', { choice })
    expect(plain(modelMessageSchema.parse(message))).to.deep.equal(plain(message))
  },
  'langchain: AIMessage takes it, with its calls and the same text': ({ completion }, choice) => {
    const { message: fields } = toLangChain(completion, { choice })
    const { tool_calls = [], content } = fields
    const message = new AIMessage<StandardMessageStructure>(structuredClone(fields))
    expect(plain(message.tool_calls)).to.deep.equal(plain(tool_calls))
    if (typeof content === 'string') expect(message.text).to.equal(content)
    expect(message.contentBlocks.filter((block) => block.type === 'tool_call')).to.have.length(
      tool_calls.length,
    )
  },
}

/** The names of the fields alone in camelCase. */
function camelNames(message: object): object {
  return Object.fromEntries(Object.keys(message).map((key) => [camelKey(key), null]))
}

/**
 * Both forms without what OpenRouter sends and today's schema has no field for: annotations (its first SDK had
 * them), and beside the address of an image its type and index.
 */
function openRouterForms(completion: Recording['completion'], choice: number) {
  const { annotations: _wire, images, ...wire } = toMessage(completion, 'openrouter', { choice }).message
  const {
    annotations: _sdk,
    images: sdkImages,
    ...sdk
  } = toMessage(completion, 'openrouter-sdk', { choice }).message
  return {
    wire: { ...wire, ...(images && { images: images.map(({ image_url }) => ({ image_url })) }) },
    sdk: { ...sdk, ...(sdkImages && { images: sdkImages.map(({ imageUrl }) => ({ imageUrl })) }) },
  }
}

/** Entries of a type the SDK does not know come out wrapped, with what was sent inside. */
function asRead(message: object): object {
  const known = /^reasoning\.(text|summary|encrypted|server_tool_call)$/
  if (!('reasoningDetails' in message) || !Array.isArray(message.reasoningDetails)) return message
  const reasoningDetails = message.reasoningDetails.map((entry: { type?: string }) =>
    known.test(entry.type ?? '') ? entry : { raw: entry, type: 'UNKNOWN', isUnknown: true },
  )
  return { ...message, reasoningDetails }
}

function judge(recordings: () => Recording[]): void {
  for (const [title, check] of Object.entries(judges)) {
    it(title, async () => {
      const refusals: string[] = []
      for (const recording of recordings()) {
        for (const { index } of recording.completion.choices) {
          try {
            await check(recording, index)
          } catch (error) {
            refusals.push(`${recording.name}: ${String(error).slice(0, 400)}`)
          }
        }
      }
      expect(refusals.slice(0, 5).join('\n'), `${refusals.length} refused`).to.equal('')
    })
  }
}

describe('the systems’ own validators accept every message: our streams', function () {
  this.timeout(20_000)
  const recordings = ownRecordings()
  judge(() => recordings)
})

describeShared('the systems’ own validators accept every message: 913 recordings', function () {
  this.timeout(20_000)
  const recordings = sharedRecordings()
  judge(() => recordings)
})
