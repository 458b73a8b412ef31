// All of deltafold that this server needs.
import type { AssemblyError, AssemblyResult } from 'deltafold/core'
import { createRun, pipeToResponse, type Run, type RunOptions, type ServerResponseLike } from 'deltafold/run'
import { aiSdk, type Protocol } from 'deltafold/ui'
import type { AnswerMetadata } from '../ending.ts'

/** Reads an answer of the provider to its end, whoever listens, and saves it exactly once, however it ended. */
export function startAnswer(url: string, body: object, save: NonNullable<RunOptions['onFinish']>): Run {
  const headers = { 'content-type': 'application/json' }
  const request = { method: 'POST', headers, body: JSON.stringify(body) }
  return createRun((signal) => fetch(url, { ...request, signal }), {
    onFinish: save,
    onClientGone: 'continue',
  })
}

/** Tells it to a page, from its beginning, at the pace of the page; at any time, and as often as one asks. */
export function tellAnswer(run: Run, response: ServerResponseLike): Promise<void> {
  return pipeToResponse(run, response, pageLanguage)
}

/** What an unchanged `useChat` understands, with what our page wants to know beside it. */
const pageLanguage: Protocol = (identity) => aiSdk({ ...identity, metadata: metadataOf, errorText: reasonOf })

/** How an answer ended, for whoever reads it. */
export function metadataOf({ status, completion, error, timing }: AssemblyResult): AnswerMetadata {
  const [choice] = completion.choices
  const { firstReasoningMs, firstContentMs, firstToolCallMs, totalMs = 0 } = timing ?? {}
  const saidMs = Math.min(firstContentMs ?? totalMs, firstToolCallMs ?? totalMs)
  const thought = firstReasoningMs === undefined ? {} : { thoughtMs: Math.max(0, saidMs - firstReasoningMs) }
  if (status === 'aborted') return { ending: 'stopped', ...thought }
  if (error !== undefined) return { ending: 'broken', reason: reasonOf(error), ...thought }
  if (choice?.finish_reason === 'length') return { ending: 'length', ...thought }
  if (choice?.finish_reason === 'content_filter') return { ending: 'filtered', ...thought }
  return { ending: choice?.message.refusal ? 'refused' : 'complete', ...thought }
}

/** The provider's own words stay here: they may name an account, a quota or a machine. */
function reasonOf({ code }: AssemblyError): string {
  if (code === 'truncated' || code === 'transport') return 'The connection to the model was lost.'
  if (code === 'upstream_error' || code === 'http_status') return 'The model could not be reached, or failed.'
  return 'The model sent something that cannot be read.'
}
