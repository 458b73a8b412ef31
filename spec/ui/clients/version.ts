import { readFileSync } from 'node:fs'

/** The version of an installed package; its name may be an alias. */
export function versionOf(name: string): string {
  const { version } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8'))
  return String(version)
}
