import { type FileHandle, open } from 'node:fs/promises'
import { CommandError, systemReason } from './command-error.ts'
import { RECORDING_START } from './recording/cassette.ts'
import { type RequestArguments, requestFrom } from './request.ts'

/** Bytes as they are read, or a response that is still to come. */
export type Bytes = AsyncIterable<Uint8Array> | Promise<Response>

export interface Input {
  /** As it was written on the command line: what messages call it, and "file" in JSON lines. */
  readonly name: string
  /** It comes over the network, where silence means trouble. */
  readonly isRemote: boolean
  /**
   * Throws a CommandError where there is nothing to read. The bytes come in an object because a promise of a
   * response must not be waited for here: its failure belongs to the assembly.
   */
  open(signal: AbortSignal): Promise<{ readonly bytes: Bytes }>
}

export function isUrl(text: string): boolean {
  return /^https?:\/\//i.test(text)
}

/** The input that a word of the command line means. */
export function inputNamed(name: string, request: RequestArguments): Input {
  if (name === '-') return standardInput
  return isUrl(name) ? urlInput(name, request) : fileInput(name)
}

export const standardInput: Input = {
  name: '-',
  isRemote: false,
  open: async () => ({ bytes: process.stdin }),
}

function urlInput(name: string, request: RequestArguments): Input {
  return {
    name,
    isRemote: true,
    async open(signal) {
      if (!URL.canParse(name)) throw new CommandError('usage', `${name}: not a URL`)
      const init = await requestFrom(request)
      return { bytes: fetch(name, { ...init, signal }) }
    },
  }
}

function fileInput(name: string): Input {
  return {
    name,
    isRemote: false,
    async open() {
      const handle = await openFile(name)
      if (await beginsAsRecording(handle)) {
        await handle.close()
        throw new CommandError('usage', `${name}: is a recording: read it with --replay`)
      }
      return { bytes: handle.createReadStream() }
    },
  }
}

/** Opens a file, a pipe or a device before it is read, so that a wrong name is told at once. */
export async function openFile(name: string): Promise<FileHandle> {
  try {
    const handle = await open(name)
    if (!(await handle.stat()).isDirectory()) return handle
    await handle.close()
  } catch (error) {
    throw new CommandError('usage', `${name}: ${systemReason(error)}`)
  }
  throw new CommandError('usage', `${name}: is a folder, not a file`)
}

/** A recording is JSON lines, and would be taken for a stream of chunks that say nothing. */
async function beginsAsRecording(handle: FileHandle): Promise<boolean> {
  if (!(await handle.stat()).isFile()) return false // what a pipe gives is gone once it is read
  const start = Buffer.alloc(RECORDING_START.length)
  const { bytesRead } = await handle.read(start, 0, start.length, 0)
  return start.toString('latin1', 0, bytesRead) === RECORDING_START
}
