import type { Outcome } from './exit-codes.ts'

/** A sentence for the person who called the command, and how it ends. Never shown with a stack trace. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
  readonly outcome: Outcome

  constructor(outcome: Outcome, sentence: string) {
    super(sentence)
    this.outcome = outcome
  }
}

/** What the operating system said of a file, in words. */
const systemWords: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  EISDIR: 'is a folder, not a file',
  ENOTDIR: 'no such file',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EMFILE: 'too many open files',
  ENOSPC: 'no space left on the device',
  EROFS: 'the file system is read-only',
}

export function systemReason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return systemWords[code] ?? (code || (error instanceof Error ? error.message : String(error)))
}
