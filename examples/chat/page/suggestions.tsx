import { suggestions } from '../suggestions.ts'

export function Suggestions({ onChoose }: { readonly onChoose: (prompt: string) => void }) {
  return (
    <section className="welcome" aria-labelledby="welcome">
      <h1 id="welcome">What shall the stream do?</h1>
      <p className="muted">
        A recorded model answers each of these over a real socket; <code>deltafold</code> folds what it sends,
        and <code>useChat</code> shows it.
      </p>
      <ul className="cards">
        {suggestions.map(({ id, shows, prompt }) => (
          <li key={id}>
            <button type="button" className="card" onClick={() => onChoose(prompt)}>
              <strong>{shows}</strong>
              <span className="muted">{prompt}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
