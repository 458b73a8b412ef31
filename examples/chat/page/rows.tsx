/** Deeper than this, a value is shown as JSON. */
const maxDepth = 2

interface Props {
  readonly value: unknown
  readonly isGrowing?: boolean
  readonly depth?: number
}

/** A value of JSON as keys and values, readable also while it is half there. */
export function Rows({ value, isGrowing = false, depth = 0 }: Props) {
  const entries = entriesOf(value)
  if (value === undefined) return null
  if (entries === undefined || depth > maxDepth) return <Value value={value} isGrowing={isGrowing} />
  if (Array.isArray(value) && !value.some(isContainer)) return <Tags items={value} isGrowing={isGrowing} />
  return (
    <dl className="rows">
      {entries.map(([key, item], i) => (
        <div key={key}>
          <dt>
            <bdi>{key}</bdi>
          </dt>
          <dd>
            <Rows value={item} isGrowing={isGrowing && i === entries.length - 1} depth={depth + 1} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Value({ value, isGrowing }: { readonly value: unknown; readonly isGrowing: boolean }) {
  const isText = typeof value === 'string'
  const text = isText ? value : JSON.stringify(value)
  return (
    <span className={`value ${isText ? 'text' : 'plain'} ${isGrowing ? 'caret' : ''}`} dir="auto">
      {text}
    </span>
  )
}

function Tags({ items, isGrowing }: { readonly items: readonly unknown[]; readonly isGrowing: boolean }) {
  return (
    <ul className="tags">
      {items.map((item, i) => (
        <li key={i}>
          <Value value={item} isGrowing={isGrowing && i === items.length - 1} />
        </li>
      ))}
    </ul>
  )
}

/** What has a row for each of its keys; undefined for a plain value. */
function entriesOf(value: unknown): readonly (readonly [string, unknown])[] | undefined {
  return isContainer(value) ? Object.entries(value) : undefined
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
