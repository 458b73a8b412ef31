import type { Ending } from '../ending.ts'
import { NoteIcon, RetryIcon, WarningIcon } from './icons.tsx'

interface Props {
  readonly ending: Exclude<Ending, 'complete'>
  readonly reason?: string | undefined
  /** Not a word has come. */
  readonly isEmpty?: boolean
  readonly onRetry?: (() => void) | undefined
  readonly onReconnect?: (() => void) | undefined
}

interface Row {
  readonly tone: 'bad' | 'warning' | 'quiet'
  readonly text: string
  readonly action?: 'retry' | 'reconnect'
}

/** Ending → what the reader is told, and what there is to do. */
const rows: Readonly<Record<Props['ending'], Row>> = {
  broken: { tone: 'bad', text: 'The answer broke off here.', action: 'retry' },
  lost: {
    tone: 'bad',
    text: 'This page lost its connection. The answer goes on without it.',
    action: 'reconnect',
  },
  length: { tone: 'warning', text: 'Cut off: the answer has reached the length limit.' },
  filtered: { tone: 'warning', text: "Cut off by the provider's content filter.", action: 'retry' },
  refused: { tone: 'quiet', text: 'The model declined to answer.' },
  stopped: { tone: 'quiet', text: 'You stopped this answer.', action: 'retry' },
}

export function EndingNote({ ending, reason, isEmpty = false, onRetry, onReconnect }: Props) {
  const { tone, text, action } = rows[ending]
  return (
    <div className={`ending ${tone}`} data-ending={ending} role={tone === 'bad' ? 'alert' : 'note'}>
      {tone === 'quiet' ? <NoteIcon /> : <WarningIcon />}
      <p>
        {isEmpty && ending === 'broken' ? 'There is no answer.' : text} {reason}
      </p>
      {action === 'retry' && onRetry !== undefined && (
        <button type="button" onClick={onRetry}>
          <RetryIcon />
          Try again
        </button>
      )}
      {action === 'reconnect' && onReconnect !== undefined && (
        <button type="button" onClick={onReconnect}>
          <RetryIcon />
          Reconnect
        </button>
      )}
    </div>
  )
}
