import type { Conversation } from '../../examples/chat/ending.ts'
import { type Provider, type ProviderOptions, startProvider } from '../../examples/chat/provider/provider.ts'
import { bundlePage, type PageFiles } from '../../examples/chat/server/files.ts'
import { startServer } from '../../examples/chat/server/server.ts'

/** Holds the provider before a frame, until the test lets it go on: what is seen then is seen for sure. */
export class Gate {
  #text: string | undefined
  #release: () => void = () => {}
  readonly pace = async (frame: string): Promise<void> => {
    if (this.#text === undefined || !frame.includes(this.#text)) return
    await new Promise<void>((resolve) => {
      this.#release = resolve
    })
  }

  /** The next frame with this text has to wait. */
  holdAt(text: string): void {
    this.#text = text
  }

  /** Lets the frame that waits go, and holds at the next one with this text, if any. */
  release(next?: string): void {
    this.#text = next
    this.#release()
  }
}

/** The example as it is: provider, server and page, with the provider's pace in the hands of the test. */
export interface Stage extends AsyncDisposable {
  readonly url: string
  readonly gate: Gate
  readonly provider: Provider
  /** Breaks the connection of every page. */
  dropClients(): void
  /** What the server has saved of the conversation that this page shows. */
  saved(pageUrl: string): Promise<Conversation>
}

let page: Promise<PageFiles> | undefined

export async function setStage(options: ProviderOptions = {}): Promise<Stage> {
  page ??= bundlePage('examples/chat/page')
  const gate = new Gate()
  const provider = await startProvider({ pace: gate.pace, ...options })
  const server = await startServer(provider.url, await page)
  return {
    url: server.url,
    gate,
    provider,
    dropClients: server.dropClients,
    async saved(pageUrl) {
      const response = await fetch(new URL(`/api${new URL(pageUrl).pathname}`, server.url))
      return (await response.json()) as Conversation // the server's own type
    },
    async [Symbol.asyncDispose]() {
      server.close()
      provider.close()
    },
  }
}
