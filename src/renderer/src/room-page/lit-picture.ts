// What the instructor's spotlight leaves lit of the lab in small.
import type { PacketId } from '../../../shared/ids'
import { type ClassPicture, type LabMoment, PROXY_INDEX } from '../../../shared/room/class-picture'
import type { SpotlightTarget } from '../../../shared/spotlight-target'

/** Nodes and their links, by index; the proxy has PROXY_INDEX. */
export interface LitPicture {
  readonly nodes: ReadonlySet<number>
  readonly links: ReadonlySet<number>
  /** All other packets are faint; undefined: those on other links are. */
  readonly packet: PacketId | undefined
}

/** Undefined: nothing is dimmed, for what is meant is not drawn. */
export function litPicture(
  lab: ClassPicture,
  packets: LabMoment['packets'],
  target: SpotlightTarget | null,
): LitPicture | undefined {
  switch (target?.kind) {
    case undefined:
      return undefined
    case 'node':
    case 'link': {
      if (target.kind === 'node' && target.id === 'proxy') return lit([PROXY_INDEX], [])
      const index = lab.nodes.findIndex(({ node }) => node === target.id)
      if (index < 0) return undefined
      return lit(target.kind === 'node' ? [index] : [], [index])
    }
    case 'policy': {
      const policy = lab.policies.find(({ id }) => id === target.id)
      return policy && lit([PROXY_INDEX, ...policy.servers], policy.servers)
    }
    case 'packet': {
      const packet = packets.find(([id]) => id === target.id)
      if (packet === undefined) return undefined
      const [id, , from, to] = packet
      return { ...lit([from, to], [from === PROXY_INDEX ? to : from]), packet: id }
    }
  }
}

function lit(nodes: readonly number[], links: readonly number[]): LitPicture {
  return { nodes: new Set(nodes), links: new Set(links), packet: undefined }
}

export function isPacketLit({ packet, links }: LitPicture, one: LabMoment['packets'][number]) {
  const [id, , from, to] = one
  return packet === undefined ? links.has(from === PROXY_INDEX ? to : from) : id === packet
}

/** What is in the spotlight, in words; empty: nothing. */
export function spotlightWords(lab: ClassPicture, target: SpotlightTarget | null): string {
  switch (target?.kind) {
    case undefined:
      return ''
    case 'policy':
      return `policy ${target.id}`
    case 'packet':
      return 'one message'
    case 'node':
    case 'link': {
      if (target.id === 'proxy') return 'the reverse proxy'
      const index = lab.nodes.findIndex(({ node }) => node === target.id)
      if (index < 0) return ''
      const name = `${index < lab.clients ? 'client' : 'server'} ${lab.nodes[index]?.id}`
      return target.kind === 'node' ? name : `the link of ${name}`
    }
  }
}
