// The settings of a server.
import { BEHAVIOUR } from './features/behaviour'
import { WORK } from './features/work'
import { flag, text, wholeNumber } from './setting'

export const SERVER_SETTINGS = {
  port: wholeNumber({
    default: null,
    min: 1,
    max: 65_535,
    label: 'Listen port',
    help: 'The port that the server listens on; left out, the next free one.',
    fixed: true,
    inScenario: 'unsaved',
  }),
  label: text({
    default: '',
    maxChars: 40,
    trim: true,
    label: 'Label',
    help: 'A name of your own for the server, shown on its card.',
    outside: true,
  }),
  keepConnection: flag({
    default: false,
    label: 'Keep the connection from the proxy open',
    help: 'Further messages for this server go over the same connection, without waiting for earlier answers.',
    said: ['kept open', 'one for each message'],
    outside: true,
  }),
  weight: wholeNumber({
    default: 1,
    min: 1,
    max: 256,
    label: 'Weight',
    help: 'The share of the messages that the server gets beside the others, where the algorithm sees weights.',
    whose: 'nginx’s and HAProxy’s weight',
    outside: true,
  }),
  maxConnections: wholeNumber({
    default: 0,
    min: 0,
    max: 10_000,
    label: 'Limit',
    help: 'The server has at most so many messages in flight, over a kept connection too; 0: no limit.',
    whose: 'nginx’s max_conns, HAProxy’s maxconn',
    outside: true,
  }),
  backup: flag({
    default: false,
    label: 'Backup',
    help: 'The server gets messages only where no other one can be chosen.',
    whose: 'nginx’s and HAProxy’s backup',
    said: ['yes', 'no'],
    deeds: ['make * a backup', 'make * no backup'],
    outside: true,
  }),
  drain: flag({
    default: false,
    label: 'Drain',
    help: 'The server gets no new messages, and finishes those that it has.',
    whose: 'HAProxy’s state drain',
    said: ['takes no new messages', 'no'],
    deeds: ['drain *', 'give * messages again'],
    outside: true,
  }),
  work: WORK,
  stopped: flag({
    default: false,
    label: 'Stopped',
    help: 'Nothing listens on its port, and its connections are closed; the proxy is not told. Once started, it registers again.',
    said: ['yes', 'no'],
    deeds: ['stop *', 'start *'],
  }),
  behaviour: BEHAVIOUR,
}

const { weight, maxConnections } = SERVER_SETTINGS
/** What the proxy goes by when it chooses: a compared lab may have others than the lab. */
export const COMPARED_SERVER_SETTINGS = { weight, maxConnections }
