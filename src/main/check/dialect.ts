// How a program spells the protocol. What it takes is found by trying; then it is spoken to in its own way, so that one
// slip does not hide everything else.
import { createHash } from 'node:crypto'

type Written = 'numbers' | 'texts'
type PolicyKey = 'privPolyId' | 'privPoliId'

export interface Dialect {
  /** `"type": 0` or `"type": "0"`. */
  readonly types: Written
  readonly ids: Written
  readonly ports: Written
  readonly registrationKey: PolicyKey
  readonly questionKey: PolicyKey
  /** Whether the program must see the end of the question, or of the server's answer, before it acts. */
  readonly readsToTheEnd: boolean
}

export interface QuestionFields {
  readonly client: number
  readonly policy: number
  readonly payload: string
}

/** The assignment's own. */
export const ASSIGNED: Dialect = {
  types: 'numbers',
  ids: 'numbers',
  ports: 'numbers',
  registrationKey: 'privPolyId',
  questionKey: 'privPoliId',
  readsToTheEnd: false,
}

const ALL_TEXTS = { types: 'texts', ids: 'texts', ports: 'texts' } as const
const NUMBERS_IDS_AS_TEXTS = { types: 'numbers', ids: 'texts', ports: 'numbers' } as const
const SAME_KEYS = [
  { registrationKey: 'privPoliId', questionKey: 'privPoliId' },
  { registrationKey: 'privPolyId', questionKey: 'privPolyId' },
] as const

/** What is tried, the likeliest first: those of published solutions, then all others. */
export const DIALECTS: readonly Dialect[] = distinct([
  ASSIGNED,
  { ...ASSIGNED, ...ALL_TEXTS },
  ...SAME_KEYS.map((keys) => ({ ...ASSIGNED, ...keys })),
  ...SAME_KEYS.map((keys) => ({ ...ASSIGNED, ...NUMBERS_IDS_AS_TEXTS, ...keys })),
  ...SAME_KEYS.map((keys) => ({ ...ASSIGNED, ...ALL_TEXTS, ...keys })),
  ...everyDialect(),
  { ...ASSIGNED, readsToTheEnd: true },
  { ...ASSIGNED, ...ALL_TEXTS, readsToTheEnd: true },
])

export function asTexts(dialect: Dialect): Dialect {
  return { ...dialect, ...ALL_TEXTS }
}

function everyDialect(): Dialect[] {
  const written = ['numbers', 'texts'] as const
  const keys = ['privPolyId', 'privPoliId'] as const
  return written.flatMap((types) =>
    written.flatMap((ids) =>
      written.flatMap((ports) =>
        keys.flatMap((registrationKey) =>
          keys.map((questionKey) => ({
            types,
            ids,
            ports,
            registrationKey,
            questionKey,
            readsToTheEnd: false,
          })),
        ),
      ),
    ),
  )
}

function distinct(dialects: readonly Dialect[]): Dialect[] {
  return [...new Map(dialects.map((dialect) => [dialectWords(dialect), dialect])).values()]
}

/** One line: `as assigned`, or what differs from that. */
export function dialectWords(dialect: Dialect): string {
  const { types, ids, ports, registrationKey, questionKey, readsToTheEnd } = dialect
  const different: string[] = []
  if (types === 'texts') different.push('types as texts ("type": "0")')
  if (ids === 'texts') different.push('ids as texts')
  if (ports === 'texts') different.push('ports as texts')
  if (registrationKey !== ASSIGNED.registrationKey) {
    different.push(`registrations with "${registrationKey}"`)
  }
  if (questionKey !== ASSIGNED.questionKey) different.push(`questions with "${questionKey}"`)
  if (readsToTheEnd) different.push('reads until the other side ends, not until the object ends')
  return different.length === 0 ? 'as assigned' : different.join(', ')
}

/** Each returns an object in the order in which the assignment names the fields. */
export function question(dialect: Dialect, { client, policy, payload }: QuestionFields): object {
  return {
    type: typeIn(dialect, 0),
    srcid: idIn(dialect, client),
    [dialect.questionKey]: idIn(dialect, policy),
    payloadsize: idIn(dialect, Buffer.byteLength(payload)),
    payload,
  }
}

export function registration(dialect: Dialect, id: number, policy: number, port: number): object {
  return {
    type: typeIn(dialect, 1),
    id: idIn(dialect, id),
    [dialect.registrationKey]: idIn(dialect, policy),
    listenport: dialect.ports === 'texts' ? `${port}` : port,
  }
}

/** `client`: as the question had it. */
export function answer(dialect: Dialect, server: number, client: unknown, payload: string): object {
  return {
    type: typeIn(dialect, 2),
    srcid: idIn(dialect, server),
    destid: client,
    payloadsize: idIn(dialect, Buffer.byteLength(payload)),
    payload,
  }
}

export function sha1(payload: string): string {
  return createHash('sha1').update(payload).digest('hex')
}

function typeIn({ types }: Dialect, type: number): string | number {
  return types === 'texts' ? `${type}` : type
}

function idIn({ ids }: Dialect, id: number): string | number {
  return ids === 'texts' ? `${id}` : id
}
