import type { ChatCompletionResponseMessage } from '../wire/index.ts'

export type Attachment =
  | { readonly type: 'source'; readonly id: string; readonly url: string; readonly title?: string }
  | { readonly type: 'file'; readonly url: string; readonly mediaType: string }

/** What a message has beside its words: the pages it cites, once each, and the images it holds. */
export function attachmentsOf(message: ChatCompletionResponseMessage | undefined): readonly Attachment[] {
  if (message === undefined) return []
  const cited = new Map<string, Attachment>()
  for (const annotation of message.annotations ?? []) {
    const citation = annotation.type === 'url_citation' ? annotation.url_citation : undefined
    const { url, title } = (citation ?? {}) as { readonly url?: unknown; readonly title?: unknown } // the wire's word
    if (typeof url !== 'string' || cited.has(url)) continue
    const id = `source-${cited.size + 1}`
    cited.set(url, { type: 'source', id, url, ...(typeof title === 'string' && title !== '' && { title }) })
  }
  return [...cited.values(), ...imagesOf(message)]
}

function imagesOf({ content, images }: ChatCompletionResponseMessage): Attachment[] {
  const parts: readonly unknown[] = [...(Array.isArray(content) ? content : []), ...(images ?? [])]
  return parts.flatMap((part): Attachment[] => {
    const url = urlOf(part)
    if (url === undefined) return []
    return [{ type: 'file', url, mediaType: /^data:([\w.+-]+\/[\w.+-]+)/.exec(url)?.[1] ?? 'image/*' }]
  })
}

/** An image is an object with its address, or at Mistral the address itself. */
function urlOf(part: unknown): string | undefined {
  if (typeof part !== 'object' || part === null || !('image_url' in part)) return undefined
  const image = part.image_url
  if (typeof image === 'string') return image
  if (typeof image !== 'object' || image === null || !('url' in image)) return undefined
  return typeof image.url === 'string' ? image.url : undefined
}
