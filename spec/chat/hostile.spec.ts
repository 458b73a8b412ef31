import { expect } from 'chai'
import type { Browser, Page } from 'playwright-core'
import { calls, citation, delta, finish } from '../../examples/chat/provider/frames.ts'
import type { ProviderRequest } from '../../examples/chat/provider/provider.ts'
import type { Script } from '../../examples/chat/provider/scripts.ts'
import { describeShared, readSharedJson } from '../helpers/shared.ts'
import { describeBrowser, openPage } from './browser.ts'
import { setStage } from './stage.ts'

/** What a careless page would run, follow or load; each in every place that a model can write to. */
const own: readonly string[] = [
  'javascript:alert(1)',
  'java\nscript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:msgbox(1)',
  'https:javascript:alert(1)" onclick="alert(1)',
  '[click](  javascript:alert(1))',
  '[a](javascript:alert(1)) **b** <b onmouseover=alert(1)>c</b>',
  '![](//evil.example/pixel.gif)',
  '<script src=//evil.example/x.js></script>',
  '<style>*{background:url(//evil.example)}</style>',
  '<object data="javascript:alert(1)"></object>',
  '<details open ontoggle=alert(1)>',
  '```html\n<script>alert(1)</script>',
  '{{constructor.constructor("alert(1)")()}}',
  '__proto__',
  '\u202egnihtemos',
]

/** The elements that the page makes of an answer; everything else would be the model's. */
const elements = new Set(
  'main div h1 p section article button span svg path rect circle header footer dl dt dd ul ol li bdi pre code strong em h3 h4'.split(
    ' ',
  ),
)

/** An answer that says the same everywhere. */
function scriptOf(text: string): Script {
  return [
    delta({ reasoning: text }),
    delta({ content: text }),
    ...calls({ id: 'call_1', name: text, args: { [text]: text } }),
    citation(text, text),
    ...finish('tool_calls'),
  ]
}

const lastText = ({ messages }: ProviderRequest): string => String(messages.at(-1)?.content ?? '')

async function send(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox').fill(text)
  await page.keyboard.press('Enter')
}

/** Of Markdown only its marks may be missing. */
const asProse = (text: string): string =>
  text
    .replace(/^```html\n/, '')
    .replaceAll('`', '')
    .replaceAll('**', '')

async function check(browser: Browser, texts: readonly string[], answer = scriptOf): Promise<void> {
  const isTool = ({ messages }: ProviderRequest) => messages.at(-1)?.role === 'tool'
  await using stage = await setStage({
    answer: (request) =>
      isTool(request) ? [delta({ content: 'over' }), ...finish('stop')] : answer(lastText(request)),
  })
  await using watched = await openPage(browser, stage.url)
  const { page } = watched
  for (const [i, text] of texts.entries()) {
    await send(page, text)
    await page.getByText('over', { exact: true }).nth(i).waitFor()
    await page.getByRole('button', { name: 'Send' }).waitFor()
  }
  for (const [i, text] of texts.entries()) await itShows(page, i, text)
  await page.reload()
  await page.getByText('over', { exact: true }).first().waitFor()
  for (const [i, text] of texts.entries()) await itShows(page, i, text)
  const found = await page.locator('main, main *').evaluateAll((all) => all.map((one) => one.localName))
  expect([...new Set(found)].filter((name) => !elements.has(name))).to.deep.equal([])
  expect(await watched.faults()).to.deep.equal([])
}

async function itShows(page: Page, turn: number, text: string): Promise<void> {
  const answer = page.getByRole('article', { name: 'The model' }).nth(turn * 2) // each is followed by another
  const textOf = async (selector: string) => (await answer.locator(selector).allTextContents()).join('|')
  expect(await page.getByRole('article', { name: 'You' }).nth(turn).textContent()).to.equal(text)
  expect(await textOf('.reasoning p')).to.equal(text)
  expect(await textOf('.prose')).to.equal(asProse(text))
  expect(await textOf('.tool .name')).to.equal(text)
  expect(await textOf('.chip .title')).to.equal(text)
  expect(await textOf('.chip .host')).to.equal(text)
  if (text === '__proto__') {
    // Arguments that could set a prototype are not taken apart: the call is not run, and they are shown as they came.
    expect(await textOf('.tool > .value')).to.equal('{"__proto__":"__proto__"}')
  } else {
    expect(await textOf('.tool dt')).to.equal(text)
    expect(await textOf('.tool dd')).to.equal(text)
  }
}

describeBrowser('whatever a model writes stays text', (browser) => {
  it('in each place, and after a reload', () => check(browser(), own))

  describeShared('the strings of emit-inputs.json', () => {
    const { xss } = readSharedJson<{ xss: string[] }>('cases', 'emit-inputs.json')

    it('are sixteen, and stay text too', async () => {
      expect(xss).to.have.length(16)
      await check(browser(), xss)
    })

    it('do so also in two halves that come one after the other', async () => {
      const at = xss.indexOf('<scr')
      const [start = '', end = ''] = xss.slice(at, at + 2)
      const halves = (fields: (half: string) => object): string[] =>
        [start, end].map((half) => delta(fields(half)))
      await check(browser(), [start + end], (text) => [
        ...halves((reasoning) => ({ reasoning })),
        ...halves((content) => ({ content })),
        ...calls({ id: 'call_1', name: text, args: { [text]: text } }),
        citation(text, text),
        ...finish('tool_calls'),
      ])
    })
  })
})
