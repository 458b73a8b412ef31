import type { SuggestionId } from '../suggestions.ts'
import { calls, citation, delta, finish, type Piece, processing, thought, words } from './frames.ts'

/** An answer: what is sent, in order; or a response that is no stream at all. */
export type Script = readonly Piece[] | { readonly status: number; readonly body: object }

/** How often this conversation has asked the same before. */
type Attempt = number

const answerOnGreenTea = `Green tea turns **bitter in boiling water**: at 100 °C the bitter catechins come out faster than the sweetness.

For most leaves, this works:

1. Boil the water, then let it stand for *five minutes*, to about **75 °C**.
2. Take 2 g of leaves for each 100 ml.
3. Wait for 90 seconds, and pour all of it.

Fine Japanese leaves such as gyokuro want less, about 60 °C; Chinese ones that are roasted in a pan stand 80 °C.

As a rule you can compute:

\`\`\`js
const wait = (grams, celsius) => 90 * (2 / grams) * (75 / celsius) // seconds
\`\`\`

A thermometer helps for a week. Then you hear it: at 75 °C the kettle is \`quiet\` again.
`

const story = `## A leaf falls into a pot

The story that every tea seller knows has an emperor in it. Shennong boiled his water before he drank it, a wind came, and a few leaves fell into the pot. That was in 2737 BC, if it was at all; the oldest leaves that anyone has found are 2,100 years old and lay in the grave of another emperor, near Xi'an.

## A drink becomes an art

For a thousand years tea was medicine, pressed into cakes, boiled with salt, ginger and orange peel. Then, in about 760, **Lu Yu** wrote the first book on it. He threw the ginger out, named the best springs of the empire, and counted *twenty-four utensils* without which one had better not begin.

Monks took the seeds to Japan. Powder was whisked in bowls there long after China had gone on to whole leaves, and around the bowl grew a room of four and a half mats, a path of stones, and a way to be silent together.

## A cargo becomes a cause

- **1610**: Dutch ships bring the first chests to Amsterdam.
- **1657**: a coffee house in London sells it as a cure for headaches.
- **1773**: in Boston, 342 chests go into the harbour.
- **1848**: Robert Fortune, in disguise, takes 20,000 plants out of China.

## And now

About three billion cups are drunk each hour of the morning, somewhere. Most are made in a hurry, with water that is too hot. They are good all the same.
`

const table = {
  restaurant: 'Smalhans, Waldemar Thranes gate 10',
  guests: 2,
  at: '2026-11-21T19:30',
  wishes: ['a table at the window', 'one of us eats no fish'],
  note: 'We come by tram from the museum and may be ten minutes late. Please keep the table.',
}
const weather = {
  city: 'Oslo',
  day: '2026-11-21',
  details: ['temperature', 'wind', 'rain', 'snow'],
  units: 'metric',
  purpose: 'To choose between the harbour and the museum, and to know whether it takes a coat.',
}

const afterTools = `Your Saturday in Oslo:

- **Until five** it stays dry at 3 °C, with little wind: good for the harbour and the roof of the opera.
- **After dark** there will be light snow. Take the tram, line 17, to *Adamstuen*.
- **At half past seven** your table at Smalhans is ready, at the window, without fish for one of you.
`

/** What each suggestion gets. */
export const scripts: Readonly<Record<SuggestionId, (attempt: Attempt) => Script>> = {
  reasoning: () => [
    processing,
    ...thought(
      'They ask for a temperature. One number would be wrong: it depends on the leaves. Sencha wants about 75 °C, gyokuro less, pan-roasted leaves stand 80 °C.\n\nSay why (catechins), give steps they can follow without a thermometer, and keep it short.',
    ),
    ...words(answerOnGreenTea),
    ...finish('stop'),
  ],
  tools: () => [
    ...thought('Two things to find out, and neither needs the other: ask both at once.'),
    ...words('I look up the weather and ask for a table. '),
    ...calls(
      { id: 'call_weather', name: 'get_weather', args: weather },
      { id: 'call_table', name: 'book_table', args: table },
    ),
    ...finish('tool_calls'),
  ],
  sources: () => [
    ...words(
      'Okakura Kakuzō wrote **The Book of Tea**, in English, for the evenings of a salon in Boston. It came out in New York in 1906, and was translated into Japanese only in 1929, after his death. The text is [free to read](https://www.gutenberg.org/ebooks/769).',
    ),
    citation('https://www.gutenberg.org/ebooks/769', 'The Book of Tea by Kakuzo Okakura'),
    citation('https://en.wikipedia.org/wiki/The_Book_of_Tea', 'The Book of Tea'),
    citation('https://www.gardnermuseum.org/about', 'Isabella Stewart Gardner Museum'),
    ...finish('stop'),
  ],
  long: () => [...words(story), ...finish('stop')],
  // The first time its connection breaks in the middle of a frame; whoever tries again has more luck.
  dies: (attempt) => {
    const [start, rest] = [
      'All tea is one plant. What the leaf goes through makes the kind:\n\n- **White**: withered and dried, nothing more.\n- **Green**: heated soon, so that it stays green.\n- **Ool',
      'ong**: rolled, and left in the air for hours.\n- **Black**: left until it is brown all through.\n- **Pu-erh**: pressed, and aged for years.\n',
    ]
    if (attempt > 0) return [...words(start + rest), ...finish('stop')]
    return [...words(start), { hangUpAfter: delta({ content: rest }).slice(0, 80) }]
  },
  length: () => [
    ...words(
      'There are 87 gardens that may call their tea Darjeeling. From north to south:\n\n1. Ambootia\n2. Arya\n3. Avongrove\n4. Badamtam\n5. Balasun\n6. Bannockburn\n7. Barnesbeg\n8. Castleton\n9. Chamong\n10. Chong',
    ),
    ...finish('length'),
  ],
  refusal: () => [
    ...'I can’t help with a forged certificate. I can show you how a real one is read, and who issues it.'
      .split(/(?<= )/)
      .map((refusal) => delta({ refusal })),
    ...finish('stop'),
  ],
  overloaded: (attempt) =>
    attempt > 0
      ? [...words('A leaf, and hot water. Everything else is patience.'), ...finish('stop')]
      : { status: 503, body: { error: { message: 'kettle-7 is overloaded', code: 503 } } },
}

/** What the model says to the answers of its tools. */
export const scriptAfterTools: Script = [...words(afterTools), ...finish('stop')]

/** What it says to anything else. */
export const scriptForOthers: Script = [
  ...words(
    'I am a recording, so I know only the answers that the cards on the first page ask for: open a **new chat** and take one. What you see is real, though: real frames over a real socket, folded by `deltafold` and shown by an unchanged `useChat`.',
  ),
  ...finish('stop'),
]
