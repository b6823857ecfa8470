// Stands in place of an empty list, with words for each reason.
import { focusFilter, setFilter, useFilter } from '../lab/filter'
import { usePast } from '../past/past'

export function NoPackets() {
  const isNow = usePast(({ view }) => view === 'now')
  if (!isNow) {
    return (
      <div className="empty">
        <p>No packets yet.</p>
        <p className="muted">At this moment nothing had been sent.</p>
      </div>
    )
  }
  return (
    <div className="empty">
      <p>No packets yet.</p>
      <p className="muted">
        Every message that crosses a socket is listed here, the newest on top: press <kbd>M</kbd> to
        send one, or <kbd>A</kbd> and every client sends its own.
      </p>
    </div>
  )
}

export function NoMatch({ filter, searching }: { filter: string; searching: boolean }) {
  return (
    <div className="empty no-match">
      <p>{searching ? 'No match among the newest packets.' : 'No packet matches.'}</p>
      <p className="muted">
        {searching
          ? 'Older ones are being searched for '
          : 'None of the packets so far is let through by '}
        <code>{filter}</code>.
      </p>
      <button type="button" className="button" onClick={() => setFilter('')}>
        Clear the filter
      </button>
    </div>
  )
}

/** Shown above the list while the typed filter has a mistake: the list still uses the filter before it. */
export function FilterMistake() {
  const { mistake, text, filter } = useFilter()
  if (!mistake) return null
  return (
    <div className="filter-problem">
      <p>
        <code>
          {text.slice(0, mistake.from)}
          <mark>{text.slice(mistake.from, mistake.to)}</mark>
          {text.slice(mistake.to)}
        </code>
        {mistake.text}{' '}
        <span className="muted">
          {filter
            ? 'Until then the filter before is in force.'
            : 'Until then all packets are listed.'}
        </span>
      </p>
      <button type="button" className="link" onClick={focusFilter}>
        Correct it
      </button>
    </div>
  )
}
