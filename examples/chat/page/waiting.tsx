/** Nothing to read yet. */
export function Waiting() {
  return (
    <p className="waiting" role="status" aria-label="Waiting for the first word">
      <span />
      <span />
      <span />
    </p>
  )
}
