import type { Page } from 'playwright-core'
import type { Ending } from '../../examples/chat/ending.ts'
import type { Stage } from './stage.ts'

/** What a reader does and sees, by the names that a screen reader tells. */

export const choose = (page: Page, card: string) => page.getByRole('button', { name: card }).click()
export const answerOf = (page: Page) => page.getByRole('article', { name: 'The model' })
export const sees = (page: Page, text: string) => page.getByText(text).first().waitFor()
/** The button that sends is there again: nothing is being written. */
export const rests = (page: Page) => page.getByRole('button', { name: 'Send' }).waitFor()
export const conversationOf = (page: Page) => page.getByRole('log').innerText()

/** How the answers ended that the server has saved. */
export async function savedEndings({ saved }: Stage, page: Page): Promise<(Ending | undefined)[]> {
  const { messages } = await saved(page.url())
  return messages.flatMap(({ role, metadata }) => (role === 'assistant' ? [metadata?.ending] : []))
}

export async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await new Promise((resolve) => setTimeout(resolve, 5))
}
