import { Assembler } from '../../lib/core.ts'

/** A recipe of the shared data: `head`, then `unit` again and again, then `tail`. */
export interface FloodRecipe {
  head?: string
  tail?: string
  unit?: string
  /** The unit is repeated to this size first. */
  unitBytes?: number
  /** At least so many bytes of units… */
  totalBytes?: number
  /** …or so many units. */
  count?: number
  /** A tool call with `$i` for its index: each becomes a chunk of its own. */
  perIndex?: string
}

export interface FloodReport {
  status: string
  error: string | undefined
  textLength: number
  argsLength: number
  toolCalls: number
  toolComplete: boolean
  events: number
  ms: number
  maxHeapMB: number
}

const pieceBytes = 64 * 1024
const encoder = new TextEncoder()

/** Pieces are views of one small block: the flood itself costs no memory, so what is measured is the fold. */
function* floodPieces(recipe: FloodRecipe): Generator<Uint8Array> {
  yield encoder.encode(recipe.head ?? '')
  if (recipe.perIndex !== undefined) yield* callPieces(recipe.perIndex, recipe.count ?? 0)
  else yield* unitPieces(recipe)
  yield encoder.encode(recipe.tail ?? '')
}

function* unitPieces({ unit = '', unitBytes, totalBytes, count = 0 }: FloodRecipe): Generator<Uint8Array> {
  const one = encoder.encode(unitBytes === undefined ? unit : unit.repeat(unitBytes / unit.length))
  const block = encoder.encode(
    unit.repeat(Math.ceil((one.length + pieceBytes) / encoder.encode(unit).length)),
  )
  const total = totalBytes ?? one.length * count
  for (let at = 0; at < total; at += pieceBytes) {
    const from = at % one.length
    yield block.subarray(from, from + Math.min(pieceBytes, total - at))
  }
}

function* callPieces(call: string, count: number): Generator<Uint8Array> {
  for (let i = 0; i < count; i += 1) {
    const calls = call.replaceAll('$i', String(i))
    yield encoder.encode(`data: {"id":"c1","choices":[{"index":0,"delta":{"tool_calls":[${calls}]}}]}\n\n`)
  }
}

function heapMB(): number {
  const { heapUsed, external } = process.memoryUsage()
  return (heapUsed + external) / 2 ** 20
}

/** Folds the flood as a host does: stops when the assembler reads no more. */
function foldFlood(recipe: FloodRecipe, listen: boolean): FloodReport {
  let events = 0
  const onEvent = () => {
    events += 1
  }
  const assembler = new Assembler(listen ? { onEvent } : {})
  let maxHeapMB = heapMB()
  let pieces = 0
  const started = performance.now()
  for (const piece of floodPieces(recipe)) {
    assembler.write(piece)
    pieces += 1
    if (pieces % 16 === 0) maxHeapMB = Math.max(maxHeapMB, heapMB())
    if (assembler.closed) break
  }
  const result = assembler.end()
  const ms = performance.now() - started
  // A result must print, however deep or long what came was: that this throws is a failure of the flood.
  JSON.stringify(result)
  const content = result.completion.choices[0]?.message.content
  return {
    status: result.status,
    error: result.error?.code,
    textLength: typeof content === 'string' ? content.length : 0,
    argsLength: result.toolCalls[0]?.arguments.length ?? 0,
    toolCalls: result.toolCalls.length,
    toolComplete: result.toolCalls[0]?.state === 'complete',
    events,
    ms,
    maxHeapMB: Math.max(maxHeapMB, heapMB()),
  }
}

const job: { recipe: FloodRecipe; listen: boolean } = JSON.parse(process.argv[2] ?? '')
process.stdout.write(JSON.stringify(foldFlood(job.recipe, job.listen)))
