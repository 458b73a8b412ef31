import { runtimeReport } from './report.ts'

export default { fetch: async () => Response.json(await runtimeReport()) }
