import type { CreateChatCompletionMessage } from '@orq-ai/node/models/operations/createchatcompletion.js'
import type { CreateDatasetItemMessagesAssistantMessage } from '@orq-ai/node/models/operations/createdatasetitem.js'

/** A camelCase key in the wire's spelling. */
type SnakeKey<Key extends string> = Key extends `${infer First}${infer Rest}`
  ? First extends Lowercase<First>
    ? `${First}${SnakeKey<Rest>}`
    : `_${Lowercase<First>}${SnakeKey<Rest>}`
  : Key

/** A type of orq.ai's SDK as its own code puts it on the wire: every key in snake_case. */
export type OnTheWire<Sdk> = Sdk extends readonly (infer Item)[]
  ? OnTheWire<Item>[]
  : Sdk extends object
    ? { [Key in keyof Sdk as Key extends string ? SnakeKey<Key> : never]: OnTheWire<Sdk[Key]> }
    : Sdk

export type OrqMessage = OnTheWire<CreateChatCompletionMessage>
export type OrqDatasetMessage = OnTheWire<CreateDatasetItemMessagesAssistantMessage>
