import { readFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { basename, join } from 'node:path'
import { build } from 'esbuild'

/** Path → what is served there. */
export type PageFiles = ReadonlyMap<string, { readonly type: string; readonly body: Uint8Array }>

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
}

/**
 * Only what this server serves may run, style or be asked: whatever gets through the page's own care, and into it, is
 * still nothing that a browser would execute, and has nowhere to send what it read.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ')

const headers: Readonly<Record<string, string>> = {
  'content-security-policy': contentSecurityPolicy,
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

/** The page and all it needs, bundled into memory: React, useChat and the page's own code. */
export async function bundlePage(folder: string): Promise<PageFiles> {
  const { outputFiles } = await build({
    entryPoints: { page: join(folder, 'main.tsx'), style: join(folder, 'styles/style.css') },
    outdir: '/',
    write: false,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'warning',
  })
  const files = new Map<string, Uint8Array>()
  for (const { path, contents } of outputFiles) files.set(`/${basename(path)}`, contents)
  files.set('/icon.svg', await readFile(join(folder, 'icon.svg')))
  files.set('/', await readFile(join(folder, 'index.html')))
  return new Map(
    [...files].map(([path, body]) => {
      const type = types[path.split('.')[1] ?? 'html'] ?? 'application/octet-stream'
      return [path, { type, body }]
    }),
  )
}

/** The page has the same text for each conversation, and reads the conversation's id out of its address. */
export function sendFile(
  page: PageFiles,
  method: string | undefined,
  path: string,
  response: ServerResponse,
): void {
  const file = page.get(path.startsWith('/chat/') ? '/' : path)
  if (method !== 'GET' || file === undefined) {
    response.writeHead(404, headers).end()
    return
  }
  response.writeHead(200, { ...headers, 'content-type': file.type, 'cache-control': 'no-cache' })
  response.end(file.body)
}
