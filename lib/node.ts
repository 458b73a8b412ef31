export {
  AssemblerStream,
  type AssemblerStreamOptions,
  createAssemblerStream,
} from './to/node/assembler-stream.ts'
