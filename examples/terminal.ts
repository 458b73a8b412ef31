// A terminal: text as it comes, reasoning dimmed, and how it ended.
import { assemble } from 'deltafold/core'
import { startUpstream, words } from './upstream.ts'

const upstream = await startUpstream([
  { role: 'assistant', reasoning_content: 'They ask about tea. ' },
  { reasoning_content: 'Keep it short.' },
  ...words('Pour water of 80 °C over the leaves and wait for two minutes. ☕'),
])

const dim = (text: string): string => (process.stdout.isTTY ? `\u001b[2m${text}\u001b[22m` : `(${text})`)

const assembly = assemble(fetch(upstream.url, { method: 'POST' }))
for await (const event of assembly) {
  if (event.type === 'reasoning.delta') process.stdout.write(dim(event.delta))
  if (event.type === 'content.delta') process.stdout.write(event.delta)
}

const { status, completion } = await assembly.result
console.log(`\n${status}, ${completion.choices[0]?.finish_reason}`)
upstream.close()
