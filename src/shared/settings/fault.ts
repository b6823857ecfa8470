// The settings of a fault on a link. The faults themselves are in main/engine/links/faults/, their words in fault-words.ts.
import type { Recorded, SettledOf } from './derive'
import { choice, duration, number, percent, wholeNumber } from './setting'

export const FAULT_SETTINGS = {
  direction: choice({
    default: 'to-server',
    label: 'Direction',
    help: 'Which way the bytes go that meet it.',
    inScenario: 'required',
    options: [
      { value: 'to-server', label: 'towards the servers' },
      { value: 'to-client', label: 'towards the clients' },
    ],
  }),
  fault: choice({
    default: 'latency',
    label: 'Fault',
    help: 'What happens to the bytes of the link.',
    inScenario: 'required',
    options: [
      { value: 'latency', label: 'latency' },
      { value: 'bandwidth', label: 'bandwidth' },
      { value: 'slow-close', label: 'slow close' },
      { value: 'timeout', label: 'timeout' },
      { value: 'reset-peer', label: 'reset' },
      { value: 'slicer', label: 'slicer' },
      { value: 'limit-data', label: 'data limit' },
      { value: 'down', label: 'down' },
      { value: 'loss', label: 'loss' },
      { value: 'corruption', label: 'corruption' },
      { value: 'duplication', label: 'duplication' },
      { value: 'reordering', label: 'reordering' },
    ],
  }),
  probability: number({
    default: 1,
    min: 0,
    max: 1,
    label: 'Probability',
    help: 'With which a connection meets it: drawn once for each connection, from the seed of the scenario.',
    whose: 'Toxiproxy’s toxicity',
  }),
  latencyMs: duration({
    default: 200,
    min: 0,
    label: 'Latency',
    help: 'How much later everything arrives.',
  }),
  jitterMs: duration({
    default: 0,
    min: 0,
    label: 'Jitter',
    help: 'So much more or less, at random; nothing overtakes.',
  }),
  kilobytesPerSecond: number({
    default: 1,
    min: 0.001,
    max: 1_000_000,
    label: 'Kilobytes per second',
    help: 'How fast bytes get through; a kilobyte has 1000 bytes. To stop all, use a timeout after 0.',
  }),
  afterMs: duration({
    default: 1_000,
    min: 0,
    label: 'After',
    help: 'A slow close: how much later the end comes. A timeout: the silence after which it closes; 0: never. A reset: how long after the first bytes.',
  }),
  averageBytes: wholeNumber({
    default: 20,
    min: 1,
    max: 1_000_000,
    label: 'Bytes of a slice',
    help: 'How many bytes a slice has on average.',
  }),
  variationBytes: wholeNumber({
    default: 0,
    min: 0,
    max: 1_000_000,
    label: 'Variation',
    help: 'So many bytes more or less, at random.',
  }),
  pauseMs: duration({
    default: 20,
    min: 0,
    label: 'Pause',
    help: 'The time between two slices.',
  }),
  limitBytes: wholeNumber({
    default: 100,
    min: 0,
    max: 1_000_000_000,
    label: 'Bytes in all',
    help: 'So many bytes get through on each connection, and then it closes.',
  }),
  packetPercent: percent({
    default: 10,
    label: 'Of the packets',
    help: 'Which share of the packets meets it, each try drawn by itself.',
  }),
  lateMs: duration({
    default: 30,
    min: 0,
    label: 'Late by',
    help: 'How late a packet is that another has overtaken.',
  }),
}

export type FaultValues = SettledOf<typeof FAULT_SETTINGS>
export type FaultName = FaultValues['fault']
/** The settings in a recording, which a newer version may have written. */
export type FaultSettings = Recorded<typeof FAULT_SETTINGS, FaultValues>

type Own = readonly (keyof FaultValues)[]

const OF_FAULT: Readonly<Record<FaultName, Own>> = {
  latency: ['latencyMs', 'jitterMs'],
  bandwidth: ['kilobytesPerSecond'],
  'slow-close': ['afterMs'],
  timeout: ['afterMs'],
  'reset-peer': ['afterMs'],
  slicer: ['averageBytes', 'variationBytes', 'pauseMs'],
  'limit-data': ['limitBytes'],
  down: [],
  loss: ['packetPercent'],
  corruption: ['packetPercent'],
  duplication: ['packetPercent'],
  reordering: ['packetPercent', 'lateMs'],
}

const ALL_OWN = new Set<string>(Object.values(OF_FAULT).flat())

/** The settings that have an effect with this fault, in the order of a form. */
export function faultSettings(fault: string) {
  const own = new Set<string>((OF_FAULT as Readonly<Record<string, Own>>)[fault] ?? [])
  return Object.fromEntries(
    Object.entries(FAULT_SETTINGS).filter(([name]) => !ALL_OWN.has(name) || own.has(name)),
  )
}
