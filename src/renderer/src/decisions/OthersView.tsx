// "What the others would have picked": the other algorithms beside the one that has chosen, for one message and for all
// since they run. They run only while this is open somewhere.
import { ChevronDown, ChevronRight } from 'lucide-react'
import { Fragment } from 'react'
import { algorithmWords } from '../../../shared/decision/parts'
import { counted, formatCount, formatTime, shortenedId } from '../../../shared/format'
import { poolIn } from '../../../shared/state/pool'
import type { Decision, ShadowTally, State } from '../../../shared/state/state'
import { useUi } from '../choices/ui'
import { useLook } from '../lab/looks'
import { usePast } from '../past/past'
import { Id } from '../ui/Id'
import { policyVariable } from '../ui/theme/policy'
import { type OtherRow, othersOf, type Share } from './others'

/** Shares that are named; the others are counted. */
const MOST_NAMED = 5
/** A narrower piece has no room for its name. */
const NAMED_FROM = 0.14
const LONGEST_NAME = 6

interface OthersProps {
  decision: Decision
  state: Pick<State, 'watched' | 'pools' | 'slots'>
}

export function OthersView({ decision, state }: OthersProps) {
  const open = useUi((ui) => ui.othersOpen)
  const setOpen = useUi((ui) => ui.setOthersOpen)
  useLook('others', open ? decision.policy : undefined)
  const Mark = open ? ChevronDown : ChevronRight
  return (
    <div className="others">
      <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Mark size={14} aria-hidden="true" />
        What the others would have picked
      </button>
      {open && <Others decision={decision} state={state} />}
    </div>
  )
}

function Others({ decision, state }: OthersProps) {
  const isLive = usePast(({ view }) => view === 'now')
  const { policy, algorithm } = decision
  // A tally is about the algorithm that chooses now.
  const isCurrent = poolIn(state, policy).algorithm === algorithm
  const tally = isCurrent ? state.watched.get(policy)?.tally : undefined
  const rows = othersOf(decision, tally)
  if (rows.length === 0) {
    return (
      <p className="muted">
        {isLive
          ? 'Nobody looked when this decision was made. They run beside it from the next message on.'
          : 'Nobody looked when this decision was made, so they did not run beside it.'}
      </p>
    )
  }
  return (
    <>
      <table style={{ '--node-colour': policyVariable(state, policy) }}>
        <thead>
          <tr>
            <th scope="col">Algorithm</th>
            <th scope="col" title="The server of this message">
              Pick
            </th>
            {tally && (
              <th scope="col" title="Messages that it would have given to another server">
                Elsewhere
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Fragment key={row.algorithm}>
              <Row row={row} own={decision.server} tally={tally} />
              {row.shares.length > 0 && <ShareBar shares={row.shares} />}
            </Fragment>
          ))}
        </tbody>
      </table>
      <p className="muted">
        {tally &&
          `The bars and “elsewhere” count ${counted(tally.messages, 'message')} since ${formatTime(tally.since)}, when they began. `}
        Each has a memory and chance of its own. Health and load are the real servers’: what is only
        imagined keeps no server busy.
      </p>
    </>
  )
}

interface RowProps {
  row: OtherRow
  own: string | null
  tally: ShadowTally | undefined
}

function Row({ row, own, tally }: RowProps) {
  const { algorithm, isOwn, server, elsewhere } = row
  const isSame = server === own
  return (
    <tr className={isOwn ? 'is-own' : undefined}>
      <th scope="row">
        {algorithmWords(algorithm)}
        {isOwn && <span className="muted"> has picked</span>}
      </th>
      <td className={isSame ? undefined : 'differs'}>
        {!isSame && <span aria-hidden="true">≠ </span>}
        <Id text={server} />
      </td>
      {tally && (
        <td>{isOwn ? '–' : `${formatCount(elsewhere ?? 0)} of ${formatCount(tally.messages)}`}</td>
      )}
    </tr>
  )
}

/** Below the row, across the table. */
function ShareBar({ shares }: { shares: readonly Share[] }) {
  return (
    <tr className="share-row">
      <td colSpan={3}>
        <span className="visually-hidden">{shareWords(shares)}</span>
        <span className="share-bar" aria-hidden="true" title={shareWords(shares)}>
          {shares.map(({ server, place, share }) => (
            <span
              key={server}
              className={place % 2 === 1 ? 'is-odd' : undefined}
              style={{ flexGrow: share }}
            >
              {share >= NAMED_FROM ? shortenedId(server, LONGEST_NAME) : ''}
            </span>
          ))}
        </span>
      </td>
    </tr>
  )
}

/** `100 60 %, 300 40 %`. */
function shareWords(shares: readonly Share[]): string {
  const most = shares.toSorted((one, other) => other.share - one.share).slice(0, MOST_NAMED)
  const named = shares.filter((share) => most.includes(share))
  const words = named.map(({ server, share }) => `${server} ${Math.round(100 * share)} %`)
  const left = shares.length - named.length
  return [...words, ...(left > 0 ? [counted(left, 'more server')] : [])].join(', ')
}
