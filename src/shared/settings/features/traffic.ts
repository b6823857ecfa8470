// The traffic of a client, or of a crowd of clients like it.
import { MAX_CROWD, MAX_TRAFFIC_MESSAGES, MAX_TRAFFIC_RATE } from '../../limits'
import { arrivalsMistake, payloadsMistake, policiesMistake } from '../../traffic-texts'
import type { SettledOf } from '../derive'
import { choice, duration, feature, flag, number, text, wholeNumber } from '../setting'

export const TRAFFIC = feature({
  label: 'Traffic',
  help: 'The client sends messages by itself, alone or as a crowd of clients like it. The same seed gives the same traffic.',
  settings: {
    pattern: choice({
      default: 'constant',
      label: 'Pattern',
      help: 'When messages are sent. Only the closed loop waits for answers; all other patterns send on time even if earlier messages are unanswered.',
      options: [
        { value: 'constant', label: 'Constant' },
        { value: 'poisson', label: 'Poisson' },
        { value: 'bursts', label: 'Bursts' },
        { value: 'ramp', label: 'Ramp' },
        { value: 'sine', label: 'Sine' },
        { value: 'closed-loop', label: 'Closed loop' },
        { value: 'replay', label: 'Replay' },
      ],
    }),
    perSecond: number({
      default: 2,
      min: 0.01,
      max: MAX_TRAFFIC_RATE,
      unit: 'per second',
      label: 'Rate',
      help: 'Messages of all its clients together; for a ramp and a sine, the rate at the beginning.',
    }),
    toPerSecond: number({
      default: 10,
      min: 0.01,
      max: MAX_TRAFFIC_RATE,
      unit: 'per second',
      label: 'Other rate',
      help: 'The rate that a ramp ends at and keeps, or that a sine reaches in the middle of each period.',
    }),
    periodMs: duration({
      default: 30_000,
      min: 10,
      label: 'Period',
      help: 'How long the ramp takes, or one wave of the sine.',
    }),
    burst: wholeNumber({
      default: 10,
      min: 1,
      max: 1_000,
      label: 'Burst',
      help: 'How many messages are sent at once. The rate decides how often.',
    }),
    thinkMs: duration({
      default: 1_000,
      label: 'Think time',
      help: 'How long each client waits after an answer before its next message.',
    }),
    thinking: choice({
      default: 'exponential',
      label: 'Think times',
      help: 'Exponentially distributed around the think time, or always the same.',
      options: [
        { value: 'exponential', label: 'Exponential' },
        { value: 'constant', label: 'Constant' },
      ],
    }),
    arrivals: text({
      default: '',
      maxChars: 200_000,
      mistake: arrivalsMistake,
      label: 'Arrivals',
      help: 'When each message is sent, in ms after the start, separated by commas or spaces.',
    }),
    clients: wholeNumber({
      default: 1,
      min: 1,
      max: MAX_CROWD,
      label: 'Clients',
      help: 'How many clients send. Each client of a crowd has its own id and its own connection.',
    }),
    forMs: duration({
      default: 0,
      min: 0,
      label: 'For',
      help: 'How long it sends; 0: until somebody stops it.',
    }),
    messages: wholeNumber({
      default: 0,
      min: 0,
      max: MAX_TRAFFIC_MESSAGES,
      label: 'Messages at most',
      help: 'Stops after this many messages; 0: no limit.',
    }),
    policies: text({
      default: '',
      maxChars: 1_000,
      mistake: policiesMistake,
      label: 'Policies',
      help: 'Policies and their weights, such as 111*3, 222: three messages in four ask for 111. Empty: the client’s own policy.',
    }),
    payloads: text({
      default: '',
      maxChars: 10_000,
      mistake: payloadsMistake,
      label: 'Payloads',
      help: 'Payloads and their weights, such as small*9, large: nine messages in ten are small. Empty: the client’s own payload.',
    }),
    keys: wholeNumber({
      default: 1,
      min: 1,
      max: 10_000,
      label: 'Keys',
      help: 'How many variants each payload has, told apart by a number at the end. 1: the payload as it is.',
    }),
    keyShares: choice({
      default: 'uniform',
      label: 'Key shares',
      help: 'All keys equally often, or the first ones more often (Zipf).',
      options: [
        { value: 'uniform', label: 'Uniform' },
        { value: 'zipf', label: 'Zipf' },
      ],
    }),
    zipfExponent: number({
      default: 1,
      min: 0,
      max: 5,
      label: 'Zipf exponent',
      help: 'The share of key n is proportional to 1/n to this power: the larger it is, the more the first keys dominate.',
    }),
    atStart: flag({
      default: true,
      label: 'Starts with the lab',
      help: 'The traffic starts when the scenario is opened; otherwise somebody starts it.',
      said: ['by itself', 'when somebody starts it'],
    }),
  },
})

export type TrafficValues = SettledOf<(typeof TRAFFIC)['settings']>
export type PatternName = TrafficValues['pattern']

const RATED: readonly (keyof TrafficValues)[] = ['perSecond']
const CHANGING = [...RATED, 'toPerSecond', 'periodMs'] as const

const OF_PATTERN: Readonly<Record<PatternName, readonly (keyof TrafficValues)[]>> = {
  constant: RATED,
  poisson: RATED,
  bursts: [...RATED, 'burst'],
  ramp: CHANGING,
  sine: CHANGING,
  'closed-loop': ['thinkMs', 'thinking'],
  replay: ['arrivals'],
}

/** Whether the pattern has a rate that a person can change. */
export function hasRate(pattern: string): boolean {
  return usedBy(pattern).includes('perSecond')
}

function usedBy(pattern: string): readonly (keyof TrafficValues)[] {
  return (OF_PATTERN as Readonly<Record<string, readonly (keyof TrafficValues)[]>>)[pattern] ?? []
}

/** The settings that have an effect with this pattern, in the order of a form. */
export function trafficSettings(values: object) {
  const pattern = String(Reflect.get(values, 'pattern'))
  const own = new Set<string>(Object.values(OF_PATTERN).flat())
  const used = new Set<string>(usedBy(pattern))
  const isZipf = Reflect.get(values, 'keyShares') === 'zipf'
  return Object.fromEntries(
    Object.entries(TRAFFIC.settings).filter(([name]) => {
      if (name === 'zipfExponent') return isZipf
      return !own.has(name) || used.has(name)
    }),
  )
}
