// What a proxy must do, in the order in which it is reported.
import type { ProxyStage } from '../../proxy-stage'
import type { Requirement } from '../requirement'
import { AT_ONCE } from './at-once'
import { CLIENTS } from './clients'
import { MESSAGES } from './messages'
import { SERVERS } from './servers'
import { STREAMS } from './streams'
import { TURNS } from './turns'

const ORDER = [
  'one-exchange',
  'numbers',
  'texts',
  'no-payloadsize',
  'round-robin',
  'registration-order',
  'turn-per-policy',
  'newcomer-keeps-turn',
  're-registration',
  'right-policy',
  'nobody-serves',
  'server-gone',
  'server-hangs-up',
  'server-garbage',
  'idle-client',
  'open-registration',
  'slow-server',
  'twenty-at-once',
  'right-client',
  'garbage-in',
  'missing-fields',
  'reset',
  'client-leaves',
  'split-message',
  'joined-messages',
  'second-message',
  'payload-1500',
  'payload-200000',
  'other-scripts',
  'half-close',
  'split-answer',
  'late-listener',
  'fifty-in-a-row',
  'asked-once-unchanged',
]

export const PROXY_REQUIREMENTS: readonly Requirement<ProxyStage>[] = [
  ...MESSAGES,
  ...TURNS,
  ...SERVERS,
  ...AT_ONCE,
  ...CLIENTS,
  ...STREAMS,
].sort((one, other) => ORDER.indexOf(one.id) - ORDER.indexOf(other.id))
