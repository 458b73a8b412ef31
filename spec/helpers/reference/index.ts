export { type ReferenceOptions, referenceFold } from './fold.ts'
export { idsOnWire, type Projectable, project } from './project.ts'
export type { ReferenceChoice, ReferenceResult } from './result.ts'
