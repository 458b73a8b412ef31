import { ai } from './ai.ts'
import { assistantStream } from './assistant-stream.ts'
import { langchain } from './langchain.ts'
import { openai6, openai7 } from './openai.ts'
import type { Peer } from './peer.ts'
import { tanstack } from './tanstack.ts'

export const peers: readonly Peer[] = [openai6, openai7, ai, langchain, tanstack, assistantStream]
