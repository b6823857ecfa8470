// What happens in the first seven lessons, apart from the one about an idle client, which starts a program of its own and is
// played over real sockets (tests/interop/one-idle-client.test.ts).
import type { Truth } from '../../src/shared/lesson/answer'
import type { PlayedLesson } from './shipped'

const server = (id: string): Truth => ({ kind: 'server', server: id })
const order = (servers: string): Truth => ({ kind: 'order', servers: servers.split(' ') })
const number = (value: number): Truth => ({ kind: 'number', value })
const choice = (index: number): Truth => ({ kind: 'choice', index })
const share = (percents: Readonly<Record<string, number>>): Truth => ({
  kind: 'share',
  shares: Object.entries(percents).map(([id, percent]) => ({ server: id, percent })),
})

/** A command, and how much simulated time passes before it. */
const does = (command: object, afterMs = 0) => ({ ...command, afterMs })
const adds = (command: object) => does({ type: 'addServer', ...command })
const removes = (id: string) => does({ type: 'removeNode', node: `server:${id}` })
const sets = (id: string, fields: object) =>
  does({ type: 'updateServer', node: `server:${id}`, ...fields })
const sends = (client: string, count = 1) =>
  does({ type: 'sendMessage', client: `client:${client}`, count }, 2_000)

/** By their folders. */
export const FIRST_LESSONS: Readonly<Record<string, PlayedLesson>> = {
  '01-what-a-reverse-proxy-is': {
    truths: {
      'Whom does client 1 dial?': choice(0),
      'One question, how many connections?': number(2),
      'What the message says': choice(0),
      'Whom does the server see?': choice(1),
      'The way back': choice(0),
      'Two clients, one server': choice(0),
      'The other kind of proxy': choice(0),
    },
    solutions: {
      'A server goes, and a client does not notice': [removes('100'), sends('1')],
    },
    spoilers: { 'A server goes, and a client does not notice': [[removes('300')]] },
  },
  '02-registration-and-the-switching-table': {
    truths: {
      'A message that nobody can take': choice(1),
      'A registration under way': choice(1),
      'What a row is made of': choice(0),
      'Does the server hear back?': choice(1),
      'In which order?': order('500 100 300'),
      'A server dies': choice(2),
      'Whose turn is it?': server('500'),
      'The same id, another policy': order('500 100 500'),
    },
    solutions: { 'Bring it back': [sets('500', { stopped: false }), sends('1', 3)] },
  },
  '03-round-robin-per-policy': {
    truths: {
      'The first message': server('100'),
      'Five in a row': order('300 100 300 100 300'),
      'Somebody asks for another policy': server('100'),
      'A newcomer': server('300'),
      'Now there are three': order('500 100 300 500'),
      'One leaves': order('100 500 100'),
      'Busy or not': server('100'),
    },
    solutions: { 'Your turn': [adds({ id: '400', policy: '222' }), sends('2', 2)] },
  },
  '04-a-message-is-not-a-read': {
    truths: {
      'How many reads?': choice(1),
      'When does it decide?': choice(1),
      'The line that everybody writes first': choice(0),
      'Three sends': choice(1),
      'The same line again': choice(1),
      'Where does a message end?': choice(0),
      'Byte by byte': choice(2),
      'The end comes too early': choice(1),
    },
    solutions: {
      'Your turn: cut a message': [
        does({
          type: 'setFault',
          link: 'client:2',
          direction: 'to-server',
          fault: 'slicer',
          averageBytes: 10,
        }),
        sends('2'),
      ],
    },
  },
  '06-three-ways-to-be-gone': {
    truths: {
      'The program has ended': choice(1),
      'How often was it chosen?': number(4),
      'The program hangs': choice(2),
      'Slow or dead?': choice(2),
      'The connection breaks': choice(1),
      'Whose turn is it now?': server('100'),
      'The network is gone': choice(1),
    },
    solutions: {
      'Your turn: help the proxy': [sets('100', { stopped: true }), sends('1')],
    },
    spoilers: { 'Your turn: help the proxy': [[removes('100')], [sends('1')]] },
  },
  '07-a-slow-server': {
    truths: {
      'Who gets how many?': share({ 100: 50, 300: 50 }),
      'The queue at the slow one': number(10.7),
      'What people feel': choice(2),
      'Fewest in flight': server('100'),
      'Shares again': share({ 100: 72.5, 300: 27.5 }),
      'The fastest of all': share({ 100: 17.5, 300: 17.5, 500: 65 }),
    },
    solutions: {
      'Your turn: bring it down': [
        does({ type: 'updatePool', policy: '111', algorithm: 'least-connections' }),
      ],
    },
    spoilers: {
      'Your turn: bring it down': [
        [adds({ policy: '111' })],
        [removes('300')],
        [sets('300', { stopped: true })],
      ],
    },
  },
}
