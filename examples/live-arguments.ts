// A page that shows a document while a tool call writes it, and its sources as each is finished.
import { ArgumentsReader, assemble, validateToolCall } from 'deltafold/core'
import { z } from 'zod'
import { startUpstream, toolCall } from './upstream.ts'

const document = {
  title: 'On tea',
  body: 'Tea is a leaf and hot water.\nEverything else is patience.',
  sources: [{ name: 'Kakuzo Okakura' }, { name: 'my grandmother' }],
}
const upstream = await startUpstream(toolCall(0, 'write_document', document), 'tool_calls', 2)

const page = new ArgumentsReader('write_document')
  .text('body', (delta) => process.stdout.write(delta))
  .items('sources', (source, index) => console.log(`\n[${index + 1}] ${JSON.stringify(source)}`))

const assembly = assemble(fetch(upstream.url, { method: 'POST' }))
for await (const event of assembly) page.write(event)

// Only a call that is complete, and that the schema takes, may be run.
const schema = z.object({
  title: z.string(),
  body: z.string(),
  sources: z.array(z.object({ name: z.string() })),
})
const { toolCalls } = await assembly.result
for (const call of toolCalls) {
  const judged = await validateToolCall(call, schema)
  if (judged.state === 'complete')
    console.log(`saved '${judged.value.title}' with ${judged.value.sources.length} sources`)
}
upstream.close()
