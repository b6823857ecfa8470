// The proxy, drawn as a roundabout: a ring per policy with an exit per server, around a hub with the proxy's name.

import { Fragment, memo, type ReactNode, useState } from 'react'
import type { NodeProps } from 'reactflow'
import { useShallow } from 'zustand/react/shallow'
import { algorithmsInUse, nextWords } from '../../../../shared/decision/next'
import { captionOf } from '../../../../shared/decision/words'
import { formatCount, shortenedId } from '../../../../shared/format'
import { PROXY } from '../../../../shared/ids'
import { visibly } from '../../../../shared/visible-controls'
import { returnProxy } from '../../actions/swap'
import { DrawingView, KeysMovedView, NextChoices, useDrawingOf, useTurns } from '../../decisions'
import { useUndisclosed } from '../../lab/undisclosed'
import { useRefusal } from '../../past/past'
import { SeenTurns } from '../../swapping'
import { Id } from '../../ui/Id'
import { policyVariable } from '../../ui/theme/policy'
import { useDimmed } from '../dimming'
import type { ProxyFlowNode } from '../flow'
import type { Band } from '../ring'
import { type PolicyRing, ringsSelector } from '../rings'
import { useIsRingUnlit } from '../spotlight'
import { useSampled } from '../use-sampled'
import './foreign.css'
import { Hub } from './Hub'
import { MenuMark } from './MenuMark'
import { MiniRing } from './MiniRing'
import { AccessibleName, LinkHandle } from './NodeParts'
import { Ring } from './Ring'

const LONGEST_POLICY = 12
/** Below the roundabout, the turns of more policies are listed without further words. */
const MOST_WITH_WORDS = 4
/** Below the turns there is room for as many rows of beads; the inspector has those of any policy. */
const MOST_WITH_BEADS = 2
/** Policies whose turns are in the proxy's accessible name. */
const MOST_IN_NAME = 4

const NOTHING = { bands: [], cells: [] } as const

export const ProxyNode = memo(function ProxyNode({
  id,
  data: { shape },
}: NodeProps<ProxyFlowNode>) {
  const [selectRings] = useState(ringsSelector)
  const rings = useTurns(({ state }) => selectRings(state))
  const noServers = rings.every(({ exits }) => exits.length === 0)
  const { radius, hubRadius } = shape
  // Without servers there is no turn to show, and the button needs the space.
  const { bands, cells } = noServers ? NOTHING : shape
  const isForeign = useSampled('card', (state) => state.foreign !== null)
  const isDimmed = useDimmed(PROXY)
  const classes = ['roundabout', isForeign && 'is-foreign', isDimmed && 'is-dimmed'].filter(Boolean)
  return (
    <div className={classes.join(' ')}>
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
          return (
            ring && (
              <RingGroup key={ring.policy} policy={ring.policy}>
                <RingTarget ring={ring} band={band} />
                <Ring ring={ring} band={band} />
              </RingGroup>
            )
          )
        })}
        {cells.map((cell, index) => {
          const ring = rings[index]
          return (
            ring && (
              <RingGroup key={ring.policy} policy={ring.policy}>
                <MiniRing ring={ring} cell={cell} />
              </RingGroup>
            )
          )
        })}
        {bands.length > 0 && <circle className="roundabout-hub" r={hubRadius} />}
        {noServers && <circle className="roundabout-empty" r={radius - 20} pathLength={360} />}
      </svg>
      <div className="roundabout-centre" style={{ height: 2 * radius }}>
        <Hub noServers={noServers} />
      </div>
      {bands.length > 0 && <Turns rings={rings.slice(0, bands.length)} />}
      <ReceiptCaption />
    </div>
  )
})

function RingGroup({ policy, children }: { policy: string; children: ReactNode }) {
  const isUnlit = useIsRingUnlit(policy)
  return (
    <g data-policy={policy} className={isUnlit ? 'is-dimmed' : undefined}>
      {children}
    </g>
  )
}

/** The whole band can be clicked, with the gaps between the exits. */
function RingTarget({ ring: { policy }, band }: { ring: PolicyRing; band: Band }) {
  return (
    <circle
      className="ring-target"
      r={(band.inner + band.outer) / 2}
      strokeWidth={band.outer - band.inner}
    >
      <title>{visibly`Policy ${policy}`}</title>
    </circle>
  )
}

/**
 * The server whose turn it is next, for each policy that has a ring; small rings have it beside them. Each opens the menu of
 * algorithms.
 */
function Turns({ rings }: { rings: readonly PolicyRing[] }) {
  const foreign = useTurns(({ state }) => state.foreign)
  const state = useTurns((turns) => turns.state)
  if (foreign?.kind === 'check') return null
  if (foreign) {
    return (
      <div className="roundabout-turns">
        <SeenTurns foreign={foreign} colourOf={(policy) => policyVariable(state, policy)} />
        <BackButton />
      </div>
    )
  }
  const isShort = rings.length > MOST_WITH_WORDS
  const hasBeads = rings.length <= MOST_WITH_BEADS
  return (
    <div className={isShort ? 'roundabout-turns is-short' : 'roundabout-turns'} aria-hidden="true">
      {rings.map(({ policy }) => (
        <Turn key={policy} policy={policy} />
      ))}
      {hasBeads && rings.map(({ policy }) => <NextChoices key={policy} policy={policy} />)}
      {hasBeads && rings.map(({ policy }) => <MovedKeys key={policy} policy={policy} />)}
    </div>
  )
}

function BackButton() {
  if (useRefusal('returnProxy') !== undefined) return null
  return (
    <button type="button" className="canvas-button nodrag" onClick={returnProxy}>
      Back to Roundabout’s proxy
    </button>
  )
}

function MovedKeys({ policy }: { policy: string }) {
  const state = useTurns((turns) => turns.state)
  return <KeysMovedView policy={policy} state={state} isBrief />
}

/**
 * The receipt on the rings, in words. The inspector shows it permanently, and screen readers read it there. While a question
 * asks for a turn, the decision before it is left out: the label of the held packet has its place.
 */
function ReceiptCaption() {
  const decision = useTurns(({ receipt }) => receipt)
  const decided = useTurns((turns) => turns.decided)
  // Another server may be next since the decision: one that has joined, or has come back.
  const next = useTurns(({ state }) => (decision && state.next.get(decision.policy)) ?? null)
  const colour = useTurns(({ state }) => policyVariable(state, decision?.policy))
  const drawing = useDrawingOf(decision)
  const asked = useUndisclosed()
  if (!decision || asked) return null
  const { policy } = decision
  return (
    <div
      className={drawing ? 'roundabout-receipt has-drawing' : 'roundabout-receipt'}
      style={{ '--node-colour': colour }}
      aria-hidden="true"
    >
      <b title={policy}>{shortenedId(policy, LONGEST_POLICY)}</b>
      {': '}
      {captionOf({ ...decision, next }).map((part, index) => (
        // Parts have no ids, so that their order is the key.
        <Fragment key={`${decision.exchange} ${decision.attempt} ${index}`}>
          {typeof part === 'string' ? part : <b>{part.strong}</b>}
        </Fragment>
      ))}
      {decided > 1 && <span className="roundabout-decided">1 of {decided} decisions</span>}
      {drawing && <DrawingView drawing={drawing} />}
    </div>
  )
}

function Turn({ policy }: { policy: string }) {
  const words = useTurns(useShallow(({ state }) => nextWords(state, policy)))
  const colour = useTurns(({ state }) => policyVariable(state, policy))
  return (
    <span style={{ '--node-colour': colour }}>
      <MenuMark policy={policy} className="roundabout-turn">
        <span className="roundabout-words">{words.before}</span>{' '}
        <b>
          <Id text={policy} />
        </b>
        {words.next !== undefined && (
          <>
            {' '}
            →{' '}
            <b>
              <Id text={words.next} />
            </b>
            {words.isDown && <span className="roundabout-down">down</span>}
          </>
        )}
      </MenuMark>
    </span>
  )
}

function ProxyName({ id }: { id: string }) {
  const name = useSampled('card', (state) => {
    const { foreign, proxy } = state
    const parts = foreign
      ? [foreign.kind === 'check' ? foreign.name : `${foreign.name} in the proxy’s place`]
      : ['Reverse proxy', ...algorithmsInUse(state)]
    const port = foreign ? foreign.port : proxy?.port
    if (port) parts.push(`port ${port}`)
    parts.push(`${formatCount(state.totals.exchanges.answered)} answered`)
    return parts.join(', ')
  })
  const turns = useTurns(
    useShallow(({ state }) =>
      [...(state.foreign ? [] : state.next.keys())].slice(0, MOST_IN_NAME).map((policy) => {
        const { before, next } = nextWords(state, policy)
        return next === undefined
          ? visibly`${before} ${policy}`
          : visibly`${before} ${policy}: ${next}`
      }),
    ),
  )
  return <AccessibleName id={id}>{[name, ...turns].join(', ')}</AccessibleName>
}
