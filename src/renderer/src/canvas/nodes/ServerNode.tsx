// A server: its policy, and its share of the policy's answers.
import { Plug } from 'lucide-react'
import { memo } from 'react'
import type { NodeProps } from 'reactflow'
import { counted, formatCount, formatTime } from '../../../../shared/format'
import { SERVER_SETTINGS } from '../../../../shared/settings/server'
import { type AnswerFaults, answerFaultsOf } from '../../../../shared/state/answer-faults'
import {
  detailsOf,
  isAway,
  isInUse,
  type Standing,
  shortStanding,
  standingsOf,
  standingWords,
  untilOf,
} from '../../../../shared/state/standing'
import type { NodeState } from '../../../../shared/state/state'
import { visibly } from '../../../../shared/visible-controls'
import { nameOfNode } from '../../ui/names'
import { StandingIcon } from '../../ui/StandingIcon'
import { useMark } from '../../ui/StandingWords'
import { policyVariable } from '../../ui/theme/policy'
import type { ActorFlowNode } from '../flow'
import { sharePercent } from '../shares'
import { useSampled } from '../use-sampled'
import { DoctorMark, doctorWords } from './DoctorMark'
import { ActorCard, ActorTitle, Figure, InFlight, MOST_BESIDE_NAME } from './NodeParts'
import { RateMark } from './RateMark'
import { TroubleMark, troubleWords } from './TroubleMark'
import { WorkMark, workWords } from './WorkMark'

/** A server that has not registered, or whose id another program has registered. */
type Unlisted = 'not registered' | 'id taken'

export const ServerNode = memo(function ServerNode({
  id,
  data: { tier },
}: NodeProps<ActorFlowNode>) {
  const node = useSampled(tier, (state) => state.nodes.get(id))
  const protocolId = node?.protocolId
  const row = useSampled(tier, ({ rows }) =>
    protocolId === undefined ? undefined : rows.get(protocolId),
  )
  const share = useSampled(tier, (state) =>
    sharePercent(state.rows, { id, protocolId }, tier === 'card' ? 'total' : 'most'),
  )
  const inUse = useSampled(tier, (state) => row !== undefined && isInUse(state, row))
  const colour = useSampled(tier, (state) => policyVariable(state, node?.policy))
  const ill = useSampled(tier, (state) => doctorWords(state, id))
  if (!node) return null

  const own = row?.node === id ? row : undefined
  const unlisted = own ? undefined : row ? 'id taken' : 'not registered'
  const standings = own ? standingsOf(own, node, inUse) : []
  const details = own ? detailsOf(standings, own, node) : ''
  const faults = own && answerFaultsOf(own)
  const first = standings[0]
  const told = standings.find(isTold)
  // These words have the number in them.
  const isNumbered = told?.kind === 'full' || told?.kind === 'draining'
  const inFlight = isNumbered ? 0 : (own?.inFlight ?? 0)
  const isTight =
    inFlight > MOST_BESIDE_NAME ||
    (told !== undefined && (tier !== 'card' || isLong(told, inFlight)))
  return (
    <ActorCard
      node={node}
      tier={tier}
      name={serverName(node, {
        unlisted,
        standings,
        details,
        faults,
        ill,
        inFlight: own?.inFlight ?? 0,
      })}
      badge={first && (first.kind === 'seen' || isAway(first)) ? seenWords(node) : undefined}
      colour={colour}
      className={classesOf(unlisted, standings, isTight)}
    >
      <span className="node-line" aria-hidden="true">
        <ActorTitle node={node} tier={tier} OutsideIcon={Plug} />
        {/* Beside what keeps messages away, there is no room for it; the ring's exit is as wide as it. */}
        {tier === 'compact' && hasWeight(node) && told === undefined && (
          <Figure className="node-aside" text={`×${node.weight}`} title={`weight ${node.weight}`} />
        )}
        {tier === 'card' && <InFlight count={inFlight} what="message" />}
        <Aside
          node={node}
          unlisted={unlisted}
          tier={tier}
          standings={standings}
          details={details}
          faults={faults}
        />
      </span>
      <span className="node-line" aria-hidden="true">
        {tier === 'card' && node.label && (
          <span className="server-label" title={node.label}>
            {node.label}
          </span>
        )}
        {tier === 'card' && hasWeight(node) && (
          <Figure className="node-aside" text={`weight ${node.weight}`} />
        )}
        <span className="server-share">
          <span style={{ transform: `scaleX(${share / 100})` }} />
        </span>
        {tier === 'card' && <Served node={node} faults={faults} />}
        {/* There is no room beside the id. */}
        {tier === 'chip' && told && <StandingIcon kind={told.kind} size={11} />}
      </span>
      {tier !== 'chip' && <WorkMark node={node} />}
      {tier !== 'chip' && <TroubleMark node={node} />}
      {tier !== 'chip' && <DoctorMark node={id} tier={tier} />}
      {tier === 'card' && <RateMark node={node} tier={tier} />}
    </ActorCard>
  )
})

function classesOf(
  unlisted: Unlisted | undefined,
  standings: readonly Standing[],
  isTight: boolean,
): string {
  const classes = unlisted ? ['is-not-registered'] : standings.map(({ kind }) => `is-${kind}`)
  // Beside much to say, the id is enough.
  return [...classes, ...(isTight ? ['is-tight'] : [])].join(' ')
}

/** With a countdown, beside a number of packets, or by itself. */
function isLong(told: Standing, inFlight: number): boolean {
  return untilOf(told) !== undefined || inFlight > 0 || shortStanding(told).length > 8
}

interface Known {
  unlisted: Unlisted | undefined
  standings: readonly Standing[]
  details: string
  faults: AnswerFaults | undefined
}

interface AsideProps extends Known {
  node: NodeState
  tier: string
}

/** Another weight than the usual one. */
function hasWeight({ weight }: NodeState): boolean {
  return weight !== undefined && weight !== SERVER_SETTINGS.weight.default
}

/** For an outside server, of which no more is known than that. */
function seenWords({ lastSeenAt }: NodeState): string | undefined {
  return lastSeenAt === undefined ? undefined : `seen ${formatTime(lastSeenAt)}`
}

/** Right of the name: the port, or what keeps messages away; on smaller nodes, the count. */
function Aside({ node, unlisted, tier, standings, details, faults }: AsideProps) {
  const [first, ...others] = standings.filter(isTold)
  if (tier === 'chip') return null
  if (unlisted === 'id taken') return <Figure className="server-down" text={unlisted} />
  if (first) return <StandingMark first={first} others={others} title={details} tier={tier} />
  if (tier === 'compact' && faults) {
    const text = `✗ ${formatCount(faults.count)}`
    return (
      <>
        {node.served > 0 && <Figure className="node-aside" text={formatCount(node.served)} />}
        <Figure className="server-down" text={text} title={faults.details} />
      </>
    )
  }
  if (tier === 'compact') return <Figure className="node-aside" text={formatCount(node.served)} />
  return node.port === undefined ? null : <Figure className="node-aside" text={`:${node.port}`} />
}

/** Being up is what is expected. */
function isTold({ kind }: Standing): boolean {
  return kind !== 'up' && kind !== 'seen'
}

interface StandingMarkProps {
  first: Standing
  others: readonly Standing[]
  title: string
  tier: string
}

/** The first in words, the others by their shapes. */
function StandingMark({ first, others, title, tier }: StandingMarkProps) {
  const mark = useMark(first)
  return (
    <span
      className={`server-standing is-${first.kind}${isAway(first) ? ' server-down' : ''}`}
      title={title || undefined}
    >
      <StandingIcon kind={first.kind} size={11} />
      <Figure text={mark} />
      {tier === 'card' &&
        others.map(({ kind }) => <StandingIcon key={kind} kind={kind} size={11} />)}
    </span>
  )
}

function Served({ node, faults }: Pick<AsideProps, 'node' | 'faults'>) {
  return (
    <>
      <Figure className="server-served" text={`${formatCount(node.served)} served`} />
      {faults && <Figure className="server-down" text={faults.short} title={faults.details} />}
    </>
  )
}

function serverName(
  node: NodeState,
  {
    unlisted,
    standings,
    details,
    faults,
    ill,
    inFlight,
  }: Known & { ill: string | undefined; inFlight: number },
): string {
  const parts = [nameOfNode(node)]
  if (node.label) parts.push(node.label)
  if (node.policy !== undefined) parts.push(visibly`policy ${node.policy}`)
  if (hasWeight(node)) parts.push(`weight ${node.weight}`)
  if (node.port !== undefined) parts.push(`port ${node.port}`)
  parts.push(`${formatCount(node.served)} served`)
  if (unlisted) parts.push(unlisted)
  // What comes with time stands in the details.
  for (const standing of standings) {
    parts.push(standing.kind === 'down' ? standing.kind : standingWords(standing))
  }
  if (standings.some(isAway) && details !== '') parts.push(details)
  if (faults) parts.push(faults.mark)
  if (inFlight > 0) parts.push(`${counted(inFlight, 'message')} in flight`)
  const work = workWords(node)
  if (work !== undefined) parts.push(work)
  const trouble = troubleWords(node)
  if (trouble !== undefined) parts.push(trouble)
  if (ill !== undefined) parts.push(ill)
  return parts.join(', ')
}
