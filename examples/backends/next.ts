// A Next.js 16 app on your machine: the handler is next/app/api/chat/route.ts. What follows is `next build` and `next
// start`, in a copy of the app, because Next writes beside its sources.
import { execFileSync, spawn } from 'node:child_process'
import { cpSync } from 'node:fs'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { visit } from './around/client.ts'

for (const folder of ['next', 'around'])
  cpSync(`examples/backends/${folder}`, `.examples/next-app/${folder}`, { recursive: true })

const next = resolve('node_modules/next/dist/bin/next')
const app = {
  cwd: resolve('.examples/next-app/next'),
  env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' },
}
execFileSync(process.execPath, [next, 'build'], { ...app, stdio: ['ignore', 'ignore', 'inherit'] })

const server = spawn(process.execPath, [next, 'start', '-H', '127.0.0.1', '-p', '0'], {
  ...app,
  stdio: ['ignore', 'pipe', 'inherit'],
})
let origin = ''
for await (const line of createInterface({ input: server.stdout })) {
  origin ||= /http:\S+/.exec(line)?.[0] ?? ''
  if (line.includes('Ready')) void visit(`${origin}/api/chat`, () => server.kill())
  else console.log(line)
}
