import { expect } from 'chai'
import { describeBrowser, openPage } from './browser.ts'
import { answerOf, choose, conversationOf, rests, savedEndings, sees, until } from './reader.ts'
import { setStage } from './stage.ts'

const count = (text: string, part: string) => text.split(part).length - 1

describeBrowser('an answer that is not read to its end in one go', (browser) => {
  for (const [card, ending, note] of [
    ['length limit', 'length', 'Cut off: the answer has reached the length limit.'],
    ['refusal', 'refused', 'The model declined to answer.'],
    ['Fail before', 'broken', 'There is no answer. The model could not be reached, or failed.'],
  ] as const) {
    it(`says how an answer ended that is not a whole one: ${ending}, also after a reload`, async () => {
      await using stage = await setStage()
      await using watched = await openPage(browser(), stage.url)
      const { page } = watched
      await choose(page, card)
      await sees(page, note)
      await rests(page)
      expect(await savedEndings(stage, page)).to.deep.equal([ending])
      const before = await conversationOf(page)
      await page.reload()
      await sees(page, note)
      expect(await conversationOf(page)).to.equal(before)
    })
  }

  it('keeps what a dead stream has brought, says that it broke off, and tries again', async () => {
    await using stage = await setStage()
    await using watched = await openPage(browser(), stage.url)
    const { page } = watched
    await choose(page, 'Die midway')
    await sees(page, 'The answer broke off here. The connection to the model was lost.')
    expect(await answerOf(page).innerText()).to.include('heated soon, so that it stays green.')
    expect(await savedEndings(stage, page)).to.deep.equal(['broken'])
    await page.reload()
    await sees(page, 'The answer broke off here. The connection to the model was lost.')
    await page.getByRole('button', { name: 'Try again' }).click()
    await sees(page, 'pressed, and aged for years')
    await rests(page)
    expect(await page.getByText('broke off').count()).to.equal(0)
    expect(await answerOf(page).count()).to.equal(1)
    expect(await savedEndings(stage, page)).to.deep.equal(['complete'])
  })

  it('stops the answer itself: the provider is left, what came is kept and saved once', async () => {
    await using stage = await setStage()
    await using watched = await openPage(browser(), stage.url)
    const { page } = watched
    stage.gate.holdAt('harbour')
    await choose(page, 'Stop it')
    await sees(page, 'Dutch ships bring')
    expect(stage.provider.left).to.equal(0)
    await page.getByRole('button', { name: 'Stop the answer' }).click()
    await sees(page, 'You stopped this answer.')
    await until(() => stage.provider.left === 1)
    await rests(page)
    expect(await savedEndings(stage, page)).to.deep.equal(['stopped'])
    const before = await conversationOf(page)
    expect(before).to.include('Dutch ships bring')
    await page.reload()
    await sees(page, 'You stopped this answer.')
    expect(await conversationOf(page)).to.equal(before)
  })

  it('leaves without stopping: the answer is read to its end, and saved once', async () => {
    await using stage = await setStage()
    let url: string
    {
      await using watched = await openPage(browser(), stage.url)
      stage.gate.holdAt('harbour')
      await choose(watched.page, 'Stop it')
      await sees(watched.page, 'Dutch ships bring')
      url = watched.page.url()
    }
    stage.gate.release()
    await until(async () => !(await stage.saved(url)).isLive)
    expect(stage.provider.left).to.equal(0)
    await using again = await openPage(browser(), url)
    await sees(again.page, 'They are good all the same.')
    expect(await savedEndings(stage, again.page)).to.deep.equal(['complete'])
  })

  it('goes on after a reload in the middle, and ends with the whole answer, once', async () => {
    await using stage = await setStage()
    await using watched = await openPage(browser(), stage.url)
    const { page } = watched
    stage.gate.holdAt('harbour')
    await choose(page, 'Stop it')
    await sees(page, 'Dutch ships bring')
    await page.reload()
    await sees(page, 'Dutch ships bring')
    expect(await page.getByText('harbour').count()).to.equal(0)
    stage.gate.release('hurry')
    await sees(page, 'Robert Fortune')
    await page.reload()
    await sees(page, 'Robert Fortune')
    stage.gate.release()
    await sees(page, 'They are good all the same.')
    await rests(page)
    const text = await conversationOf(page)
    for (const part of ['Tell me the story', 'A leaf falls', 'Dutch ships', 'harbour', 'all the same'])
      expect(count(text, part), part).to.equal(1)
    expect(await savedEndings(stage, page)).to.deep.equal(['complete'])
    expect(await watched.faults()).to.deep.equal([])
  })

  it('says that its own connection is lost, and has the rest of the answer when it is back', async () => {
    await using stage = await setStage()
    await using watched = await openPage(browser(), stage.url)
    const { page } = watched
    stage.gate.holdAt('harbour')
    await choose(page, 'Stop it')
    await sees(page, 'Dutch ships bring')
    stage.dropClients()
    await sees(page, 'This page lost its connection.')
    stage.gate.release()
    await until(async () => !(await stage.saved(page.url())).isLive)
    await page.getByRole('button', { name: 'Reconnect' }).click()
    await sees(page, 'They are good all the same.')
    await rests(page)
    expect(count(await conversationOf(page), 'A leaf falls')).to.equal(1)
    expect(await page.getByText('lost its connection').count()).to.equal(0)
  })
})
