// What the state knew at the moment of a decision: the numbers that its words have put in, also later.
import type { PassedOver } from '../decision/reason'
import type { LabEvent } from '../events'
import type { NodeId, ProtocolId } from '../ids'
import type { DraftMap } from './draft-map'
import { DEFAULTS } from './pool'
import type { Decision, NodeState, Packet, PoolSettings, RowState } from './state'

type Rows = Pick<DraftMap<ProtocolId, RowState>, 'get'>
type Nodes = Pick<DraftMap<NodeId, NodeState>, 'get'>
type Pools = Pick<DraftMap<ProtocolId, PoolSettings>, 'get'>

type DecisionMade = Extract<LabEvent, { type: 'decision.made' }>

/** `question`: the client's message, with the attempts that failed before this one. */
export function decisionIn(
  event: DecisionMade,
  question: Packet | undefined,
  rows: Rows,
  nodes: Nodes,
  pools: Pools,
): Decision {
  const decision = fieldsOf(event)
  const { attempt, passedOver, panic, policy } = decision
  const failure = attempt > 1 ? question?.failures?.at(-1) : undefined
  const isPlain = passedOver.every(({ why }) => why === 'down' || why === 'tried')
  if (isPlain && failure === undefined && panic !== true) return decision
  return {
    ...decision,
    ...(!isPlain && { passedOver: passedOver.map((one) => withNumbers(one, rows, nodes)) }),
    ...(failure && { failure }),
    ...(panic === true && { panicBelow: (pools.get(policy) ?? DEFAULTS).panicPercent }),
  }
}

/** Written out field by field: the rest of a destructured object takes several times as long. */
function fieldsOf(event: DecisionMade): Decision {
  const decision: Decision = {
    exchange: event.exchange,
    attempt: event.attempt,
    policy: event.policy,
    algorithm: event.algorithm,
    server: event.server,
    candidates: event.candidates,
    passedOver: event.passedOver,
    reason: event.reason,
    next: event.next,
    at: event.at,
  }
  if (event.waitedMs !== undefined) decision.waitedMs = event.waitedMs
  if (event.others !== undefined) decision.others = event.others
  if (event.panic !== undefined) decision.panic = event.panic
  if (event.healthy !== undefined) decision.healthy = event.healthy
  if (event.of !== undefined) decision.of = event.of
  return decision
}

function withNumbers(one: PassedOver, rows: Rows, nodes: Nodes): PassedOver {
  const row = rows.get(one.server)
  if (row === undefined) return one
  if (one.why === 'full') {
    const limit = one.limit ?? nodes.get(row.node)?.maxConnections
    return limit === undefined ? one : { ...one, limit }
  }
  return row.until === undefined ? one : { ...one, until: row.until }
}
