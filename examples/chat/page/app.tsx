import { useEffect, useState } from 'react'
import type { Conversation } from '../ending.ts'
import { ChatPage } from './chat-page.tsx'
import { idOfAddress, loadConversation } from './conversation.ts'
import { LeafIcon, PlusIcon } from './icons.tsx'

const id = idOfAddress()

/** First what is saved, then the chat, which joins what is still being written. */
export function App() {
  const [conversation, setConversation] = useState<Conversation>()
  const [hasFailed, setFailed] = useState(false)
  useEffect(() => {
    loadConversation(id).then(setConversation, () => setFailed(true))
  }, [])
  return (
    <>
      <header className="bar">
        <a className="brand" href="/">
          <LeafIcon />
          deltafold <span className="muted">chat</span>
        </a>
        <a className="quiet-button" href="/">
          <PlusIcon />
          New chat
        </a>
      </header>
      {conversation !== undefined && <ChatPage id={id} conversation={conversation} />}
      {hasFailed && (
        <p className="page-problem" role="alert">
          The server cannot be reached. Is it running?
        </p>
      )}
    </>
  )
}
