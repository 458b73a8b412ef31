import { createRoot } from 'react-dom/client'
import { config } from 'zod/v4/core'

// The AI SDK validates with zod, which tries `new Function` to see whether it may compile its schemas. It may not: the
// policy of this page forbids it, and the browser would report the attempt. So zod is told before the SDK is loaded.
config({ jitless: true })
const { App } = await import('./app.tsx')

const root = document.getElementById('root')
if (root !== null) createRoot(root).render(<App />)
