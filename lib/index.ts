// biome-ignore-all assist/source/organizeImports: the operators stand in the order of the data path

export * from './core.ts'
export { fromResponse } from './to/rxjs/from-response.ts'
export { parseSse } from './to/rxjs/parse-sse.ts'
export { parseChunks } from './to/rxjs/parse-chunks.ts'
export { type ChoiceDelta, parseDeltas } from './to/rxjs/parse-deltas.ts'
export { type AssembleOperatorOptions, assemble } from './to/rxjs/assemble.ts'
export { type SnapshotsOptions, snapshots } from './to/rxjs/snapshots.ts'
export { text } from './to/rxjs/text.ts'
export { reasoning } from './to/rxjs/reasoning.ts'
export { toolCalls } from './to/rxjs/tool-calls.ts'
export { finalMessage } from './to/rxjs/final-message.ts'
export { finalCompletion } from './to/rxjs/final-completion.ts'
