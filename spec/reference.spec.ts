import fc from 'fast-check'
import { Assembler, type AssemblerOptions } from '../lib/core.ts'
import { cutAnywhere } from './helpers/cut-streams.ts'
import { expectNoMismatches, mismatchesOf } from './helpers/mismatches.ts'
import { idsOnWire, project, type ReferenceOptions, referenceFold } from './helpers/reference/index.ts'
import { arbitraryCumulativeStream, arbitraryStream, runs } from './helpers/streams.ts'

interface Case {
  bytes: Uint8Array
  pieces: readonly Uint8Array[]
  options: AssemblerOptions & ReferenceOptions
}

function expectTheOraclesResult({ bytes, pieces, options }: Case): void {
  const reference = referenceFold(bytes, options)
  const assembler = new Assembler(options)
  for (const piece of pieces) assembler.write(piece)
  const result = project(assembler.end(), idsOnWire(reference))
  expectNoMismatches(mismatchesOf('generated stream', 'result', reference, result))
}

describe('the fold and an oracle that was written from the rules alone', function () {
  this.timeout(120_000)

  it('come to the same result of any stream, cut anywhere', () => {
    fc.assert(fc.property(cutAnywhere(arbitraryStream()), expectTheOraclesResult), runs(2000))
  })

  it('come to the same result where each delta holds the whole text so far', () => {
    fc.assert(fc.property(cutAnywhere(arbitraryCumulativeStream()), expectTheOraclesResult), runs(200))
  })
})
