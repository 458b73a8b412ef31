import { useChat } from '@ai-sdk/react'
import { useRef, useState } from 'react'
import type { AnswerMetadata, ChatMessage, Conversation } from '../ending.ts'
import { loadConversation, stopAnswer } from './conversation.ts'

/** `useChat` as it is, and the three things that it leaves to a page: stopping, tools that run on the server, the end. */
export function useAnswers(id: string, { messages, isLive }: Conversation) {
  const failure = useRef('')
  const [isAskedHere, setAskedHere] = useState(false)
  /** An answer to tools may call tools again. */
  const [catchingUp, setCatchingUp] = useState(0)
  const chat = useChat<ChatMessage>({
    id,
    messages,
    resume: isLive,
    onError: (error) => {
      failure.current = error.message
    },
    onFinish: ({ message, isError, isDisconnect, finishReason }) => {
      if (isDisconnect) mark(message.id, { ending: 'lost' })
      else if (isError) mark(message.id, { ending: 'broken', reason: failure.current })
      else if (finishReason === 'tool-calls') void catchUp()
      // The stream has ended, and nothing in it said that the answer has: someone pressed the button, here or elsewhere.
      else if (finishReason === undefined) mark(message.id, { ending: 'stopped' })
    },
  })

  /** The next question makes `useChat` forget how the last answer ended; its message does not. */
  function mark(messageId: string, ending: AnswerMetadata): void {
    chat.setMessages((known) =>
      known.map((message) =>
        message.id === messageId ? { ...message, metadata: { ...message.metadata, ...ending } } : message,
      ),
    )
  }

  /** What the server has saved by now, then what it is writing: what a reload would show. */
  async function catchUp(): Promise<void> {
    setCatchingUp((depth) => depth + 1)
    try {
      const saved = await loadConversation(id)
      const isSaved = (message: ChatMessage) => saved.messages.some((one) => one.id === message.id)
      // One that is still being written stays, until the stream tells it again in its place.
      chat.setMessages((known) => [...saved.messages, ...known.filter((message) => !isSaved(message))])
      if (saved.isLive) await chat.resumeStream()
    } catch {
      const last = chat.messages.at(-1)
      if (last !== undefined) mark(last.id, { ending: 'lost' })
    }
    setCatchingUp((depth) => depth - 1)
  }

  return {
    messages: chat.messages,
    /** An answer is being written, or the tools that it has called are at work. */
    isBusy: catchingUp > 0 || chat.status === 'submitted' || chat.status === 'streaming',
    error: chat.error,
    /** The page has seen the last answer from its first word on. */
    isAskedHere,
    ask(text: string): void {
      setAskedHere(true)
      void chat.sendMessage({ text })
    },
    retry(): void {
      setAskedHere(true)
      void chat.regenerate()
    },
    reconnect(): void {
      setAskedHere(false)
      chat.clearError()
      void catchUp()
    },
    stop(): void {
      stopAnswer(id).catch(() => chat.stop())
    },
  }
}
