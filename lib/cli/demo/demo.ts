import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Outcome } from '../exit-codes.ts'
import { fold } from '../fold.ts'
import { TextWriter } from '../formats/text.ts'
import { inputNamed } from '../inputs.ts'
import { sentenceOf } from '../sentence.ts'
import type { Shell } from '../shell.ts'
import { LiveView } from '../terminal/live-view.ts'
import type { Palette } from '../terminal/palette.ts'
import { outline } from './outline.ts'
import type { DemoRecording } from './recording.ts'
import { dyingStream } from './recordings/dying-stream.ts'
import { parallelToolCalls } from './recordings/parallel-tool-calls.ts'
import { textWithReasoning } from './recordings/text-with-reasoning.ts'
import { serveRecordings } from './server.ts'

export const demoRecordings: readonly DemoRecording[] = [textWithReasoning, parallelToolCalls, dyingStream]

/** Time to read the end of one stream before the next begins. */
const PAUSE_MS = 700

interface DemoArguments {
  readonly fast: boolean
  readonly serve: boolean
}

/** Plays the recordings through a real server, a real connection and the view of the command itself. */
export async function playDemo({ fast, serve }: DemoArguments, shell: Shell): Promise<Outcome> {
  const server = await serveRecordings(demoRecordings, fast ? Number.POSITIVE_INFINITY : 1)
  try {
    if (serve) await wait(shell, server.address)
    else await playAll(shell, server.address, fast)
  } finally {
    server.close()
  }
  return 'complete' // the stream that dies is part of the show
}

async function playAll(shell: Shell, address: string, fast: boolean): Promise<void> {
  const palette = shell.paletteOf(process.stdout)
  shell.output.write(
    `${palette.bold('deltafold demo')}: ${demoRecordings.length} streams, played from ${address}${fast ? '' : ' at their own pace'}\n`,
  )
  for (const [index, recording] of demoRecordings.entries()) {
    if (shell.stop.aborted) return
    if (index > 0 && !fast) await sleep(PAUSE_MS, undefined, { signal: shell.stop }).catch(() => {})
    await playOne(shell, palette, recording, index, address)
  }
  if (!shell.stop.aborted)
    shell.output.write('\nYour own: curl -sN … | deltafold    (deltafold --help says more)\n')
}

async function playOne(
  shell: Shell,
  palette: Palette,
  { path, title, about }: DemoRecording,
  index: number,
  address: string,
): Promise<void> {
  const { output, screen, stop } = shell
  const heading = `${index + 1}/${demoRecordings.length}  ${title}`
  output.write(`\n${palette.bold(palette.cyan(heading))}\n${palette.dim(about)}\n\n`)
  const result = await fold({
    input: inputNamed(`${address}${path}`, { headers: [], data: undefined }),
    options: {},
    output,
    writer: new TextWriter(output),
    view: screen && new LiveView(screen, shell.isShared),
    recorder: undefined,
    stop,
  })
  if (stop.aborted) return
  if (result.error !== undefined) shell.tell(sentenceOf(result.error))
  const columns = output.isTerminal ? (process.stdout.columns ?? 80) : Number.POSITIVE_INFINITY
  const message = outline(result.completion.choices[0]?.message ?? {}, columns)
  output.write(`${palette.bold(`The message (${result.status}):`)}\n${palette.dim(message)}\n`)
}

async function wait(shell: Shell, address: string): Promise<void> {
  const lines = demoRecordings.map(
    ({ path, title }) => `  curl -sN ${address}${path} | deltafold    # ${title}`,
  )
  shell.output.write(`Recorded streams, until Ctrl-C:\n${lines.join('\n')}\n`)
  if (!shell.stop.aborted) await once(shell.stop, 'abort')
}
