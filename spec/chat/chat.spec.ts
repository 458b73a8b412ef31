import { expect } from 'chai'
import type { Locator } from 'playwright-core'
import { describeBrowser, openPage } from './browser.ts'
import { answerOf, choose, conversationOf, rests, savedEndings, sees, until } from './reader.ts'
import { setStage } from './stage.ts'

describeBrowser('the chat page, in Chromium', (browser) => {
  it('shows an answer while it grows', async () => {
    await using stage = await setStage()
    await using watched = await openPage(browser(), stage.url)
    const { page } = watched
    stage.gate.holdAt('"content":"minutes')
    await choose(page, 'Reasoning')
    await sees(page, 'let it stand for five')
    const first = await answerOf(page).innerText()
    stage.gate.release('"content":"roasted')
    await sees(page, 'Chinese ones that are')
    const second = await answerOf(page).innerText()
    stage.gate.release()
    await rests(page)
    const whole = await answerOf(page).innerText()
    expect(second.length).to.be.greaterThan(first.length)
    expect(whole.length).to.be.greaterThan(second.length)
    expect(whole).to.include('the kettle is quiet again.')
    expect(await answerOf(page).locator('pre code').innerText()).to.match(/^const wait = .* \/\/ seconds$/)
    expect(await watched.faults()).to.deep.equal([])
  })

  it('shows a thought while it is written, folds it for the answer, and unfolds it when asked', async () => {
    await using stage = await setStage()
    await using watched = await openPage(browser(), stage.url)
    const { page } = watched
    stage.gate.holdAt('(catechins)')
    await choose(page, 'Reasoning')
    const thinking = page.getByRole('button', { name: 'Thinking…' })
    await thinking.waitFor()
    expect(await thinking.getAttribute('aria-expanded')).to.equal('true')
    await sees(page, 'One number would be wrong')
    stage.gate.release('"content":"minutes')
    const thought = page.getByRole('button', { name: /^Thought for/ })
    await thought.waitFor()
    expect(await thought.getAttribute('aria-expanded')).to.equal('false')
    await page.getByText('One number would be wrong').waitFor({ state: 'hidden' })
    await thought.click()
    await page.getByText('Say why (catechins)').waitFor()
    stage.gate.release()
    await rests(page)
    expect(await thought.getAttribute('aria-expanded')).to.equal('true')
  })

  it('shows two calls whose arguments grow side by side, what they gave, and the answer to that', async () => {
    await using stage = await setStage()
    await using watched = await openPage(browser(), stage.url)
    const { page } = watched
    const [weather, table] = [0, 1].map((i) => page.locator('.tool').nth(i)) as [Locator, Locator]
    stage.gate.holdAt('"arguments":"mper"')
    await choose(page, 'Two tools')
    await table.getByText('Smalhans').waitFor()
    await weather.getByText('2026-11-21').waitFor()
    const early = [await weather.innerText(), await table.innerText()]
    stage.gate.release('"arguments":"m fr"')
    await table.getByText('We come by tra').waitFor()
    await weather.getByText('To choose between').waitFor()
    const later = [await weather.innerText(), await table.innerText()]
    for (const [i, text] of later.entries()) {
      expect(text).to.include('writing…')
      expect(text.length).to.be.greaterThan(early[i]?.length ?? Number.NaN)
    }
    stage.gate.release()
    await weather.getByText('Dry until five, then light snow').waitFor()
    await table.getByText('SMH-2207').waitFor()
    await sees(page, 'without fish for one of you')
    await rests(page)
    expect(await page.locator('.tool .state').allInnerTexts()).to.deep.equal(['done', 'done'])
    expect(await savedEndings(stage, page)).to.deep.equal(['complete', 'complete'])
    const before = await conversationOf(page)
    await page.reload()
    await sees(page, 'without fish for one of you')
    expect(await conversationOf(page)).to.equal(before)
    expect(await watched.faults()).to.deep.equal([])
  })

  it('shows what an answer cites, as links of the web', async () => {
    await using stage = await setStage()
    await using watched = await openPage(browser(), stage.url)
    await choose(watched.page, 'Sources')
    await rests(watched.page)
    const links = watched.page.getByRole('list', { name: 'Sources' }).getByRole('link')
    expect(await links.allInnerTexts()).to.have.length(3)
    const first = links.first()
    expect(await first.innerText()).to.match(/The Book of Tea by Kakuzo Okakura\s*gutenberg.org/)
    expect(await first.getAttribute('href')).to.equal('https://www.gutenberg.org/ebooks/769')
    expect(await first.getAttribute('rel')).to.include('noopener')
  })

  it('is used by keyboard alone', async () => {
    await using stage = await setStage()
    await using watched = await openPage(browser(), stage.url)
    const { page } = watched
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))
    await page.getByRole('textbox').waitFor()
    expect(await focused()).to.equal('Your message')
    await page.keyboard.type('one line')
    await page.keyboard.press('Shift+Enter')
    await page.keyboard.type('and another')
    stage.gate.holdAt('cards')
    await page.keyboard.press('Enter')
    await sees(page, 'only the answers that the')
    expect(await page.getByRole('article', { name: 'You' }).innerText()).to.equal('one line\nand another')
    await page.keyboard.press('Escape')
    await sees(page, 'You stopped this answer.')
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Enter') // Try again
    stage.gate.release()
    await sees(page, 'shown by an unchanged useChat')
    expect(await focused()).to.equal('Your message')
  })

  it('follows the newest line, except for a reader who has scrolled up', async () => {
    await using stage = await setStage()
    await using watched = await openPage(browser(), stage.url, { viewport: { width: 800, height: 500 } })
    const { page } = watched
    const fromEnd = () =>
      page.locator('main').evaluate((box) => box.scrollHeight - box.scrollTop - box.clientHeight)
    stage.gate.holdAt('harbour')
    await choose(page, 'Stop it')
    await sees(page, 'Dutch ships bring')
    await until(async () => (await fromEnd()) < 2)
    await page.locator('main').hover()
    await page.mouse.wheel(0, -300)
    const down = page.getByRole('button', { name: 'Go to the newest message' })
    await down.waitFor()
    const top = await page.locator('main').evaluate((box) => box.scrollTop)
    stage.gate.release()
    await rests(page)
    expect(await page.locator('main').evaluate((box) => box.scrollTop)).to.equal(top)
    await down.click()
    await until(async () => (await fromEnd()) < 2)
    await down.waitFor({ state: 'hidden' })
  })

  it('is served with a policy that stops what its own care would not', async () => {
    await using stage = await setStage()
    await using watched = await openPage(browser(), stage.url)
    const { page } = watched
    await page.getByRole('textbox').waitFor()
    const blocked = page.waitForEvent('requestfailed')
    const refusal = await page.evaluate(() => {
      new Image().src = 'https://evil.example/pixel.gif'
      try {
        document.body.innerHTML = '<img src=x onerror=alert(1)>'
        return 'none'
      } catch (error) {
        return String(error)
      }
    })
    expect(refusal).to.match(/requires 'TrustedHTML'/)
    expect((await blocked).url()).to.equal('https://evil.example/pixel.gif')
    expect((await blocked).failure()?.errorText).to.match(/csp|blocked/i)
    // And what the other tests watch for is what they would see.
    await until(async () => (await watched.faults()).length === 3)
    expect((await watched.faults()).map((fault) => fault.split(' ', 2).join(' ')).toSorted()).to.deep.equal([
      'policy: img-src',
      'policy: require-trusted-types-for',
      'request: image',
    ])
  })
})
