export {
  AssemblerTransformStream,
  type AssemblerTransformStreamOptions,
} from './to/web/assembler-transform-stream.ts'
