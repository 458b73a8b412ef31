import { CommandError } from '../command-error.ts'

/** Far above a read of the network; a file without line ends must not fill the memory. */
const MAX_LINE = 64 * 1024 * 1024

/** The lines of a text file, as they are asked for. */
export async function* linesOf(source: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const bytes of source) {
    const pieces = decoder.decode(bytes, { stream: true }).split('\n')
    rest += pieces[0] ?? ''
    if (rest.length > MAX_LINE) throw new CommandError('badInput', `${name}: a line is longer than 64 MB`)
    for (const piece of pieces.slice(1)) {
      yield rest
      rest = piece
    }
  }
  rest += decoder.decode()
  if (rest !== '') yield rest
}
