import { agUiClient } from './ag-ui.ts'
import { aiSdkClients } from './ai-sdk.ts'
import { assistantUiClients } from './assistant-ui.ts'
import type { Client } from './client.ts'
import { openaiClients } from './openai.ts'
import { tanstackClient } from './tanstack.ts'
import { textClient } from './text.ts'

/** Every real client that is claimed to understand us. */
export const clients: readonly Client[] = [
  ...aiSdkClients,
  agUiClient,
  tanstackClient,
  ...assistantUiClients,
  ...openaiClients,
  textClient,
]
