import { existsSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** The folder of shared test data named by SHARED_DIR, relative to the working directory or absolute. */
export function sharedDir(): string {
  const named = process.env.SHARED_DIR
  if (named === undefined || named === '') throw new Error('SHARED_DIR is not set')
  const folder = resolve(named)
  if (!statSync(folder).isDirectory()) throw new Error(`SHARED_DIR is not a folder: ${folder}`)
  return folder
}

/** For files that only some data has; what must be there is read, and fails when it is not. */
export function sharedFileExists(...path: string[]): boolean {
  return existsSync(join(sharedDir(), ...path))
}

export function readShared(...path: string[]): Uint8Array {
  return readFileSync(join(sharedDir(), ...path))
}

/** `Row` is the shape the data's README states: the folder is trusted, so nothing checks it again here. */
export function readSharedJson<Row>(...path: string[]): Row {
  return JSON.parse(readFileSync(join(sharedDir(), ...path), 'utf8'))
}

export function readSharedJsonLines<Row>(...path: string[]): Row[] {
  return readFileSync(join(sharedDir(), ...path), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Row => JSON.parse(line))
}

/**
 * A `describe` over shared test data. Without SHARED_DIR it is one pending test; with it, data that cannot be
 * read is one failing test, so that a wrong path neither passes silently nor stops the other specs.
 */
export function describeShared(title: string, define: (this: Mocha.Suite) => void): void {
  describe(title, function () {
    if (process.env.SHARED_DIR === undefined || process.env.SHARED_DIR === '') {
      it('needs SHARED_DIR')
      return
    }
    try {
      define.call(this)
    } catch (error) {
      it('reads its shared data', () => {
        throw error
      })
    }
  })
}
