// What happens in the lessons that ship with the app: the truth of each question, what does each task, and what spoils it.
import type { Truth } from '../../src/shared/lesson/answer'
import { FIRST_LESSONS } from './first-lessons'
import type { Solution } from './player'

export interface PlayedLesson {
  /** By the titles of the steps. */
  readonly truths: Readonly<Record<string, Truth>>
  readonly solutions: Readonly<Record<string, Solution>>
  /** Each of them spoils the task of its step. */
  readonly spoilers?: Readonly<Record<string, readonly Solution[]>>
}

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
const sets = (id: string, fields: object) =>
  does({ type: 'updateServer', node: `server:${id}`, ...fields }, 2_000)
const removes = (id: string) => does({ type: 'removeNode', node: `server:${id}` }, 2_000)
const setsPool = (fields: object) => does({ type: 'updatePool', policy: '111', ...fields }, 2_000)
const RETRIES = { on: 'failed', idempotent: true, to: 'same', max: 3 }
const retries = (changed: object) => [setsPool({ retries: { ...RETRIES, ...changed } })]

/** By their folders. */
export const SHIPPED: Readonly<Record<string, PlayedLesson>> = {
  ...FIRST_LESSONS,
  '08-weights': {
    truths: {
      'One large, two small': share({ 100: 71.4, 300: 14.3, 500: 14.3 }),
      'In which order?': order('100 100 300 100 500 100 100'),
      'An account for each server': server('500'),
      'Now with 3, 2, 1': order('100 300 100 500 300 100'),
      'The same in HAProxy': order('200 200 200 400 200 200 600'),
      'The large server is taken out': share({ 100: 0, 300: 50, 500: 50 }),
      'A weight that nobody looks at': share({ 200: 33.3, 400: 33.3, 600: 33.3 }),
      'The same pool under load': share({ 200: 71.4, 400: 14.3, 600: 14.3 }),
    },
    solutions: {
      'Give server 300 half': [sets('100', { weight: 1 }), sets('300', { weight: 2 })],
    },
    spoilers: {
      'Give server 300 half': [[adds({ policy: '111' })], [removes('500')]],
    },
  },
  '09-the-knee': {
    truths: {
      'One server at work': number(179.2),
      'Eight a second, evenly': number(179.2),
      'Eight a second, by chance': choice(2),
      'Little’s law': number(3.1),
      'From 80 to 90 per cent': choice(2),
      'Over the edge': number(30),
      'One of the four fails': choice(2),
    },
    solutions: {
      'Share the queue, not only the messages': [setsPool({ algorithm: 'least-connections' })],
    },
  },
  '10-retries': {
    truths: {
      'Three answers in ten are cut off': number(11),
      'And if the proxy tries again?': number(58),
      'What has the server done?': number(3),
      'When the proxy must not ask again': choice(1),
      'Everything fails': number(40),
      'The storm': number(22),
      'The same fault, with a budget': number(2),
    },
    solutions: { 'Before the storm': retries({ budgetPercent: 20 }) },
    spoilers: {
      'Before the storm': [
        [],
        [setsPool({ retries: 'off' })],
        retries({ max: 0 }),
        retries({ max: 1 }),
        retries({ idempotent: false }),
      ],
    },
  },
  '11-consistent-hashing': {
    truths: {
      'The same client again': server('100'),
      'The plain hash': server('300'),
      'How many have moved?': number(9),
      'A ring instead': share({ 100: 33.3, 300: 25, 500: 8.3, 700: 33.3 }),
      'One leaves the ring': server('100'),
      'How many this time?': number(4),
      'And when it comes back?': server('700'),
    },
    solutions: {
      'Take 700 out without moving anybody else': [sets('700', { drain: true })],
    },
    spoilers: {
      'Take 700 out without moving anybody else': [
        [removes('700')],
        [setsPool({ algorithm: 'haproxy-ring-hash' })],
      ],
    },
  },
  '12-write-a-server': {
    truths: {
      'What the proxy says to a new server': number(0),
      'A question in slices': choice(1),
    },
    solutions: {},
  },
  '13-write-a-client': {
    truths: {
      'Who notices a wrong answer?': choice(1),
      'Nobody serves this policy': choice(1),
    },
    solutions: {},
  },
  '14-write-a-proxy': {
    truths: {
      'Where does it connect to?': choice(1),
      Listen: choice(2),
      'One slow server': choice(1),
    },
    solutions: {},
  },
}
