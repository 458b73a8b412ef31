/** Statuses whose response has no body, and cannot be given one. */
const bodyless: ReadonlySet<number> = new Set([204, 205, 304])

/** A response that says what another one said, with these bytes as its body. */
export function responseOf(
  pieces: AsyncIterator<Uint8Array>,
  status: number,
  contentType: string | undefined,
): Response {
  const headers = new Headers(contentType === undefined ? {} : { 'content-type': contentType })
  return new Response(bodyless.has(status) ? null : pulled(pieces), { status, headers })
}

/** A web stream of what an iterator gives, one pull at a time: nothing is read ahead, so times stay true. */
function pulled(pieces: AsyncIterator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await pieces.next()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      async cancel() {
        await pieces.return?.()
      },
    },
    { highWaterMark: 0 },
  )
}
