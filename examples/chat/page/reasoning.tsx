import { useEffect, useId, useRef, useState } from 'react'
import { ChevronIcon } from './icons.tsx'

interface Props {
  readonly text: string
  readonly isGrowing: boolean
  /** The page has seen it begin. */
  readonly isTimed: boolean
  /** As the server has measured it. */
  readonly thoughtMs: number | undefined
}

/** Open while it is written, folded when the answer begins, unless the reader has said otherwise. */
export function Reasoning({ text, isGrowing, isTimed, thoughtMs }: Props) {
  const [choice, setChoice] = useState<boolean>()
  const seenMs = useDuration(isGrowing)
  const isOpen = choice ?? isGrowing
  const id = useId()
  return (
    <section className="reasoning" data-open={isOpen}>
      <button type="button" aria-expanded={isOpen} aria-controls={id} onClick={() => setChoice(!isOpen)}>
        <ChevronIcon />
        <span className={isGrowing ? 'shimmer' : ''}>
          {isGrowing ? 'Thinking…' : `Thought${forSeconds(thoughtMs ?? (isTimed ? seenMs : undefined))}`}
        </span>
      </button>
      <div className="fold" id={id} inert={!isOpen}>
        <p dir="auto">{text}</p>
      </div>
    </section>
  )
}

/** From the first render until it is over; undefined for what was over before. */
function useDuration(isRunning: boolean): number | undefined {
  const start = useRef<number>(undefined)
  const [duration, setDuration] = useState<number>()
  useEffect(() => {
    if (isRunning) start.current ??= performance.now()
    else if (start.current !== undefined) setDuration(performance.now() - start.current)
  }, [isRunning])
  return duration
}

function forSeconds(ms: number | undefined): string {
  if (ms === undefined) return ''
  if (ms < 1000) return ' for a moment'
  const seconds = Math.round(ms / 1000)
  return seconds === 1 ? ' for 1 second' : ` for ${seconds} seconds`
}
