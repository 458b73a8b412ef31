import type { AssembledToolCall, AssemblyResult } from 'deltafold/core'
import type { Run } from 'deltafold/run'
import { toMessage, toolMessages, toRequestMessage } from 'deltafold/shapes'
import type { ChatMessage, Conversation } from '../ending.ts'
import { metadataOf, startAnswer } from './answer.ts'
import { runTool, type ToolOutcome } from './tools.ts'

/** One message as the page has it, and as the provider gets it back. */
interface Turn {
  readonly shown: ChatMessage
  readonly sent: readonly object[]
}

interface ToolAnswer {
  readonly call: AssembledToolCall
  readonly outcome: ToolOutcome
}

/** A model that calls tools for ever is asked no more than so often. */
const maxAnswers = 5

/**
 * One conversation: what was said, and the answer that is being written. It goes on without a reader, so a page that is
 * closed loses nothing. Kept in memory; a real server saves the turns.
 */
export class Chat {
  readonly #id: string
  readonly #providerUrl: string
  #turns: Turn[] = []
  #run: Run | undefined
  #isLive = false
  #isStopped = false
  /** Settles when the next answer has begun, or when there will be none. */
  #nextAnswer: Promise<void> = Promise.resolve()

  constructor(id: string, providerUrl: string) {
    this.#id = id
    this.#providerUrl = providerUrl
  }

  get isLive(): boolean {
    return this.#isLive
  }

  /** What the page shows. While tools are being run, it is worth waiting for what they say. */
  async conversation(): Promise<Conversation> {
    await this.#nextAnswer
    return { messages: this.#turns.map(({ shown }) => shown), isLive: this.#isLive }
  }

  /** The answer that is being written, or was last: a page may have lost its connection just before the end. */
  async currentAnswer(): Promise<Run | undefined> {
    await this.#nextAnswer
    return this.#run
  }

  /** The reader says something, or wants another answer to what was said: whatever came after it is dropped. */
  ask(id: string, text: string): Run {
    const known = this.#turns.findIndex(({ shown }) => shown.id === id)
    if (known >= 0) this.#turns.length = known
    const shown: ChatMessage = { id, role: 'user', parts: [{ type: 'text', text }] }
    this.#turns.push({ shown, sent: [{ role: 'user', content: text }] })
    this.#isStopped = false
    return this.#answer(maxAnswers)
  }

  /** The reader wants no more of it. That is not the same as leaving. */
  stop(): void {
    this.#isStopped = true
    this.#run?.abort('stop')
  }

  #answer(left: number): Run {
    const body = {
      model: 'kettle/sencha-1',
      stream: true,
      user: this.#id,
      messages: this.#turns.flatMap(({ sent }) => sent),
    }
    this.#isLive = true
    this.#run = startAnswer(this.#providerUrl, body, (result, { id }) => this.#save(id, result, left - 1))
    return this.#run
  }

  /** Called once for each answer, however it ended. */
  #save(id: string, result: AssemblyResult, left: number): void {
    const hasCalls = result.toolCalls.some(({ state }) => state === 'complete')
    if (hasCalls && left > 0 && !this.#isStopped) {
      this.#nextAnswer = this.#runTools(id, result, left)
      return
    }
    this.#isLive = false
    this.#push(id, result, [])
  }

  async #runTools(id: string, result: AssemblyResult, left: number): Promise<void> {
    const { toolCalls } = result
    const answers = await Promise.all(toolCalls.map(async (call) => ({ call, outcome: await runTool(call) })))
    this.#push(id, result, answers)
    if (this.#isStopped) this.#isLive = false
    else this.#answer(left)
  }

  #push(id: string, result: AssemblyResult, answers: readonly ToolAnswer[]): void {
    this.#turns.push({ shown: shownOf(id, result, answers), sent: sentOf(result, answers) })
  }
}

/** An answer as `useChat` has it when it has read the stream, with what the tools said. */
function shownOf(id: string, result: AssemblyResult, answers: readonly ToolAnswer[]): ChatMessage {
  const { message } = toMessage(result.completion, 'ai-ui', { id })
  const outcomes = new Map(answers.map(({ call, outcome }) => [call.id, outcome]))
  const parts = message.parts.map((part) => {
    if (part.type !== 'dynamic-tool' || part.state !== 'input-available') return part
    const outcome = outcomes.get(part.toolCallId)
    if (outcome === undefined) return part
    const state = 'output' in outcome ? 'output-available' : 'output-error'
    return { ...part, state, ...outcome }
  })
  return { id, role: 'assistant', metadata: metadataOf(result), parts } as ChatMessage // the same shape, by its spec
}

/** What of an answer goes back to the provider. A call without its answer would be refused. */
function sentOf(result: AssemblyResult, answers: readonly ToolAnswer[]): object[] {
  const { message } = toRequestMessage(result.completion, 'openrouter')
  if (answers.length === 0) {
    const { tool_calls: _, ...rest } = message
    return rest.content ? [rest] : []
  }
  const outputs = answers.map(({ call, outcome }) => ({ call, output: outcome }))
  return [message, ...toolMessages(outputs, { message, provider: 'openrouter' }).messages]
}
