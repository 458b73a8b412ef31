import { argumentsSection } from '../arguments/section.ts'
import { firstSection } from '../first/section.ts'
import { floorSection, recordedSection } from '../fold/section.ts'
import { hostSection } from '../hosts/section.ts'
import { memorySection } from '../memory/section.ts'
import { growthSection, peerSection } from '../peers/section.ts'
import { socketSection } from '../sockets/section.ts'
import { startUpSection } from '../start-up/section.ts'
import { throughputSection } from '../throughput/section.ts'
import { uiSection } from '../ui/section.ts'
import type { Section } from './section.ts'

/** In the order of the README. */
export const sections: readonly Section[] = [
  floorSection,
  peerSection,
  growthSection,
  hostSection,
  firstSection,
  socketSection,
  memorySection,
  throughputSection,
  uiSection,
  startUpSection,
  argumentsSection,
  recordedSection,
]
