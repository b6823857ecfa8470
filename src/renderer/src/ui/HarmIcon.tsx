// The shape of what a fault does to a packet. Decoration beside words, and so without an accessible name.
import {
  Ban,
  CopyX,
  Hourglass,
  type LucideIcon,
  RotateCw,
  Scissors,
  Shuffle,
  SquareSplitHorizontal,
  Unplug,
  Zap,
} from 'lucide-react'
import type { Harm } from '../../../shared/link-fault'

const ICONS: Readonly<Record<Harm['fault'], LucideIcon>> = {
  latency: Hourglass,
  bandwidth: Hourglass,
  loss: RotateCw,
  corruption: RotateCw,
  duplication: CopyX,
  reordering: Shuffle,
  slicer: SquareSplitHorizontal,
  'limit-data': Scissors,
  'reset-peer': Unplug,
  down: Unplug,
  timeout: Ban,
  'slow-close': Hourglass,
  unknown: Zap,
}

export function HarmIcon({ fault }: Pick<Harm, 'fault'>) {
  const Icon = ICONS[fault]
  return <Icon size={13} strokeWidth={2.5} aria-hidden="true" />
}
