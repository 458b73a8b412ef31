import { Assembler } from '../../lib/assembler.ts'
import type { AssemblyEvent } from '../../lib/events.ts'
import { matching } from '../../lib/from/template/matching.ts'
import type { AssemblyResult } from '../../lib/result.ts'

/** The three ways on which our own fold reads the same bytes. */
export type Path = 'plain' | 'templates' | 'portable'

/**
 * Sets the internal switches of the library for this process. An older revision, to which this tree is compared, may
 * not have them: then there is no such path.
 */
export function takePath(path: Path): void {
  const hasSwitch = 'isOn' in matching
  const hasPortable = 'isPortable' in matching
  if (path === 'templates' && !hasSwitch) throw new Error('This revision has no templates')
  if (path === 'portable' && !hasPortable) throw new Error('This revision has no portable path')
  if (hasSwitch) matching.isOn = path !== 'plain'
  if ('isPortable' in matching) matching.isPortable = path === 'portable'
}

export function fold(
  pieces: readonly Uint8Array[],
  onEvent?: (event: AssemblyEvent) => void,
): AssemblyResult {
  const assembler = new Assembler(onEvent && { onEvent })
  for (const piece of pieces) assembler.write(piece)
  return assembler.end()
}
