// The settings of a server.
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
    help: 'The share of the messages that the server gets beside the others, where the algorithm sees weights (nginx’s and HAProxy’s default: 1).',
    outside: true,
  }),
  maxConnections: wholeNumber({
    default: 0,
    min: 0,
    max: 10_000,
    label: 'Limit',
    help: 'The server has at most so many messages in flight; 0: no limit (nginx’s max_conns, HAProxy’s maxconn; both 0 by default). Over a kept connection, too.',
    outside: true,
  }),
  backup: flag({
    default: false,
    label: 'Backup',
    help: 'The server gets messages only where no other one can be chosen (nginx’s and HAProxy’s backup).',
    said: ['yes', 'no'],
    outside: true,
  }),
  drain: flag({
    default: false,
    label: 'Drain',
    help: 'The server gets no new messages, and finishes those that it has (HAProxy’s state drain).',
    said: ['takes no new messages', 'no'],
    outside: true,
  }),
}
