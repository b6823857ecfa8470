// Changes of one client's settings where they are shown, and its traffic.
import type { CommandResult } from '../../../shared/commands'
import { isObject } from '../../../shared/feed/field'
import type { NodeId } from '../../../shared/ids'
import { known, settled } from '../../../shared/settings/derive'
import { TRAFFIC } from '../../../shared/settings/features/traffic'
import { absentPolicies, policiesMistake } from '../../../shared/traffic-texts'
import { trafficOf } from '../../../shared/traffic-words'
import { useUi } from '../choices/ui'
import { execute, useLab } from '../lab/lab'
import { nodeName } from '../ui/names'
import { refused } from './refusal'
import { run } from './run'
import { noteChange } from './undo'

/** A change in a field, where the error belongs. */
export async function setClient(
  node: NodeId,
  values: Readonly<Record<string, unknown>>,
): Promise<CommandResult> {
  const refusal = policyRefusal(node, values.traffic)
  if (refusal !== undefined) return { ok: false, error: refusal }
  const result = await execute({ type: 'updateClient', node, ...values })
  if (result.ok && result.change)
    noteChange(`${nodeName(useLab.getState().live, node)} changed.`, result)
  return result
}

/** Says why a new mix of policies is not sent: no server has one of them, so its messages would fail. */
function policyRefusal(client: NodeId, traffic: unknown): string | undefined {
  const { nodes } = useLab.getState().live
  const written = isObject(traffic) ? traffic.policies : undefined
  const before = nodes.get(client)?.traffic
  const isNew = written !== (isObject(before) ? before.policies : '')
  // The lab refuses a text that it cannot read.
  if (typeof written !== 'string' || !isNew || policiesMistake(written)) return undefined
  const had = [...nodes.values()].filter(({ role }) => role === 'server').map((one) => one.policy)
  return absentPolicies(written, new Set(had.filter((policy) => policy != null)))
}

/** Starts the traffic of a client, or stops it. */
export async function toggleTraffic(client: NodeId): Promise<void> {
  if (refused()) return
  const isSending = useLab.getState().live.nodes.get(client)?.sending === true
  await run({ type: isSending ? 'stopTraffic' : 'startTraffic', client })
}

/** Starts or stops the traffic of the selected client; with no client selected all traffic: stops what sends, or starts all. */
export async function toggleSelected(): Promise<void> {
  const { selection, notify } = useUi.getState()
  if (selection?.kind === 'node' && selection.id.startsWith('client:')) {
    return toggleTraffic(selection.id)
  }
  if (refused()) return
  const sources = [...useLab.getState().live.nodes.values()].filter(
    ({ origin, traffic }) => origin === 'inside' && isObject(traffic),
  )
  if (sources.length === 0) {
    notify(
      'info',
      'No client has traffic: select a client, and switch its traffic on in the inspector.',
    )
    return
  }
  const sending = sources.filter((node) => node.sending)
  const type = sending.length > 0 ? 'stopTraffic' : 'startTraffic'
  for (const { id } of sending.length > 0 ? sending : sources) {
    // One that cannot start, a replay without arrivals, keeps no other from it.
    await run({ type, client: id })
  }
}

/** The changes of one drag of a rate's slider, which undo takes back at once. */
export class RateDrag {
  private joins: number | undefined
  private wanted: number | undefined
  private isBusy = false

  constructor(private readonly client: NodeId) {}

  /** Sends the latest rate when the one before has been carried out. */
  async to(perSecond: number): Promise<void> {
    this.wanted = perSecond
    if (this.isBusy) return
    this.isBusy = true
    while (this.wanted !== undefined) {
      const node = useLab.getState().live.nodes.get(this.client)
      const traffic = node && trafficOf(node)
      const rate = this.wanted
      this.wanted = undefined
      if (traffic === undefined) break
      const result = await run({
        type: 'updateClient',
        node: this.client,
        traffic: settled(TRAFFIC.settings, {
          ...known(TRAFFIC.settings, traffic),
          perSecond: rate,
        }),
        joins: this.joins,
      })
      if (!result.ok) break
      this.joins = result.change?.number ?? this.joins
    }
    this.isBusy = false
  }
}
