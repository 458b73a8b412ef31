/** What a URL citation points at. OpenRouter adds `content` and may omit `title` and the indices or send 0. */
export interface UrlCitation {
  url: string
  title?: string
  /** Character range of `message.content` the citation stands for. */
  start_index?: number
  end_index?: number
  content?: string
  [field: string]: unknown
}

/** A web page the text relies on. OpenAI's, also OpenRouter's; when the answer used web search. */
export interface UrlCitationAnnotation {
  type: 'url_citation'
  url_citation: UrlCitation
  [field: string]: unknown
}

/** What OpenRouter read out of a file: its text and its images. Inside `FileAnnotation`. */
export interface AnnotatedFile {
  hash: string
  name?: string
  content: (
    | { type: 'text'; text: string; [field: string]: unknown }
    | { type: 'image_url'; image_url: { url: string; [field: string]: unknown }; [field: string]: unknown }
  )[]
  [field: string]: unknown
}

/** A parsed file, to be sent back with the next request to save parsing it again. OpenRouter's. */
export interface FileAnnotation {
  type: 'file'
  file: AnnotatedFile
  [field: string]: unknown
}

/** An older form of a file reference, known only from the schema of OpenRouter's AI SDK provider. */
export interface LegacyFileAnnotation {
  type: 'file_annotation'
  file_annotation: { file_id: string; quote?: string; [field: string]: unknown }
  [field: string]: unknown
}

/** Where a document of the request backs the text. Groq's; inside `DocumentCitationAnnotation`. */
export interface DocumentCitation {
  document_id: string
  start_index: number
  end_index: number
  [field: string]: unknown
}

/** A document the text relies on. Groq's; the type makes the inner object optional. */
export interface DocumentCitationAnnotation {
  type: 'document_citation'
  document_citation?: DocumentCitation
  [field: string]: unknown
}

/** Where the result of a tool call backs the text. Groq's; inside `FunctionCitationAnnotation`. */
export interface FunctionCitation {
  tool_call_id: string
  start_index: number
  end_index: number
  [field: string]: unknown
}

/** A tool result the text relies on. Groq's; the type makes the inner object optional. */
export interface FunctionCitationAnnotation {
  type: 'function_citation'
  function_citation?: FunctionCitation
  [field: string]: unknown
}

/**
 * An annotation of a type this library does not know. The known fields are repeated here so that they keep
 * their types when the union is narrowed by `type`.
 */
export interface OtherAnnotation {
  type: string
  url_citation?: UrlCitation
  file?: AnnotatedFile
  file_annotation?: LegacyFileAnnotation['file_annotation']
  document_citation?: DocumentCitation
  function_citation?: FunctionCitation
  [field: string]: unknown
}

/**
 * A note on the text: where it comes from. In `message.annotations`, and in `delta.annotations` although no
 * stream specification lists it; OpenRouter sends one per chunk, without an index.
 */
export type ChatCompletionAnnotation =
  | UrlCitationAnnotation
  | FileAnnotation
  | LegacyFileAnnotation
  | DocumentCitationAnnotation
  | FunctionCitationAnnotation
  | OtherAnnotation
