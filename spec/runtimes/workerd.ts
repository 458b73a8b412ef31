import { Miniflare } from 'miniflare'
import { bundle } from './bundle.ts'
import type { RuntimeReport } from './report.ts'

/** The report of Cloudflare's workerd, the real one: there is no `Buffer` in it. */
export async function workerdReport(): Promise<RuntimeReport> {
  const worker = new Miniflare({
    modules: true,
    script: await bundle('worker', ['workerd', 'worker']),
    compatibilityDate: '2025-10-01',
  })
  try {
    const response = await worker.dispatchFetch('http://localhost/')
    return (await response.json()) as RuntimeReport
  } finally {
    await worker.dispose()
  }
}
