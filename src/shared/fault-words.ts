// The words about faults on links, for the screen and for docs/faults.md.

import { counted, formatDuration } from './format'
import { type NodeId, PROXY } from './ids'
import type { Harm } from './link-fault'
import { FAULT_SETTINGS, type FaultName } from './settings/fault'

interface FaultWords {
  readonly seen: string
  readonly program: string
}

/** What a person sees of each fault, and what the program at the end of the link sees. */
export const FAULT_WORDS: Readonly<Record<FaultName, FaultWords>> = {
  latency: {
    seen: 'Packets glide longer, each by about the same time, and keep their order. Their mark: delayed.',
    program: 'recv() returns later. Nothing is missing.',
  },
  bandwidth: {
    seen: 'A packet glides the longer the more bytes it has, and so do those behind it. Its mark: slow.',
    program: 'Long messages come slowly. Nothing is missing.',
  },
  'slow-close': {
    seen: 'The connection stays open for a while after its end.',
    program: 'All bytes come at once; the empty recv() that means the end comes later.',
  },
  timeout: {
    seen: 'Packets vanish at the end of the link, and after a silence the connection closes. Their mark: swallowed.',
    program: 'send() succeeds, recv() waits, and then the connection ends without an answer.',
  },
  'reset-peer': {
    seen: 'The first packet vanishes at the end of the link, and the connection breaks off; without a packet, at its end. Its mark: reset.',
    program: 'ECONNRESET: “Connection reset by peer”.',
  },
  slicer: {
    seen: 'A packet glides until its last slice is through. Its mark: how many slices.',
    program: 'One send() needs several recv(): a message is whole only after the last of them.',
  },
  'limit-data': {
    seen: 'The packet that reaches the limit vanishes at the end of the link, unless it just fits, and the connection closes. Its mark: cut off.',
    program: 'Half a message, and then the end. No answer gets back.',
  },
  down: {
    seen: 'Connections close, and new ones are refused.',
    program: 'ECONNREFUSED, or the end of a connection that was open.',
  },
  loss: {
    seen: 'A packet glides longer, until TCP has sent it again, and so do those behind it. Its mark: lost, sent again.',
    program: 'recv() returns 200 ms later, or 600, or more. Nothing is missing.',
  },
  corruption: {
    seen: 'A packet glides longer, as if lost: TCP finds a wrong checksum and sends it again. Its mark: corrupt, sent again.',
    program: 'recv() returns 200 ms later, or 600, or more. No byte is changed.',
  },
  duplication: {
    seen: 'A mark alone: comes twice. TCP throws the second away, and it is not drawn.',
    program: 'Nothing at all. No message comes twice.',
  },
  reordering: {
    seen: 'A packet glides longer, and so do those behind it: none is drawn in front of it. Its mark: overtaken.',
    program: 'recv() returns a little later. The order is the sender’s.',
  },
}

/** About harms that only a program between two others can do, not a network under TCP. */
export const INTERMEDIARY_WORDS =
  'A network under TCP never drops, changes or repeats a message. An intermediary, a program in between, can: hold a packet, and drop, edit or send it twice by hand.'

/** `server 100` of the link `server:100`. */
export function linkWords(link: string): string {
  return link.replace(':', ' ')
}

/** The link of a node to the proxy has the node's name, whether it is inside or outside. */
export function linkOf(node: NodeId): string {
  return node.replace(/^outside:/, '')
}

/** The link on which a packet is between these nodes, and its direction there. */
export function linkWay(
  from: NodeId,
  to: NodeId,
): { link: string; direction: 'to-server' | 'to-client' } {
  const far = from === PROXY ? to : from
  const link = linkOf(far)
  const isTowardsFar = far === to
  return {
    link,
    direction: link.startsWith('server:') === isTowardsFar ? 'to-server' : 'to-client',
  }
}

/** What has happened to a packet on its link, as a sentence. */
export function harmWords({ fault, ms, count }: Harm): string {
  const time = formatDuration(ms)
  switch (fault) {
    case 'latency':
      return `The link’s latency fault makes it ${time} later.`
    case 'bandwidth':
      return `The link’s bandwidth makes it ${time} later.`
    case 'slicer':
      return `Sliced: it arrives in ${counted(count, 'piece')}, the last ${time} after the first.`
    case 'loss':
      return `Lost ${timesOf(count)} on its link: TCP sends it again, ${time} later, and everything behind it waits.`
    case 'corruption':
      return `Corrupted ${timesOf(count)} on its link: TCP finds a wrong checksum and sends it again, ${time} later.`
    case 'duplication':
      return 'It comes twice: TCP throws the second one away.'
    case 'reordering':
      return `Others overtake it on its link: it is ${time} late, and they wait for it.`
    case 'timeout':
      return 'The link swallows it (a timeout fault): it never arrives.'
    case 'limit-data':
      return `The link lets ${counted(count, 'byte')} of it through, and closes the connection.`
    case 'reset-peer':
      return 'The link breaks the connection off: it never arrives.'
    case 'down':
      return 'The link is down: it never arrives.'
    case 'slow-close':
      return 'The link closes late.'
    case 'unknown':
      return 'A fault that only a newer Roundabout knows has harmed it.'
  }
}

/** The same beside the packet on the canvas: one or two words. */
export function harmMark({ fault, count }: Harm): string {
  switch (fault) {
    case 'latency':
      return 'delayed'
    case 'bandwidth':
      return 'slow'
    case 'slicer':
      return counted(count, 'slice')
    case 'loss':
      return 'lost, sent again'
    case 'corruption':
      return 'corrupt, sent again'
    case 'duplication':
      return 'comes twice'
    case 'reordering':
      return 'overtaken'
    case 'timeout':
      return 'swallowed'
    case 'limit-data':
      return 'cut off'
    case 'reset-peer':
      return 'reset'
    case 'down':
      return 'link down'
    case 'slow-close':
    case 'unknown':
      return 'harmed'
  }
}

/** The same of a fault in general. */
export function faultMark(fault: FaultName): string {
  return fault === 'slicer' ? 'in slices' : harmMark({ fault, ms: 0, count: 1 })
}

/** A fault's name and the mark of its packets, if they have one: `loss: lost, sent again`. */
export function faultInLegend(fault: FaultName): string {
  const name = FAULT_SETTINGS.fault.say(fault)
  if (fault === 'slow-close') return name
  const mark = faultMark(fault)
  return mark.includes(name) ? mark : `${name}: ${mark}`
}

function timesOf(count: number): string {
  return count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`
}
