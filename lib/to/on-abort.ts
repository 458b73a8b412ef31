interface Watch {
  readonly listeners: Set<() => void>
  readonly tell: () => void
}

const watches = new WeakMap<AbortSignal, Watch>()

/**
 * Calls `listener` when the signal aborts; gives what calls it off. All listeners of a signal share one of its own: a
 * server gives its one signal to every answer, and at the eleventh listener Node 20 warns of a leak.
 */
export function onAbort(signal: AbortSignal, listener: () => void): () => void {
  const watch = watches.get(signal) ?? watchOf(signal)
  watch.listeners.add(listener)
  return () => {
    if (!watch.listeners.delete(listener) || watch.listeners.size > 0) return
    watches.delete(signal)
    signal.removeEventListener('abort', watch.tell)
  }
}

function watchOf(signal: AbortSignal): Watch {
  const listeners = new Set<() => void>()
  const tell = (): void => {
    for (const listener of listeners) {
      try {
        listener()
      } catch (thrown) {
        // As an EventTarget does: the others are told all the same.
        queueMicrotask(() => {
          throw thrown
        })
      }
    }
  }
  const watch = { listeners, tell }
  signal.addEventListener('abort', tell, { once: true })
  watches.set(signal, watch)
  return watch
}
