import { ObjectField } from '../../lib/merge/object.ts'
import { describeMerges, refuses } from '../helpers/merge.ts'

const shallow = (path: string): ObjectField => new ObjectField(path)
const proto = JSON.parse('{"__proto__":{"a":1}}')

describeMerges(
  'an object',
  shallow,
  [
    [
      'is merged key by key, the last value of each',
      [
        { a: 1, b: 1 },
        { b: 2, c: 3 },
      ],
      { a: 1, b: 2, c: 3 },
    ],
    ['keeps a value that null comes after', [{ a: 1 }, { a: null }], { a: 1 }],
    ['takes the values of its keys as a whole', [{ a: { x: 1 } }, { a: { y: 2 } }], { a: { y: 2 } }],
    ['may be empty', [{}, {}], {}],
    ['has __proto__ for a key like any other', [{ a: 1 }, proto], JSON.parse('{"a":1,"__proto__":{"a":1}}')],
  ],
  () => refuses(shallow, [5, 'a', ['a']], [{ a: 1 }]),
)

describeMerges('an object, deep', (path) => new ObjectField(path, true), [
  [
    'is merged at every level',
    [{ a: { x: { i: 1 } } }, { a: { x: { j: 2 }, y: 2 } }],
    { a: { x: { i: 1, j: 2 }, y: 2 } },
  ],
  ['replaces what is no object', [{ a: { x: 1 } }, { a: 5 }, { a: { y: 2 } }], { a: { y: 2 } }],
  [
    'keeps a value that null comes after, at every level',
    [{ a: { x: 1 } }, { a: { x: null } }],
    { a: { x: 1 } },
  ],
])
