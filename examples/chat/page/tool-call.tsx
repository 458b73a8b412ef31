import type { DynamicToolUIPart } from 'ai'
import { ToolIcon } from './icons.tsx'
import { Rows } from './rows.tsx'

interface Props {
  readonly part: DynamicToolUIPart
  /** Nothing more will happen to it. */
  readonly isOver: boolean
}

/** A call while it is written, while it runs, and with what came of it. Its arguments are text, whatever they say. */
export function ToolCall({ part, isOver }: Props) {
  const { tone, label } = stateOf(part, isOver)
  // What is no JSON is shown as it came.
  const { input } = part
  return (
    <section className="tool" data-tone={tone} aria-label={`Tool call, ${label}`}>
      <header>
        <ToolIcon />
        <bdi className="name">{part.toolName}</bdi>
        <span className="state">{label}</span>
      </header>
      <Rows value={input} isGrowing={tone === 'writing'} />
      {part.state === 'output-available' && (
        <div className="result">
          <Rows value={part.output} />
        </div>
      )}
      {part.state === 'output-error' && <p className="problem">{part.errorText}</p>}
    </section>
  )
}

type Tone = 'writing' | 'running' | 'done' | 'failed' | 'idle'

function stateOf({ state }: DynamicToolUIPart, isOver: boolean): { tone: Tone; label: string } {
  if (state === 'output-available') return { tone: 'done', label: 'done' }
  if (state === 'output-error') return { tone: 'failed', label: 'not run' }
  if (state === 'input-streaming')
    return isOver ? { tone: 'failed', label: 'cut off' } : { tone: 'writing', label: 'writing…' }
  return isOver ? { tone: 'idle', label: 'not run' } : { tone: 'running', label: 'running…' }
}
