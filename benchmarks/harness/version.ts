import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The version of an installed package; read from its folder, because not every package exports its package.json. */
export function versionOf(name: string): string {
  return JSON.parse(readFileSync(join('node_modules', name, 'package.json'), 'utf8')).version
}
