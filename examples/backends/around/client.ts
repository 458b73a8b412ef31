import { startUpstream, words } from '../../upstream.ts'

// The provider is an offline one, unless the environment names another. It is there before any example begins.
const offline =
  process.env.UPSTREAM_URL === undefined
    ? await startUpstream(words('Green tea wants 80 °C, black tea 95 °C.'))
    : undefined
process.env.UPSTREAM_URL ??= offline?.url

/**
 * What each of these examples does once its server listens: one client asks, what it sees is printed, and the server is
 * closed. With `--serve` it stays open, for a client of your own.
 */
export async function visit(url: string, close: () => unknown): Promise<void> {
  if (process.argv.includes('--serve')) {
    console.log(`curl -N ${url} -H 'content-type: application/json' -d '{"role":"user","content":"Tea?"}'`)
    return
  }
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ role: 'user', content: 'How hot should the water be?' }),
  })
  for await (const text of response.body?.pipeThrough(new TextDecoderStream()) ?? [])
    process.stdout.write(text)
  await close()
  offline?.close()
}
