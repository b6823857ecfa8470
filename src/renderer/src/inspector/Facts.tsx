// Names and values, one pair a line.
import type { ReactNode } from 'react'

interface FactsProps {
  title: string
  facts: readonly (readonly [name: string, value: ReactNode])[]
}

export function Facts({ title, facts }: FactsProps) {
  if (facts.length === 0) return null
  return (
    <section>
      <h3>{title}</h3>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
