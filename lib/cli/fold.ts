import {
  type AssembleOptions,
  AssemblyError,
  type AssemblyEvent,
  type AssemblyResult,
  assemble,
} from '../core.ts'
import { CommandError } from './command-error.ts'
import type { Writer } from './formats/format.ts'
import type { Input } from './inputs.ts'
import type { Output } from './output.ts'
import type { Recorder } from './recording/record.ts'
import type { View } from './terminal/view.ts'

export interface Fold {
  readonly input: Input
  readonly options: AssembleOptions
  readonly output: Output
  readonly writer: Writer
  readonly view: View | undefined
  readonly recorder: Recorder | undefined
  /** Ctrl-C, or an output nobody reads any more. */
  readonly stop: AbortSignal
}

/** Silence of a server is the one way to hang that nobody at a keyboard ends. */
const STALL_TIMEOUT_MS = 120_000

/** Folds one input into its output. Throws a CommandError where it cannot be opened or is no recording. */
export async function fold({
  input,
  options,
  output,
  writer,
  view,
  recorder,
  stop,
}: Fold): Promise<AssemblyResult> {
  const run = new AbortController()
  const onStop = (): void => run.abort(stop.reason)
  stop.addEventListener('abort', onStop)
  try {
    if (stop.aborted) onStop()
    // Opening a named pipe waits for its writer, and cannot be called off.
    const { bytes } = await Promise.race([input.open(run.signal), rejected(run.signal)])
    const assembly = assemble(recorder?.tap(bytes) ?? bytes, {
      ...options,
      ...(input.isRemote && { progressTimeoutMs: options.progressTimeoutMs ?? STALL_TIMEOUT_MS }),
      signal: run.signal,
    })
    if (view !== undefined || writer.event !== undefined) {
      await follow(assembly, output, (event) => {
        view?.event(event)
        writer.event?.(event)
      })
    }
    const result = await assembly.result
    writer.end(result)
    if (!output.isClosed) view?.end(result)
    await output.ready()
    if (result.error?.cause instanceof CommandError) throw result.error.cause
    return result
  } finally {
    stop.removeEventListener('abort', onStop)
    view?.close()
    run.abort() // a request that has not been answered yet
  }
}

/** Rejects as soon as the signal aborts. */
function rejected(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const onAbort = (): void => reject(new CommandError('aborted', 'interrupted before anything was read'))
    if (signal.aborted) onAbort()
    else signal.addEventListener('abort', onAbort, { once: true })
  })
}

/** Hands on every event. What the stream came to is in its result, so the error it ends with is not needed. */
async function follow(
  events: AsyncIterable<AssemblyEvent>,
  output: Output,
  onEvent: (event: AssemblyEvent) => void,
): Promise<void> {
  try {
    for await (const event of events) {
      onEvent(event)
      await output.ready()
    }
  } catch (error) {
    if (!(error instanceof AssemblyError)) throw error
  }
}
