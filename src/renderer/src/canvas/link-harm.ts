// What the faults of a link are and which way the bytes go that meet them, in words for the graph. Pure.
import { linkOf } from '../../../shared/fault-words'
import type { FaultId, NodeId } from '../../../shared/ids'
import type { LinkFault } from '../../../shared/link-fault'
import { FAULT_SETTINGS } from '../../../shared/settings/fault'
import { faultsOn } from '../../../shared/state/faults'

type Direction = 'to-server' | 'to-client'

export interface LinkHarm {
  /** Each once. */
  readonly kinds: readonly LinkFault['fault'][]
  /** Whether bytes towards the servers meet a fault. */
  readonly toServer: boolean
  readonly toClient: boolean
  /** `loss, latency`. */
  readonly names: string
  /** `loss, latency to servers`. */
  readonly short: string
  /** `loss and latency towards the servers`. */
  readonly words: string
}

const MOST_NAMES = 2

/** Undefined for a link without faults. */
export function harmOf(
  faults: ReadonlyMap<FaultId, LinkFault>,
  node: NodeId,
): LinkHarm | undefined {
  const own = faultsOn(faults, node)
  if (own.length === 0) return undefined
  const toServer = namesOf(own, 'to-server')
  const toClient = namesOf(own, 'to-client')
  const names = listed([...new Set([...toServer, ...toClient])])
  const isBothWays = toServer.join() === toClient.join()
  return {
    kinds: [...new Set(own.map(({ fault }) => fault))],
    toServer: toServer.length > 0,
    toClient: toClient.length > 0,
    names,
    short: isBothWays
      ? `${names} both ways`
      : joined([part(listed(toServer), 'to servers'), part(listed(toClient), 'to clients')], ', '),
    words: isBothWays
      ? `${toServer.join(' and ')} both ways`
      : joined(
          [
            part(toServer.join(' and '), FAULT_SETTINGS.direction.say('to-server')),
            part(toClient.join(' and '), FAULT_SETTINGS.direction.say('to-client')),
          ],
          ', ',
        ),
  }
}

/** A direction that only a newer version knows counts as both. */
function namesOf(faults: readonly LinkFault[], way: Direction): string[] {
  const other = way === 'to-server' ? 'to-client' : 'to-server'
  const names = faults
    .filter(({ direction }) => direction !== other)
    .map(({ fault }) => FAULT_SETTINGS.fault.say(fault))
  return [...new Set(names)]
}

function listed(names: readonly string[]): string {
  const more = names.length - MOST_NAMES
  return names.slice(0, MOST_NAMES).join(', ') + (more > 0 ? ` and ${more} more` : '')
}

function part(names: string, direction: string): string {
  return names === '' ? '' : `${names} ${direction}`
}

function joined(parts: readonly string[], by: string): string {
  return parts.filter((one) => one !== '').join(by)
}

/** Whether bytes from the node to the proxy meet a fault, and those from the proxy to the node. */
export function harmedLanes(
  node: NodeId,
  { toServer, toClient }: Pick<LinkHarm, 'toServer' | 'toClient'>,
): { toProxy: boolean; fromProxy: boolean } {
  return linkOf(node).startsWith('server:')
    ? { toProxy: toClient, fromProxy: toServer }
    : { toProxy: toServer, fromProxy: toClient }
}
