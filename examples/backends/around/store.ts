import type { AssemblyResult } from 'deltafold/core'

/** Saves what came, whatever became of it: `status` says if it is all. Yours: a row in your database. */
export function save({ status, completion }: AssemblyResult): void {
  console.log(`saved, ${status}: ${completion.choices[0]?.message.content}`)
}
