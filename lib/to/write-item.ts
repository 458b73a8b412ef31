import type { Assembler } from '../assembler.ts'
import type { SourceItem } from '../from/source.ts'
import type { ServerSentEvent } from '../wire/index.ts'

/** Writes one piece of input at the station where it belongs. */
export function writeItem(assembler: Assembler, item: SourceItem): void {
  // isView and not instanceof: Jest runs tests in a realm whose Uint8Array is not that of Node's Buffer.
  if (typeof item === 'string' || item instanceof Uint8Array) assembler.write(item)
  else if (ArrayBuffer.isView(item)) assembler.write(bytesOf(item))
  else if (isFrame(item)) assembler.writeFrame(item)
  else assembler.writeChunk(item)
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}

/** A frame has its data as text; no chunk of any provider has a `data` beside its choices. */
function isFrame(item: SourceItem): item is ServerSentEvent {
  return (
    typeof item === 'object' &&
    item !== null &&
    'data' in item &&
    typeof item.data === 'string' &&
    !('choices' in item)
  )
}
