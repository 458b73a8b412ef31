import { webAddress } from './markdown/links.ts'

interface Source {
  readonly sourceId: string
  readonly url: string
  readonly title?: string | undefined
}

/** The pages that the answer cites. An address that is none of the web is shown, and leads nowhere. */
export function Sources({ sources }: { readonly sources: readonly Source[] }) {
  return (
    <ol className="sources" aria-label="Sources">
      {sources.map((source, i) => (
        <li key={source.sourceId}>
          <Chip source={source} number={i + 1} />
        </li>
      ))}
    </ol>
  )
}

function Chip({ source: { url, title }, number }: { readonly source: Source; readonly number: number }) {
  const address = webAddress(url)
  const body = (
    <>
      <span className="number">{number}</span>
      {title !== undefined && <bdi className="title">{title}</bdi>}
      <bdi className="host">{address?.hostname.replace(/^www\./, '') ?? url}</bdi>
    </>
  )
  if (address === undefined) return <span className="chip">{body}</span>
  return (
    <a
      className="chip"
      href={address.href}
      target="_blank"
      rel="noopener noreferrer nofollow"
      title={address.href}
    >
      {body}
    </a>
  )
}
