// The middle of the roundabout: what stands there, its algorithms and its port, or the question whose turn it is.
import { algorithmsInUse } from '../../../../shared/decision/next'
import { shortened } from '../../../../shared/format'
import { PROXY } from '../../../../shared/ids'
import { run } from '../../actions/actions'
import { useTurns } from '../../decisions'
import { useHoldMark } from '../../holds'
import { UNDISCLOSED, useUndisclosed } from '../../lab/undisclosed'
import { useRefusal } from '../../past/past'
import { registeringWords } from '../registering'
import { useSampled } from '../use-sampled'

/** The longest name of a program in the proxy's place that fits into the hub. */
const LONGEST_NAME = 17
/** In recordings of a check. */
const PLACE_WORDS: Readonly<Record<string, string>> = {
  checked: 'as checked',
  check: 'as a proxy does',
}

export function Hub({ noServers }: { noServers: boolean }) {
  const port = useSampled('card', (state) => state.proxy?.port)
  const algorithms = useSampled('card', (state) => {
    const [name = '', ...others] = algorithmsInUse(state)
    // The rings leave room for one name.
    return others.length > 0 ? `${others.length + 1} algorithms` : name
  })
  const mark = useHoldMark(PROXY)
  const foreign = useSampled('card', (state) => state.foreign)
  const undisclosed = useUndisclosed()
  // A question about something else hides the turns, too, and does not ask for them.
  if (undisclosed !== undefined && undisclosed !== 'all')
    return <UnknownTurn algorithms={noServers ? undefined : algorithms} />
  if (foreign) {
    return (
      <>
        <span className="roundabout-title" title={foreign.name}>
          {hubName(foreign.name)}
        </span>
        <span className="roundabout-line">{PLACE_WORDS[foreign.kind] ?? 'in its place'}</span>
        {foreign.port > 0 && (
          <span className="roundabout-line roundabout-port">:{foreign.port}</span>
        )}
        {mark === 'next' && <span className="roundabout-hold">holds the next</span>}
      </>
    )
  }
  return (
    <>
      <span className="roundabout-title">Reverse proxy</span>
      {!noServers && <span className="roundabout-line">{algorithms}</span>}
      {port !== undefined && <span className="roundabout-line roundabout-port">:{port}</span>}
      {mark === 'next' && <span className="roundabout-hold">holds the next</span>}
      {noServers && <NoServers />}
    </>
  )
}

/** An open question asks for it. */
function UnknownTurn({ algorithms }: { algorithms: string | undefined }) {
  const hasTurns = useTurns(({ state }) => [...state.next.values()].includes(UNDISCLOSED))
  return (
    <>
      <span className="roundabout-unknown">?</span>
      <span className="roundabout-title">{hasTurns ? 'whose turn?' : 'which server?'}</span>
      {algorithms !== undefined && <span className="roundabout-line">{algorithms}</span>}
    </>
  )
}

/** `HAProxy 2.6` of `HAProxy 2.6.12`: the hub is narrow. */
function hubName(name: string): string {
  return shortened(name.replace(/( \d+\.\d+)[\d.]*$/, '$1'), LONGEST_NAME)
}

function NoServers() {
  const isRefused = useRefusal('addServer') !== undefined
  const registering = useSampled('card', (state) => registeringWords(state))
  const paused = useSampled('card', (state) => state.clock.paused)
  if (registering !== undefined) {
    return (
      <>
        <span className="roundabout-line">{paused ? `${registering}:` : registering}</span>
        {paused && <span className="roundabout-line">press Play</span>}
      </>
    )
  }
  return (
    <>
      <span className="roundabout-line">No servers yet</span>
      {!isRefused && (
        <button
          type="button"
          className="canvas-button is-primary nodrag"
          onClick={() => run({ type: 'addServer' })}
        >
          Add a server
        </button>
      )}
    </>
  )
}
