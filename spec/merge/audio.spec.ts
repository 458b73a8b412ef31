import { expect } from 'chai'
import fc from 'fast-check'
import { AudioField } from '../../lib/merge/audio.ts'
import { describeMerges, mergeAll, refuses } from '../helpers/merge.ts'
import { cut, runs } from '../helpers/streams.ts'

const create = (path: string): AudioField => new AudioField(path)
const base64 = (...bytes: number[]): string => Buffer.from(bytes).toString('base64')

describeMerges(
  'audio',
  create,
  [
    [
      'keeps its id and joins its data and transcript',
      [{ id: 'a1', transcript: '' }, { data: 'AAAA' }, { data: 'BBBB', transcript: 'Hi' }],
      { id: 'a1', transcript: 'Hi', data: 'AAAABBBB' },
    ],
    [
      'keeps its first id and its last expiry',
      [
        { id: 'a1', expires_at: 1 },
        { id: 'a2', expires_at: 2 },
      ],
      { id: 'a1', expires_at: 2 },
    ],
    [
      'joins data that was cut within a group of four',
      [{ data: 'AAA' }, { data: 'ABB' }, { data: '==' }],
      { data: 'AAAABB==' },
    ],
    [
      'encodes pieces anew that were encoded one by one',
      [{ data: base64(1) }, { data: base64(2, 3) }],
      { data: base64(1, 2, 3) },
    ],
    ['only joins data that is no base64', [{ data: 'no=' }, { data: '*' }], { data: 'no=*' }],
    ['keeps what nobody has described', [{ format: 'pcm16' }], { format: 'pcm16' }],
    ['may come empty', [{}], {}],
  ],
  () => {
    refuses(create, ['a', 5, ['a']], [{ id: 'a1' }])

    it('decodes to all of its bytes, however the pieces were cut and encoded', () => {
      const pieces = fc.uint8Array({ maxLength: 40 }).chain((bytes) =>
        fc.array(fc.nat(40), { maxLength: 5 }).map((places) => ({
          bytes,
          pieces: cut(
            bytes,
            places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b),
          ),
        })),
      )
      const property = fc.property(pieces, (sent) => {
        const values = sent.pieces.map((piece) => ({ data: Buffer.from(piece).toString('base64') }))
        const { value } = mergeAll(create('x'), values)
        const data = typeof value === 'object' && value !== null && 'data' in value ? String(value.data) : ''
        expect([...Buffer.from(data, 'base64')]).to.deep.equal([...sent.bytes])
      })
      fc.assert(property, runs(200))
    })
  },
)
