import { runtimeReport } from './report.ts'

console.log(JSON.stringify(await runtimeReport()))
