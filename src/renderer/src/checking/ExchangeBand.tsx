// Says above the canvas that an exchange of a check is on the screen: what should have come, and what came.
import { ListChecks } from 'lucide-react'
import { FLIGHT_MS } from '../../../shared/check/recording'
import { endingWords } from '../../../shared/check/report/lines'
import type { CheckedRequirement } from '../../../shared/check/result'
import { formatDuration } from '../../../shared/format'
import { backToList, closeExchange } from './exchange'
import './exchange-band.css'

export function ExchangeBand({ requirement }: { requirement: CheckedRequirement }) {
  const { id, title, evidence } = requirement
  return (
    <section className="exchange-band" aria-label="An exchange of the check">
      <header>
        <ListChecks size={17} aria-hidden="true" />
        <p>
          <strong>{title}</strong>
          <code className="muted">{id}</code>
          <span className="exchange-band-how">{endingWords(requirement)}</span>
        </p>
        <button type="button" className="button primary" onClick={backToList}>
          Back to the list
        </button>
        <button type="button" className="button" onClick={closeExchange}>
          Close
        </button>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also with the keyboard. */}
      <section tabIndex={0} aria-label="What should have come, and what came">
        <dl>
          <dt>Expected</dt>
          <dd>{evidence?.expected}</dd>
          <dt>But</dt>
          <dd>{evidence?.came}</dd>
        </dl>
      </section>
      <small>
        Recorded by the check. Each message is shown for {formatDuration(FLIGHT_MS)} on its way;
        waits are as long as they were.
      </small>
    </section>
  )
}
