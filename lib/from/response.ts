import { upstreamFrom } from '../dialect/errors.ts'
import { Fault } from '../errors.ts'
import { parseStrictly } from './chunks.ts'
import { openSource, type Source } from './source.ts'

/** So much of the body of a refused request is read for the provider's message. */
const MAX_ERROR_BODY = 64 * 1024

/** A response whose status and body can be assembled, opened. Throws a fault `http_status`. */
export async function openResponse(response: Response): Promise<Source> {
  if (!response.ok) throw await refusal(response)
  return openSource(response.body ?? [])
}

async function refusal(response: Response): Promise<Fault> {
  const { status } = response
  const body = parseStrictly(await readStart(response))
  const upstream = (body === undefined ? undefined : upstreamFrom(body)) ?? { message: '' }
  return new Fault('http_status', { upstream: { ...upstream, status } })
}

async function readStart(response: Response): Promise<string> {
  if (response.body === null) return ''
  const reader = response.body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  try {
    while (text.length < MAX_ERROR_BODY) {
      const { done, value } = await reader.read()
      if (done) break
      text += decoder.decode(value, { stream: true })
    }
    await reader.cancel()
  } catch {
    // The status is what counts; a body that breaks has no message for us.
  }
  return text
}
