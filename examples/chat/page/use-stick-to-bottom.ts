import { useCallback, useEffect, useRef, useState } from 'react'

/** So near to the end counts as there: a scroll position is not always whole. */
const nearPx = 32

/**
 * Keeps the newest line in view while the reader is there, and leaves alone one who has scrolled up to read. What is
 * not `isLive` yet is read from its top.
 */
export function useStickToBottom(isLive: boolean) {
  const scroller = useRef<HTMLElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const isStuck = useRef(true)
  const [isAtBottom, setAtBottom] = useState(true)

  const toBottom = useCallback(() => {
    isStuck.current = true
    setAtBottom(true)
    const box = scroller.current
    if (box !== null) box.scrollTop = box.scrollHeight
  }, [])

  useEffect(() => {
    const box = scroller.current
    if (!isLive || box === null || content.current === null) return
    let lastTop = box.scrollTop
    const onScroll = (): void => {
      const isNear = box.scrollHeight - box.scrollTop - box.clientHeight <= nearPx
      // Content that grows moves the end away, not the reader: only who scrolls up lets go.
      if (isNear) isStuck.current = true
      else if (box.scrollTop < lastTop) isStuck.current = false
      lastTop = box.scrollTop
      setAtBottom(isNear || isStuck.current)
    }
    const follow = (): void => {
      if (isStuck.current) box.scrollTop = box.scrollHeight
    }
    const observer = new ResizeObserver(follow)
    observer.observe(content.current)
    observer.observe(box)
    box.addEventListener('scroll', onScroll, { passive: true })
    return () => {
      observer.disconnect()
      box.removeEventListener('scroll', onScroll)
    }
  }, [isLive])

  return { scroller, content, isAtBottom, toBottom }
}
