import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect } from 'chai'

describe('npm run chat', () => {
  it('serves the page at the address that it prints, until it is interrupted', async function () {
    this.timeout(60_000)
    const chat = spawn(process.execPath, ['examples/run.mjs', 'chat'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    try {
      let printed = ''
      for await (const text of chat.stdout.setEncoding('utf8')) {
        printed += text
        if (printed.includes('\n')) break
      }
      const [url = ''] = /http:\/\/127\.0\.0\.1:\d+\//.exec(printed) ?? []
      const page = await fetch(url)
      expect(page.status).to.equal(200)
      expect(page.headers.get('content-security-policy')).to.match(/^default-src 'none'; script-src 'self';/)
      expect(await page.text()).to.include('<div id="root">')
      const exit = once(chat, 'exit')
      chat.kill('SIGINT')
      expect(await exit).to.deep.equal([0, null])
    } finally {
      chat.kill('SIGKILL')
    }
  })
})
