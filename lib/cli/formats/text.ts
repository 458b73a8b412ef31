import type { AssemblyEvent, AssemblyResult, CreateChatCompletionResponse } from '../../core.ts'
import type { Output } from '../output.ts'
import { visible } from '../terminal/control-characters.ts'
import { WholeCharacters } from '../terminal/whole-characters.ts'
import type { Writer } from './format.ts'

/** What of an event is text for the reader; a refusal and a spoken answer are the model's words too. */
export function textOfEvent(event: AssemblyEvent): string {
  if (event.type === 'content.delta' || event.type === 'refusal.delta') return event.delta
  if (event.type === 'audio.delta') return String(event.delta.transcript ?? '')
  return ''
}

/**
 * The words of the answer: of the choice that speaks first as they come, of every other at the end, each from a
 * new line on. Raw when piped; on a terminal, control characters are shown and not sent.
 */
export class TextWriter implements Writer {
  readonly #output: Output
  readonly #characters = new WholeCharacters()
  #voice: number | undefined
  #isAtLineStart = true

  constructor(output: Output) {
    this.#output = output
  }

  event(event: AssemblyEvent): void {
    const text = textOfEvent(event)
    if (text === '' || !('choice' in event)) return
    this.#voice ??= event.choice
    if (event.choice === this.#voice) this.#write(this.#characters.take(text))
  }

  end({ completion }: AssemblyResult): void {
    this.#write(this.#characters.rest())
    const others = completion.choices.filter(({ index }) => index !== this.#voice)
    for (const text of textsOf({ ...completion, choices: others })) {
      this.#endLine()
      this.#write(text)
    }
    this.#endLine()
  }

  #write(text: string): void {
    if (text === '') return
    this.#output.write(this.#output.isTerminal ? visible(text) : text)
    this.#isAtLineStart = text.endsWith('\n')
  }

  #endLine(): void {
    if (!this.#isAtLineStart) this.#write('\n')
  }
}

/** The text of each choice that has one. */
export function textsOf({ choices }: CreateChatCompletionResponse): string[] {
  return choices.map(({ message }) => textOfMessage(message)).filter((text) => text !== '')
}

function textOfMessage(message: CreateChatCompletionResponse['choices'][number]['message']): string {
  const { content, refusal, audio } = message
  if (typeof content === 'string' && content !== '') return content
  if (Array.isArray(content)) {
    return content
      .map((part) => (part.type === 'text' && typeof part.text === 'string' ? part.text : ''))
      .join('')
  }
  return refusal ?? audio?.transcript ?? ''
}
