import { type KeyboardEvent, type Ref, useState } from 'react'
import { SendIcon, StopIcon } from './icons.tsx'

interface Props {
  readonly ref: Ref<HTMLTextAreaElement>
  readonly isBusy: boolean
  readonly onAsk: (text: string) => void
  readonly onStop: () => void
}

/** Enter sends, Shift+Enter begins a line, Escape stops the answer. */
export function Composer({ ref, isBusy, onAsk, onStop }: Props) {
  const [text, setText] = useState('')
  const canSend = !isBusy && text.trim() !== ''

  const send = (): void => {
    if (!canSend) return
    onAsk(text.trim())
    setText('')
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    // While an input method composes a word, Enter takes its suggestion.
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault()
      send()
    }
    if (event.key === 'Escape' && isBusy) onStop()
  }

  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <textarea
        ref={ref}
        rows={1}
        value={text}
        placeholder="Ask anything"
        aria-label="Your message"
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {isBusy ? (
        <button type="button" className="round" onClick={onStop} aria-label="Stop the answer">
          <StopIcon />
        </button>
      ) : (
        <button type="submit" className="round" disabled={!canSend} aria-label="Send">
          <SendIcon />
        </button>
      )}
    </form>
  )
}
