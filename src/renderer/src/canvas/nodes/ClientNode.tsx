// A client: its message, its policy, and the result of its last exchange.
import { Play, Plug, Square, Unplug } from 'lucide-react'
import { memo } from 'react'
import type { NodeProps } from 'reactflow'
import { counted, formatCount, shortened } from '../../../../shared/format'
import type { NodeId } from '../../../../shared/ids'
import type { NodeState } from '../../../../shared/state/state'
import {
  behindWords,
  type TrafficFacts,
  trafficOf,
  trafficWords,
} from '../../../../shared/traffic-words'
import { visibly } from '../../../../shared/visible-controls'
import { nameOfNode } from '../../ui/names'
import { policySwatch, policyVariable } from '../../ui/theme/policy'
import type { ActorFlowNode } from '../flow'
import { useSampled } from '../use-sampled'
import './traffic.css'
import { DoctorMark, doctorWords } from './DoctorMark'
import { ActorCard, ActorTitle, Figure, InFlight, MOST_BESIDE_NAME } from './NodeParts'
import { RateMark } from './RateMark'

type Verdict = NonNullable<NodeState['lastVerdict']>

const VERDICTS: Record<Verdict, { sign: string; words: string }> = {
  correct: { sign: '✓', words: 'last answer correct' },
  wrong: { sign: '✗', words: 'last answer wrong' },
  error: { sign: '✗', words: 'last answer an error' },
}
/** Longer payloads are cut before the browser computes their layout. */
const PAYLOAD_CHARACTERS = 40

export const ClientNode = memo(function ClientNode({
  id,
  data: { tier },
}: NodeProps<ActorFlowNode>) {
  const node = useSampled(tier, (state) => state.nodes.get(id))
  const colour = useSampled(tier, (state) => policyVariable(state, node?.policy))
  const swatch = useSampled(tier, (state) => policySwatch(state, node?.policy))
  const ill = useSampled(tier, (state) => doctorWords(state, id))
  if (!node) return null

  const gone = node.origin === 'outside' && node.connections === 0
  const traffic = trafficOf(node)
  const isCrowd = traffic !== undefined && traffic.clients > 1
  return (
    <ActorCard
      node={node}
      tier={tier}
      name={ill === undefined ? clientName(node, gone) : `${clientName(node, gone)}, ${ill}`}
      colour={colour}
      className={`${gone ? 'is-gone' : ''} ${node.inFlight > MOST_BESIDE_NAME ? 'is-tight' : ''}`}
    >
      <span className="node-bar" style={{ background: swatch }} />
      <span className="node-line" aria-hidden="true">
        <ActorTitle node={node} tier={tier} OutsideIcon={gone ? Unplug : Plug} />
        {traffic && tier !== 'card' && <Crowd node={node.id} clients={traffic.clients} />}
        {tier === 'card' && <InFlight count={node.inFlight} what="packet" />}
        <VerdictMark node={node} counted={tier !== 'chip' && !(isCrowd && tier === 'compact')} />
      </span>
      {tier === 'card' && (
        <span className="client-question" aria-hidden="true">
          {traffic ? (
            <TrafficLine node={node} traffic={traffic} />
          ) : (
            <Question node={node} gone={gone} />
          )}
        </span>
      )}
      {tier !== 'chip' && <DoctorMark node={id} tier={tier} />}
      {tier === 'card' && <RateMark node={node} tier={tier} />}
    </ActorCard>
  )
})

/** The number of clients that the node stands for. A click shows them; from the keyboard, the node's tools do. */
function Crowd({ node, clients }: { node: NodeId; clients: number }) {
  if (clients === 1) return null
  return (
    <span className="client-crowd" data-crowd-of={node} title={`Show the ${clients} clients`}>
      <Figure text={`×${formatCount(clients)}`} />
    </span>
  )
}

/** Whether it sends, and how. */
function TrafficLine({ node, traffic }: { node: NodeState; traffic: TrafficFacts }) {
  const Icon = node.sending ? Play : Square
  const behind = behindWords(node)
  return (
    <span className={`client-traffic ${node.sending ? 'is-sending' : ''}`}>
      <Icon size={11} aria-hidden="true" />
      {behind ? (
        // Shown in place of the wanted rate, which the client does not reach: the card has no space for both.
        <Figure className="client-behind" text={behind} />
      ) : (
        <Figure text={trafficWords(traffic)} />
      )}
      <Crowd node={node.id} clients={traffic.clients} />
    </span>
  )
}

function VerdictMark({ node, counted }: { node: NodeState; counted: boolean }) {
  const verdict = node.lastVerdict
  const wrong = node.wrongHashes ?? 0
  if (counted && wrong > 0) return <Answers served={node.served} wrong={wrong} />
  if (verdict === undefined) {
    return counted && node.served > 0 ? (
      <Figure className="node-aside" text={formatCount(node.served)} />
    ) : null
  }
  // Beside a cross, the number of answers would read as the number of wrong ones.
  const count = counted && verdict === 'correct' ? formatCount(node.served) : undefined
  return (
    <span className={`client-verdict is-${verdict}`} title={VERDICTS[verdict].words}>
      {count && <Figure className="client-count" text={count} />}
      <Figure text={VERDICTS[verdict].sign} />
    </span>
  )
}

/** The right ones and the wrong ones. */
function Answers({ served, wrong }: { served: number; wrong: number }) {
  const right = Math.max(0, served - wrong)
  return (
    <span className="client-answers" title={answerWords({ served, wrongHashes: wrong })}>
      {right > 0 && (
        <Figure className="client-verdict is-correct" text={`${formatCount(right)} ✓`} />
      )}
      <Figure className="client-verdict is-wrong" text={`${formatCount(wrong)} ✗`} />
    </span>
  )
}

/** `3 answers, 1 wrong`. */
function answerWords({ served, wrongHashes = 0 }: Pick<NodeState, 'served' | 'wrongHashes'>) {
  const answers = counted(served, 'answer')
  return wrongHashes === 0 ? answers : `${answers}, ${formatCount(wrongHashes)} wrong`
}

function Question({ node, gone }: { node: NodeState; gone: boolean }) {
  if (gone) return <Figure text="has left" />
  const policy = node.policy ?? 'no policy yet'
  if (node.payload === undefined) return <Figure text={`→ ${policy}`} />
  return (
    <>
      <Figure
        className="client-payload"
        text={`“${shortened(node.payload, PAYLOAD_CHARACTERS)}”`}
      />
      <Figure className="client-policy" text={` → ${policy}`} />
    </>
  )
}

function clientName(node: NodeState, gone: boolean): string {
  const parts = [nameOfNode(node)]
  if (node.policy !== undefined) parts.push(visibly`policy ${node.policy}`)
  if (node.payload !== undefined) {
    parts.push(visibly`payload ${shortened(node.payload, PAYLOAD_CHARACTERS)}`)
  }
  const traffic = trafficOf(node)
  if (traffic) {
    if (traffic.clients > 1) parts.push(`a crowd of ${formatCount(traffic.clients)}`)
    parts.push(`traffic ${trafficWords(traffic)}, ${node.sending ? 'running' : 'stopped'}`)
    const behind = behindWords(node)
    if (behind) parts.push(behind)
  }
  parts.push(answerWords(node))
  if (node.lastVerdict) parts.push(VERDICTS[node.lastVerdict].words)
  if (node.inFlight > 0) parts.push(`${counted(node.inFlight, 'packet')} in flight`)
  if (gone) parts.push('has left')
  return parts.join(', ')
}
