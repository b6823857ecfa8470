// The ways in which an inside server fails to answer a message, by the names that the setting gives them.
import type { ValueOf } from '../../../../shared/settings/derive'
import type { BEHAVIOUR } from '../../../../shared/settings/features/behaviour'
import type { Behaviour } from './behaviour'
import { close } from './close'
import { crash } from './crash'
import { garbage } from './garbage'
import { half } from './half'
import { otherDestid } from './other-destid'
import { reset } from './reset'
import { silent } from './silent'
import { slow } from './slow'
import { wrongHash } from './wrong-hash'

/** All but `refuse`, which concerns connections (misbehaviour.ts). */
type Kind = Exclude<ValueOf<(typeof BEHAVIOUR.settings)['kind']>, 'refuse'>

export const BEHAVIOURS: Readonly<Record<Kind, Behaviour>> = {
  silent,
  slow,
  garbage,
  'wrong-hash': wrongHash,
  half,
  'other-destid': otherDestid,
  close,
  reset,
  crash,
}
