// All faults, by name. ADDING.md says how to add one.
import type { FaultName } from '../../../../shared/settings/fault'
import { bandwidth } from './bandwidth'
import { corruption } from './corruption'
import { down } from './down'
import { duplication } from './duplication'
import type { FaultKind } from './fault'
import { latency } from './latency'
import { limitData } from './limit-data'
import { loss } from './loss'
import { reordering } from './reordering'
import { resetPeer } from './reset-peer'
import { slicer } from './slicer'
import { slowClose } from './slow-close'
import { timeout } from './timeout'

export const FAULTS: Readonly<Record<FaultName, FaultKind>> = {
  latency,
  bandwidth,
  'slow-close': slowClose,
  timeout,
  'reset-peer': resetPeer,
  slicer,
  'limit-data': limitData,
  down,
  loss,
  corruption,
  duplication,
  reordering,
}
