import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

/** It speaks to nobody but our own servers. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** The Chromium of this machine: the one that CHROMIUM names, or the first on the path. */
function findChromium(): string | undefined {
  const { CHROMIUM, PATH = '' } = process.env
  if (CHROMIUM !== undefined && CHROMIUM !== '') return CHROMIUM
  const names = ['chromium', 'chromium-browser', 'google-chrome']
  return names.flatMap((name) => PATH.split(delimiter).map((folder) => join(folder, name))).find(existsSync)
}

/** CI begins with a bare machine that is its own. */
function canInstall(): boolean {
  return process.env.CI === 'true' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
}

let hasTried = false

/** Once: where it has failed it would fail again, after minutes. */
function install(): void {
  if (hasTried) throw new Error('apt-get could not install Chromium')
  hasTried = true
  const options = { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } } as const
  execFileSync('apt-get', ['update'], options)
  execFileSync('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], options)
}

/** A describe with a browser of its own, closed at its end. Without one on this machine it is a pending test. */
export function describeBrowser(title: string, define: (browser: () => Browser) => void): void {
  describe(title, function () {
    if (findChromium() === undefined && !canInstall()) {
      it('needs Chromium: run `apt-get install chromium`, or set CHROMIUM to the path of one')
      return
    }
    this.timeout(60_000)
    let browser: Browser | undefined
    before(async function () {
      this.timeout(600_000) // an installation takes minutes
      if (findChromium() === undefined) install()
      const executablePath = findChromium()
      if (executablePath === undefined) throw new Error('apt-get has installed no Chromium')
      browser = await chromium.launch({ executablePath, args: flags })
    })
    after(() => browser?.close())
    define(() => {
      if (browser === undefined) throw new Error('There is a browser only while the tests run')
      return browser
    })
  })
}

/** What the page may ask for, by what it is for. */
const requests: Readonly<Record<string, RegExp>> = {
  document: /^\/(chat\/[\w-]+)?$/,
  script: /^\/page\.js$/,
  stylesheet: /^\/style\.css$/,
  other: /^\/icon\.svg$/,
  image: /^\/icon\.svg$/,
  fetch: /^\/api\/chat(\/[\w-]+(\/(stream|stop))?)?$/,
}

/** A page, and all that it must never do. */
export interface Watched extends AsyncDisposable {
  readonly page: Page
  /** Dialogs, errors, violations of the content security policy, requests for anything else: none, ever. */
  faults(): Promise<readonly string[]>
}

export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<Watched> {
  const context = await browser.newContext({ viewport: { width: 1000, height: 800 }, ...options })
  const seen: string[] = []
  const { origin } = new URL(url)
  context.on('dialog', (dialog) => {
    seen.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  context.on('weberror', (error) => void seen.push(`error: ${error.error()}`))
  context.on('page', (page) => void seen.push(`window: ${page.url()}`))
  const page = await context.newPage()
  seen.length = 0 // the page itself is one
  context.on('request', (request) => {
    const { origin: asked, pathname } = new URL(request.url())
    const isExpected = asked === origin && requests[request.resourceType()]?.test(pathname) === true
    if (!isExpected) seen.push(`request: ${request.resourceType()} ${request.url()}`)
  })
  await page.exposeFunction('__fault', (text: string) => void seen.push(text))
  await page.addInitScript(() => {
    const fault = (text: string) => (window as unknown as { __fault(text: string): void }).__fault(text)
    for (const name of ['alert', 'confirm', 'prompt', 'open', 'print'] as const)
      window[name] = () => fault(`${name}()`) as never
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) =>
      fault(`policy: ${violatedDirective} ${blockedURI} ${sample}`),
    )
  })
  await page.goto(url)
  return {
    page,
    async faults() {
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)))
      return seen
    },
    [Symbol.asyncDispose]: () => context.close(),
  }
}
