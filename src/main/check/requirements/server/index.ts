// What a server must do, in the order in which it is reported.
import type { ServerStage } from '../../server-stage'
import type { Requirement } from '../requirement'
import { ANSWERING } from './answering'
import { REGISTERING } from './registering'
import { SERVING } from './serving'

export const SERVER_REQUIREMENTS: readonly Requirement<ServerStage>[] = [
  ...REGISTERING,
  ...ANSWERING,
  ...SERVING,
]
