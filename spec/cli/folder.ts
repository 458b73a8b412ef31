import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder for the files of one suite, gone after it. */
export class Folder {
  #path = ''

  /** Registers the hooks of the suite it is made in. */
  constructor() {
    before(() => {
      this.#path = mkdtempSync(join(tmpdir(), 'deltafold-cli-'))
    })
    after(() => rmSync(this.#path, { recursive: true }))
  }

  path(name: string): string {
    return join(this.#path, name)
  }

  /** Writes a file and gives its path. */
  file(name: string, content: string | Uint8Array): string {
    writeFileSync(this.path(name), content)
    return this.path(name)
  }
}
