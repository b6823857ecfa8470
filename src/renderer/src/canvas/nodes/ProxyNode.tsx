// The proxy, drawn as a roundabout: a ring per policy with an exit per server, around a hub with the proxy's name.

import { Fragment, memo, useState } from 'react'
import type { NodeProps } from 'reactflow'
import { useShallow } from 'zustand/react/shallow'
import { algorithmsInUse, nextWords } from '../../../../shared/decision/next'
import { captionOf } from '../../../../shared/decision/words'
import { counted, formatCount, shortened } from '../../../../shared/format'
import { PROXY } from '../../../../shared/ids'
import { run } from '../../actions/actions'
import { useTurns } from '../../decisions'
import { useHoldMark } from '../../holds'
import { useLab } from '../../lab/lab'
import { useRefusal } from '../../past/past'
import { policyVariable } from '../../ui/theme/policy'
import type { ProxyFlowNode } from '../flow'
import { registeringWords } from '../registering'
import { MAX_RINGS } from '../ring'
import { type PolicyRing, ringsSelector } from '../rings'
import { AccessibleName, LinkHandle } from './NodeParts'
import { Ring } from './Ring'

const LONGEST_POLICY = 12
/** How many policies are listed below the roundabout; the others are counted. */
const MOST_TURNS = 4

export const ProxyNode = memo(function ProxyNode({
  id,
  data: { shape },
}: NodeProps<ProxyFlowNode>) {
  const [selectRings] = useState(ringsSelector)
  const rings = useTurns(({ state }) => selectRings(state))
  const noServers = rings.every(({ exits }) => exits.length === 0)
  const { radius, hubRadius } = shape
  // Without servers there is no turn to show, and the button needs the space.
  const bands = noServers ? [] : shape.bands
  return (
    <div className="roundabout">
      <ProxyName id={id} />
      <LinkHandle type="target" />
      <svg
        className="roundabout-disc"
        viewBox={`${-radius} ${-radius} ${2 * radius} ${2 * radius}`}
        width={2 * radius}
        height={2 * radius}
        aria-hidden="true"
      >
        <circle className="roundabout-plate" r={radius - 1} />
        {bands.map((band, index) => {
          const ring = rings[index]
          return ring && <Ring key={ring.policy} ring={ring} band={band} />
        })}
        {bands.length > 0 && <circle className="roundabout-hub" r={hubRadius} />}
        {bands.length === 0 && (
          <circle className="roundabout-empty" r={radius - 20} pathLength={360} />
        )}
      </svg>
      <div className="roundabout-centre" style={{ height: 2 * radius }}>
        <Hub noServers={noServers} />
      </div>
      {!noServers && <Turns rings={rings} />}
      <ReceiptCaption />
    </div>
  )
})

function Hub({ noServers }: { noServers: boolean }) {
  const port = useLab(({ state }) => state.proxy?.port)
  const algorithms = useLab(({ state }) => {
    const [name = '', ...others] = algorithmsInUse(state)
    // The rings leave room for one name.
    return others.length > 0 ? `${others.length + 1} algorithms` : name
  })
  const mark = useHoldMark(PROXY)
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

function NoServers() {
  const isRefused = useRefusal() !== undefined
  const registering = useLab(({ state }) => registeringWords(state))
  const paused = useLab(({ state }) => state.clock.paused)
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

/** The server whose turn it is next, for each policy. */
function Turns({ rings }: { rings: readonly PolicyRing[] }) {
  const named = rings.length > MOST_TURNS ? rings.slice(0, MOST_TURNS - 1) : rings
  const unnamed = rings.length - named.length
  const hidden = rings.length - MAX_RINGS
  return (
    <div className="roundabout-turns" aria-hidden="true">
      {named.map(({ policy }) => (
        <Turn key={policy} policy={policy} />
      ))}
      {unnamed > 0 && (
        <span>
          and {counted(unnamed, 'more policy', 'more policies')}
          {hidden > 0 && `, ${hidden} not drawn`}
        </span>
      )}
    </div>
  )
}

/** The receipt on the rings, in words. The inspector shows it permanently, and screen readers read it there. */
function ReceiptCaption() {
  const decision = useTurns(({ receipt }) => receipt)
  const decided = useTurns((turns) => turns.decided)
  // Another server may be next since the decision: one that has joined, or has come back.
  const next = useTurns(({ state }) => (decision && state.next.get(decision.policy)) ?? null)
  const colour = useTurns(({ state }) => policyVariable(state, decision?.policy))
  if (!decision) return null
  const { policy } = decision
  return (
    <p className="roundabout-receipt" style={{ '--node-colour': colour }} aria-hidden="true">
      <b title={policy}>{shortened(policy, LONGEST_POLICY)}</b>
      {': '}
      {captionOf({ ...decision, next }).map((part, index) => (
        // Parts have no ids, so that their order is the key.
        <Fragment key={`${decision.exchange} ${decision.attempt} ${index}`}>
          {typeof part === 'string' ? part : <b>{part.strong}</b>}
        </Fragment>
      ))}
      {decided > 1 && <span className="roundabout-decided">1 of {decided} decisions</span>}
    </p>
  )
}

function Turn({ policy }: { policy: string }) {
  const words = useTurns(useShallow(({ state }) => nextWords(state, policy)))
  const colour = useTurns(({ state }) => policyVariable(state, policy))
  return (
    <span className="roundabout-turn" style={{ '--node-colour': colour }}>
      {words.before} <b title={policy}>{policy}</b>
      {words.next !== undefined && (
        <>
          {' '}
          → <b title={words.next}>{words.next}</b>
        </>
      )}
    </span>
  )
}

function ProxyName({ id }: { id: string }) {
  const name = useLab(({ state }) => {
    const parts = ['Reverse proxy', ...algorithmsInUse(state)]
    if (state.proxy) parts.push(`port ${state.proxy.port}`)
    parts.push(`${formatCount(state.totals.exchanges.answered)} answered`)
    return parts.join(', ')
  })
  const turns = useTurns(
    useShallow(({ state }) =>
      [...state.next.keys()].slice(0, MOST_TURNS).map((policy) => {
        const { before, next } = nextWords(state, policy)
        return next === undefined ? `${before} ${policy}` : `${before} ${policy}: ${next}`
      }),
    ),
  )
  return <AccessibleName id={id}>{[name, ...turns].join(', ')}</AccessibleName>
}
