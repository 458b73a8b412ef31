import { spawn } from 'node:child_process'

/** An example that goes on serving, in a process of its own. */
export interface Serving extends AsyncDisposable {
  readonly url: string
  /** What it has printed of messages that it saved. */
  saved(): readonly string[]
}

export async function serving(name: string, upstreamUrl: string): Promise<Serving> {
  const child = spawn(process.execPath, ['examples/run.mjs', name, '--serve'], {
    env: { ...process.env, UPSTREAM_URL: upstreamUrl },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true, // a group of its own, because some have children: all of it is ended
  })
  let printed = ''
  const exited = new Promise<void>((resolve) => child.on('exit', () => resolve()))
  const url = await new Promise<string>((resolve, reject) => {
    child.on('exit', (code) => reject(new Error(`${name} ended with ${code}: ${printed}`)))
    child.stderr.on('data', (bytes) => {
      printed += bytes
    })
    child.stdout.on('data', (bytes) => {
      printed += bytes
      const [, found] = /^curl -N (\S+)/m.exec(printed) ?? []
      if (found !== undefined) resolve(found)
    })
  })
  return {
    url,
    saved: () => [...printed.matchAll(/^saved, (.*)$/gm)].map(([, line = '']) => line),
    async [Symbol.asyncDispose]() {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
      await exited
    },
  }
}
