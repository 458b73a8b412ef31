import { type AssembledToolCall, validateToolCall } from 'deltafold/core'
import { z } from 'zod'

/** What a tool has to say to a call: its output, or why there is none. */
export type ToolOutcome = { readonly output: object } | { readonly errorText: string }

type Tool = (call: AssembledToolCall) => Promise<ToolOutcome>

/** A real tool asks somewhere; these take as long as if they did. */
const latencyMs = 500

/** A model can write anything: only a call that is complete, and that its schema takes, is run. */
function tool<Input>(input: z.ZodType<Input>, run: (input: Input) => object): Tool {
  return async (call) => {
    const judged = await validateToolCall(call, input)
    if (judged.state !== 'complete') return { errorText: 'The arguments are not what the tool takes.' }
    await new Promise((resolve) => setTimeout(resolve, latencyMs))
    try {
      return { output: run(judged.value) }
    } catch {
      return { errorText: 'The tool has failed.' }
    }
  }
}

const tools: ReadonlyMap<string, Tool> = new Map([
  [
    'get_weather',
    tool(z.object({ city: z.string() }), () => ({
      summary: 'Dry until five, then light snow',
      high: '3 °C',
      low: '−2 °C',
      wind: '2 m/s from the north',
    })),
  ],
  [
    'book_table',
    tool(z.object({ restaurant: z.string(), guests: z.int(), at: z.string() }), ({ at }) => ({
      booked: true,
      at,
      reference: 'SMH-2207',
    })),
  ],
])

/** Runs a call. Never rejects. */
export async function runTool(call: AssembledToolCall): Promise<ToolOutcome> {
  return tools.get(call.name)?.(call) ?? { errorText: 'There is no such tool.' }
}
