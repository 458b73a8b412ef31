// A chat with an unchanged `useChat`, offline: `npm run chat`. It starts a provider that replays scripted answers, and
// the server between it and the page; what a server needs of deltafold is in server/answer.ts.
import { fileURLToPath } from 'node:url'
import { startProvider } from './provider/provider.ts'
import { bundlePage } from './server/files.ts'
import { startServer } from './server/server.ts'

// Seen from .examples/, where this file is built to; the page is bundled from its sources.
const pageFolder = fileURLToPath(new URL('../examples/chat/page', import.meta.url))

const [provider, page] = await Promise.all([startProvider(), bundlePage(pageFolder)])
const server = await startServer(provider.url, page, Number(process.env.PORT ?? 0))
console.log(`The chat is at ${server.url} (Ctrl+C ends it)`)

process.once('SIGINT', () => {
  server.close()
  provider.close()
})
