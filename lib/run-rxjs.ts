export { type ObservableRun, observeRun } from './run/rxjs/observe-run.ts'
export type { SseMessage } from './run/rxjs/sse-messages.ts'
