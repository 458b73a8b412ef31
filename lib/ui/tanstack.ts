import { type AgUiDialect, type AgUiOptions, agUiEncoder } from './ag-ui.ts'
import type { Encoder } from './encoder.ts'

/** What TanStack AI reads otherwise, and out of `metadata.tanstack` where AG-UI has no field for it. */
const dialect: AgUiDialect = {
  // Its client repeats the text before the reasoning in the text after it.
  splitsText: true,
  finished: (step) => ({
    metadata: {
      tanstack: { finishReason: 'finish' in step ? step.finish.replaceAll('-', '_') : 'stop' },
    },
  }),
  toolFailed: { metadata: { tanstack: { state: 'output-error' } } },
}

/**
 * The event stream of TanStack AI, for `fetchServerSentEvents`: AG-UI with ids. A client that loses its connection
 * sends its request again with `Last-Event-ID`; pass that as `after` and it goes on where it was.
 *
 * ```ts
 * const after = request.headers.get('last-event-id')
 * return toResponse(run, (identity) => tanstack({ ...identity, after }))
 * ```
 */
export function tanstack(options: AgUiOptions = {}): Encoder {
  return agUiEncoder({ ids: true, ...options }, dialect)
}
