// The table of filter keys, one row each: its test, its known values, and its hint. To add a key,
// add its row.
import type { PacketKind } from '../events'
import { comparisonTest, durationTest, numberTest, timeTest } from './amounts'
import { isOutsideNode, nodeTest } from './nodes'
import type { PacketFacts } from './packet-facts'
import { FilterError, type FilterValue } from './syntax'

export type PacketTest = (packet: PacketFacts) => boolean

/** Relative cost of a test: cheap tests run first and often spare the expensive ones. */
export const COST = { number: 0, exchange: 1, fields: 2, text: 3 } as const

/** Ids in the lab, for completing values. */
export interface KnownValues {
  clients: readonly string[]
  servers: readonly string[]
  policies: readonly string[]
  /** Names of nodes: `client 1`, `server 300`, `outside server 7`. */
  nodes: readonly string[]
}

export interface FilterKey {
  /** Case does not matter. */
  name: string
  /** Explains the key in a few words. */
  hint: string
  cost: number
  /** Whether its values are numbers, which can be compared by `>` and `<`. */
  compares?: boolean
  /** Returns the test for a value. Throws a FilterError if the value is wrong. */
  test(value: FilterValue): PacketTest
  /** Values to offer, each with its meaning. */
  values?(known: KnownValues): readonly (readonly [value: string, hint: string])[]
}

const KINDS: readonly { kind: PacketKind; words: readonly string[]; hint: string }[] = [
  { kind: 0, words: ['0', 'message', 'messages'], hint: 'a client’s message' },
  { kind: 1, words: ['1', 'registration', 'registrations'], hint: 'a server’s registration' },
  { kind: 2, words: ['2', 'answer', 'answers'], hint: 'a server’s answer' },
  { kind: 'error', words: ['error', 'errors'], hint: 'an error, or bytes that are no message' },
]

const IS: readonly { words: readonly string[]; hint: string; test: PacketTest }[] = [
  {
    words: ['ok'],
    hint: 'it arrived, with nothing wrong',
    test: ({ status, kind, verdict }) =>
      status === 'delivered' && kind !== 'error' && verdict !== 'wrong' && verdict !== 'error',
  },
  {
    words: ['error'],
    hint: 'an error, or bytes that are no message',
    test: ({ kind, verdict }) => kind === 'error' || verdict === 'error',
  },
  { words: ['lost', 'dropped'], hint: 'it never arrived', test: (p) => p.status === 'dropped' },
  { words: ['held'], hint: 'it is held on its way', test: (p) => p.status === 'held' },
  {
    words: ['flying', 'under way', 'underway', 'in flight'],
    hint: 'in flight, held or not',
    test: (p) => p.status === 'flying' || p.status === 'held',
  },
  { words: ['arrived', 'delivered'], hint: 'it arrived', test: (p) => p.status === 'delivered' },
  { words: ['edited'], hint: 'its bytes were changed on the way', test: (p) => p.edited },
  { words: ['copy'], hint: 'a copy that was made by hand', test: (p) => p.copy },
  {
    words: ['harmed'],
    hint: 'a fault of its link met it',
    test: (p) => p.harmed,
  },
  {
    words: ['question'],
    hint: 'a client’s own message to the proxy',
    test: (p) => p.id === p.exchange,
  },
  {
    words: ['outside'],
    hint: 'from or to a program of your own',
    test: (p) => isOutsideNode(p.from) || isOutsideNode(p.to),
  },
  {
    words: ['inside'],
    hint: 'between the app’s own programs',
    test: (p) => !isOutsideNode(p.from) && !isOutsideNode(p.to),
  },
]

const HASHES: readonly { words: readonly string[]; hint: string; test: PacketTest }[] = [
  {
    words: ['correct', 'right'],
    hint: 'the client found the hash correct',
    test: (p) => p.verdict === 'correct',
  },
  { words: ['wrong'], hint: 'the client found the hash wrong', test: (p) => p.verdict === 'wrong' },
]

/** Fields of which a value matches a part; the others are compared as a whole. */
const SEARCHED = new Set(['payload', 'error'])
const POLICY_SPELLINGS = ['privPoliId', 'privPolyId']

export const FILTER_KEYS: readonly FilterKey[] = [
  {
    name: 'type',
    hint: '0, 1, 2 or error',
    cost: COST.number,
    test: (value) => {
      const { kind } = parseChoice(KINDS, value, 'type')
      return (packet) => packet.kind === kind
    },
    values: () => KINDS.map(({ words, hint }) => [words[0] ?? '', hint]),
  },
  {
    name: 'client',
    hint: 'whose exchange it belongs to',
    cost: COST.exchange,
    test: idTest((packet) => packet.client()),
    values: ({ clients }) => clients.map((id) => [id, `client ${id}`]),
  },
  {
    name: 'server',
    hint: 'the server of its exchange',
    cost: COST.exchange,
    test: idTest((packet) => packet.server()),
    values: ({ servers }) => servers.map((id) => [id, `server ${id}`]),
  },
  {
    name: 'policy',
    hint: 'the privacy policy asked for',
    cost: COST.exchange,
    test: idTest((packet) => packet.policy()),
    values: ({ policies }) => policies.map((id) => [id, `policy ${id}`]),
  },
  {
    name: 'is',
    hint: 'ok, error, lost, held, flying, edited, harmed …',
    cost: COST.number,
    test: (value) => parseChoice(IS, value, 'is').test,
    values: () => IS.map(({ words, hint }) => [words[0] ?? '', hint]),
  },
  {
    name: 'hash',
    hint: 'correct or wrong, as the client found it',
    cost: COST.number,
    test: (value) => parseChoice(HASHES, value, 'hash').test,
    values: () => HASHES.map(({ words, hint }) => [words[0] ?? '', hint]),
  },
  {
    name: 'from',
    hint: 'who sent it: proxy, 300, "server 300"',
    cost: COST.number,
    test: ({ text }) => {
      const means = nodeTest(text)
      return (packet) => means(packet.from)
    },
    values: nodeValues,
  },
  {
    name: 'to',
    hint: 'who it is for: proxy, 300, "server 300"',
    cost: COST.number,
    test: ({ text }) => {
      const means = nodeTest(text)
      return (packet) => means(packet.to)
    },
    values: nodeValues,
  },
  {
    name: 'node',
    hint: 'who sent it or who it is for',
    cost: COST.number,
    test: eitherEnd,
    values: nodeValues,
  },
  {
    name: 'link',
    hint: 'on the link of this client or server',
    cost: COST.number,
    test: eitherEnd,
    values: nodeValues,
  },
  fieldKey('payload', 'a part of the payload'),
  {
    name: 'size',
    hint: 'in bytes: >100, 50..80',
    cost: COST.number,
    compares: true,
    test: (value) => {
      const means = numberTest(value, 'size', '>100')
      return (packet) => means(packet.size)
    },
  },
  {
    name: 'took',
    hint: 'its time on the link, or an answer’s round trip: >1s',
    cost: COST.exchange,
    compares: true,
    test: (value) => {
      const means = durationTest(value, 'took')
      return (packet) => {
        const took = packet.took()
        return took !== undefined && means(took)
      }
    },
  },
  {
    name: 'time',
    hint: 'when it was sent, as the list shows it: >41.2',
    cost: COST.number,
    compares: true,
    test: (value) => {
      const means = timeTest(value, 'time')
      return (packet) => means(packet.sentAt)
    },
  },
  numberKey('packet', 'its number', (packet) => packet.id),
  numberKey('exchange', 'the number of its exchange', (packet) => packet.exchange),
  numberKey('connection', 'the number of its connection', (packet) => packet.connection),
  fieldKey('srcid', 'the field of that name'),
  fieldKey('destid', 'the field of that name'),
  fieldKey('id', 'the field of that name'),
  fieldKey('privPoliId', 'the field of that name, in either spelling', POLICY_SPELLINGS),
  fieldKey('privPolyId', 'the field of that name, in either spelling', POLICY_SPELLINGS),
  fieldKey('payloadsize', 'the field of that name'),
  fieldKey('listenport', 'the field of that name'),
  fieldKey('error', 'a part of the error in an answer'),
]

const byName = new Map(FILTER_KEYS.map((key) => [key.name.toLowerCase(), key]))

/** Returns the key of this name, in any case. */
export function keyNamed(name: string): FilterKey | undefined {
  return byName.get(name.toLowerCase())
}

/**
 * Returns the key for `field.name:`, for fields that are not part of the protocol. The spelling is
 * exact.
 */
export function extraField(name: string): FilterKey {
  return fieldKey(name, 'the field of that name')
}

function numberKey(
  name: string,
  hint: string,
  numberOf: (packet: PacketFacts) => number,
): FilterKey {
  return {
    name,
    hint,
    cost: COST.number,
    compares: true,
    test: (value) => {
      const means = numberTest(value, name, '12')
      return (packet) => means(numberOf(packet))
    },
  }
}

function fieldKey(name: string, hint: string, spellings: readonly string[] = [name]): FilterKey {
  const searched = SEARCHED.has(name)
  return {
    name,
    hint,
    cost: COST.fields,
    compares: !searched,
    test: (value) => {
      const means = fieldTest(value, searched)
      return (packet) => {
        const fields = packet.fields()
        return (
          fields !== undefined &&
          spellings.some((key) => Object.hasOwn(fields, key) && means(fields[key]))
        )
      }
    },
  }
}

/** Compares numbers and texts as text (`1` equals `"1"`); searches nested values for a part. */
function fieldTest(value: FilterValue, searched: boolean): (field: unknown) => boolean {
  const compare = searched ? undefined : comparisonTest(value)
  if (compare) {
    return (field) => {
      const number = typeof field === 'string' && field.trim() !== '' ? Number(field) : field
      return typeof number === 'number' && compare(number)
    }
  }
  const whole = value.text.trim()
  const part = value.text.toLowerCase()
  return (field) => {
    if (typeof field === 'object' && field !== null) {
      return JSON.stringify(field).toLowerCase().includes(part)
    }
    const text = String(field)
    return searched ? text.toLowerCase().includes(part) : text.trim() === whole
  }
}

function idTest(idOf: (packet: PacketFacts) => string | undefined): FilterKey['test'] {
  return ({ text }) => {
    const id = text.trim()
    return (packet) => idOf(packet) === id
  }
}

function eitherEnd({ text }: FilterValue): PacketTest {
  const means = nodeTest(text)
  return (packet) => means(packet.from) || means(packet.to)
}

function nodeValues({ nodes }: KnownValues): readonly (readonly [string, string])[] {
  return [['proxy', 'the proxy'], ...nodes.map((name) => [name, ''] as const)]
}

function parseChoice<T extends { words: readonly string[] }>(
  choices: readonly T[],
  { text, from, to }: FilterValue,
  key: string,
): T {
  const wanted = text.trim().toLowerCase()
  const choice = choices.find(({ words }) => words.includes(wanted))
  if (choice) return choice
  const words = choices.map((known) => known.words[0] ?? '')
  throw new FilterError(`“${key}:” knows no “${text}”, only ${joinWords(words)}.`, from, to)
}

/** `a, b and c` */
export function joinWords(words: readonly string[]): string {
  const last = words.at(-1) ?? ''
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`
}
