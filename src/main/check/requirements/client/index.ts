// What a client must do, in the order in which it is reported.
import type { ClientStage } from '../../client-stage'
import type { Requirement } from '../requirement'
import { ASKING } from './asking'
import { HEARING } from './hearing'

export const CLIENT_REQUIREMENTS: readonly Requirement<ClientStage>[] = [...ASKING, ...HEARING]
