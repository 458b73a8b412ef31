/**
 * Any value `JSON.parse` can return. Ours; it appears wherever a provider puts free-form data on the wire
 * (tool arguments sent as an object, metadata) and where parsed tool arguments are handed out.
 */
export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject

/** An object of JSON. Ours; the parsed form of a tool call's `arguments`, for one. */
export interface JsonObject {
  [key: string]: JsonValue
}

/**
 * A string union that stays open: the known values are offered by the editor, any other string is accepted.
 * Providers add values without notice, so a closed union would be a lie about the wire.
 *
 * @example
 * const reason: OpenString<'stop' | 'length'> = 'eos'
 */
export type OpenString<Known extends string> = Known | (string & Record<never, never>)

/** The names of the fields a type spells out, without its index signature. */
type FieldName<Wire> = keyof { [Field in keyof Wire as string extends Field ? never : Field]: true }

/**
 * `Wire` without its index signatures, all the way down. An interface of another package (openai's
 * `ChatCompletionChunk`) has no index signature and TypeScript therefore refuses it where one is asked for;
 * it is assignable to this. And this is assignable back to `Wire`, so nothing needs a cast.
 *
 * Strings come first because an open string (`string & …`) extends `object` as well. Pure dictionaries stay
 * as they are: without its index signature `JsonObject` would be `{}`, which accepts a string.
 */
export type KnownFields<Wire> = Wire extends string
  ? Wire
  : Wire extends readonly (infer Item)[]
    ? KnownFields<Item>[]
    : Wire extends object
      ? [FieldName<Wire>] extends [never]
        ? Wire
        : { [Field in keyof Wire as string extends Field ? never : Field]: KnownFields<Wire[Field]> }
      : Wire
