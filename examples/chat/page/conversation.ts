import { generateId } from 'ai'
import type { Conversation } from '../ending.ts'

/** The conversation of this page is named in its address, so a reload finds it again. */
export function idOfAddress(): string {
  const [, known] = /^\/chat\/([\w-]{1,64})$/.exec(location.pathname) ?? []
  if (known !== undefined) return known
  const id = generateId()
  history.replaceState(null, '', `/chat/${id}`)
  return id
}

/** What the server has saved of it. */
export async function loadConversation(id: string): Promise<Conversation> {
  const response = await fetch(`/api/chat/${id}`)
  if (!response.ok) throw new Error(`The server answered ${response.status}`)
  return (await response.json()) as Conversation // its own type, from the same file
}

/** Ends the answer itself, for every page that reads it: to close the connection would only be to leave. */
export async function stopAnswer(id: string): Promise<void> {
  const response = await fetch(`/api/chat/${id}/stop`, { method: 'POST' })
  if (!response.ok) throw new Error(`The server answered ${response.status}`)
}
