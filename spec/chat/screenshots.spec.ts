import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { describeBrowser, openPage } from './browser.ts'
import { choose, rests } from './reader.ts'
import { type Stage, setStage } from './stage.ts'

const folder = '.output/screenshots'

/** How the page may be looked at. */
const looks: Readonly<Record<string, BrowserContextOptions>> = {
  light: { colorScheme: 'light', viewport: { width: 1000, height: 800 } },
  dark: { colorScheme: 'dark', viewport: { width: 1000, height: 800 } },
  mobile: { colorScheme: 'light', viewport: { width: 390, height: 780 }, isMobile: true, hasTouch: true },
}

type Scene = (page: Page, stage: Stage) => Promise<unknown>

/** State of the page → how one gets there. Each leaves the provider held, or done. */
const scenes: Readonly<Record<string, Scene>> = {
  '1-empty': (page) => page.getByRole('heading', { name: 'What shall' }).waitFor(),
  '2-thinking': async (page, { gate }) => {
    gate.holdAt('(catechins)')
    await choose(page, 'Reasoning')
    await page.getByText('stand 80 °C').waitFor()
  },
  '3-answering': async (page, { gate }) => {
    gate.holdAt('"content":"roasted')
    await choose(page, 'Reasoning')
    await page.getByText('Chinese ones').waitFor()
  },
  '4-answered': async (page) => {
    await choose(page, 'Reasoning')
    await rests(page)
  },
  '5-tools-writing': async (page, { gate }) => {
    gate.holdAt('"arguments":"m fr"')
    await choose(page, 'Two tools')
    await page.getByText('We come by tra').waitFor()
  },
  '6-tools-done': async (page) => {
    await choose(page, 'Two tools')
    await page.getByText('without fish').waitFor()
    await rests(page)
  },
  '7-sources': async (page) => {
    await choose(page, 'Sources')
    await rests(page)
  },
  '8-died': async (page) => {
    await choose(page, 'Die midway')
    await page.getByText('broke off').waitFor()
  },
  '9-scrolled-up': async (page, { gate }) => {
    gate.holdAt('Fortune')
    await choose(page, 'Stop it')
    await page.getByText('1773').waitFor()
    await page.locator('main').hover()
    await page.mouse.wheel(0, -160)
    await page.getByRole('button', { name: 'newest' }).waitFor()
    await page.getByRole('link', { name: 'New chat' }).focus()
  },
  '10-stopped': async (page, { gate }) => {
    gate.holdAt('harbour')
    await choose(page, 'Stop it')
    await page.getByText('1773').waitFor()
    await page.getByRole('button', { name: 'Stop' }).click()
    await page.getByText('You stopped').waitFor()
  },
  '11-length': async (page) => {
    await choose(page, 'length limit')
    await rests(page)
  },
  '12-refused': async (page) => {
    await choose(page, 'refusal')
    await rests(page)
  },
  '13-overloaded': async (page) => {
    await choose(page, 'Fail before')
    await page.getByText('There is no answer').waitFor()
  },
}

/** In every look, what colours and width change most. */
const everywhere = ['1-empty', '3-answering', '5-tools-writing', '6-tools-done', '7-sources', '8-died']

describeBrowser('the chat page, photographed for a human eye', (browser) => {
  before(() => mkdirSync(folder, { recursive: true }))

  for (const [look, options] of Object.entries(looks)) {
    it(`in each of its states: ${look}`, async () => {
      await using stage = await setStage()
      await using watched = await openPage(browser(), stage.url, options)
      const { page } = watched
      for (const [name, play] of Object.entries(scenes)) {
        if (look !== 'light' && !everywhere.includes(name)) continue
        await page.goto(stage.url)
        await play(page, stage)
        // A photograph of a movement would be another each time.
        await page.screenshot({ path: join(folder, `${look}-${name}.png`), animations: 'disabled' })
        expect(await watched.faults(), name).to.deep.equal([])
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
        expect(overflow, `${name} is wider than the window`).to.be.at.most(0)
        stage.gate.release()
      }
    })
  }
})
