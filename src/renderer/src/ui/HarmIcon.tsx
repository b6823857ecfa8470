// The shape of each fault of a link, and of what it does to a packet. Decoration beside words, and so without an accessible
// name.
import {
  Ban,
  CircleQuestionMark,
  Copy,
  DoorOpen,
  EqualNot,
  Gauge,
  Hourglass,
  type LucideIcon,
  RotateCw,
  Scissors,
  Shuffle,
  SquareSplitHorizontal,
  Unplug,
  WifiOff,
} from 'lucide-react'
import type { Harm } from '../../../shared/link-fault'

/** A shape for each, which no other has. */
export const FAULT_ICONS: Readonly<Record<Harm['fault'], LucideIcon>> = {
  latency: Hourglass,
  bandwidth: Gauge,
  'slow-close': DoorOpen,
  timeout: Ban,
  'reset-peer': Unplug,
  slicer: SquareSplitHorizontal,
  'limit-data': Scissors,
  down: WifiOff,
  loss: RotateCw,
  corruption: EqualNot,
  duplication: Copy,
  reordering: Shuffle,
  unknown: CircleQuestionMark,
}

export function HarmIcon({ fault }: Pick<Harm, 'fault'>) {
  const Icon = FAULT_ICONS[fault]
  return <Icon size={13} strokeWidth={2.5} aria-hidden="true" />
}
