// What the instructor gives viewers who want it, on the page of one of them: the node itself, or the offer, and why the last
// wish was not met.
import type { ReactNode } from 'react'
import { useClass } from './class-state'

interface GivenCardProps {
  kind: 'client' | 'server'
  /** The viewer's own; null: nothing is given. */
  own: ReactNode
  isOffered: boolean
  /** What one does with it. */
  offer: string
  onWant: () => void
  error: string
}

export function GivenCard({ kind, own, isOffered, offer, onWant, error }: GivenCardProps) {
  const isIn = useClass(({ phase }) => phase === 'in')
  if (own === null && !isOffered && error === '') return null
  return (
    <section className="class-card" aria-label={`My ${kind}`}>
      {own ??
        (isOffered && (
          <>
            <h2>Be a {kind}</h2>
            <p className="muted">{offer}</p>
            <button
              type="button"
              className="button primary class-big"
              aria-disabled={!isIn}
              onClick={() => isIn && onWant()}
            >
              Get a {kind}
            </button>
          </>
        ))}
      {error !== '' && (
        <p className="class-error" role="alert">
          {error}
        </p>
      )}
    </section>
  )
}
