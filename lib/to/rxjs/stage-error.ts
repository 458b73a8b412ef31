import { Assembler } from '../../assembler.ts'
import { AssemblyError, Fault, type Place } from '../../errors.ts'

/** The error of a station that runs by itself: it knows its fault and its place, and has assembled nothing. */
export function stageError(thrown: unknown, at: Place): unknown {
  return thrown instanceof Fault ? new AssemblyError(thrown, at, new Assembler().snapshot()) : thrown
}
