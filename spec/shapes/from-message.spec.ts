import { expect } from 'chai'
import fc from 'fast-check'
import { fromMessage, type ShapeMessages, type ShapeName, shapeNames, toMessage } from '../../lib/shapes.ts'
import { runs } from '../helpers/streams.ts'
import { arbitraryMessages } from './arbitraries.ts'

/** A null says nothing more than an absent field, and role, content and refusal are always there in ours. */
function said(message: object): object {
  const plain: Record<string, unknown> = JSON.parse(JSON.stringify(message))
  for (const key of ['content', 'refusal']) if (plain[key] === null) delete plain[key]
  return plain
}

function isIdentity<Name extends ShapeName>(shape: Name, message: ShapeMessages[Name]): void {
  const ours = fromMessage(message, shape)
  expect(ours.diagnostics).to.deep.equal([])
  expect(ours.message).to.include.keys('role', 'content', 'refusal')
  const back = toMessage(ours.message, shape)
  expect(back.diagnostics).to.deep.equal([])
  expect(said(back.message)).to.deep.equal(said(message))
}

describe('shape → ours → shape is the identity on what the shape can carry', function () {
  this.timeout(20_000)
  for (const shape of shapeNames) {
    it(shape, () => {
      const messages: fc.Arbitrary<ShapeMessages[ShapeName]> = arbitraryMessages[shape]
      fc.assert(
        fc.property(messages, (message) => isIdentity(shape, message)),
        runs(300),
      )
    })
  }
})
