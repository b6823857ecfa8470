// The end of an exchange, in the state.
import type { LabEvent } from '../events'
import { type NodeId, PROXY } from '../ids'
import type { DraftMap } from './draft-map'
import type { GivenDraft } from './given'
import type { Mark } from './marks'
import type { PolicyDraft } from './policies'
import { noteFinished } from './sender-state'
import type { NodeState } from './state'
import type { DraftTotals } from './totals'

interface EndDraft {
  readonly totals: DraftTotals
  readonly policies: PolicyDraft
  readonly given: GivenDraft
  readonly nodes: DraftMap<NodeId, NodeState>
  mark(kind: Mark['kind'], event: LabEvent): void
}

/** `isForeign`: another program is in our proxy's place. Nobody tells when that one gives up a server. */
export function noteExchangeFinished(
  draft: EndDraft,
  event: Extract<LabEvent, { type: 'exchange.finished' }>,
  isForeign: boolean,
): void {
  draft.totals.exchanges[event.outcome]++
  draft.policies.ended(event.exchange)
  if (isForeign) draft.given.ended(event.exchange)
  if (event.outcome === 'lost') draft.mark('error', event)
  const ends = [draft.nodes.edit(event.client), draft.nodes.edit(PROXY)]
  noteFinished(event.outcome === 'answered', ends)
}
