import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MAX_FILTER_CHARS } from '../limits'
import { type PacketFacts, parseFilter, quoteValue } from './filter'

const base: PacketFacts = {
  id: 12,
  exchange: 10,
  kind: 0,
  from: 'proxy',
  to: 'server:300',
  connection: 4,
  status: 'delivered',
  edited: false,
  copy: false,
  harmed: false,
  verdict: undefined,
  sentAt: 41_270.6,
  size: 69,
  client: () => '3',
  policy: () => '111',
  server: () => '300',
  ...{ took: () => 600.2, onLink: () => 600.2, roundTrip: () => undefined },
  fields: () => ({ type: '0', srcid: 3, privPolyId: '111', payload: 'Hello, World', extra: [1] }),
  has: (text) =>
    '{"type":"0","srcid":3,"privpolyid":"111","payload":"hello, world","extra":[1]}'.includes(text),
}

function matches(text: string, facts: Partial<PacketFacts> = {}): boolean {
  const parsed = parseFilter(text)
  if (!parsed.ok) throw new Error(parsed.error)
  return parsed.filter.matches({ ...base, ...facts })
}

function mistake(text: string): string {
  const parsed = parseFilter(text)
  return parsed.ok ? 'none' : `${text.slice(parsed.from, parsed.to)}| ${parsed.error}`
}

describe('what a filter lets through', () => {
  it.each([
    '',
    '   ',
    'type:0',
    'Type:message',
    'TYPE:0,2',
    'client:3 policy:111 server:300',
    'type:0 and client:3',
    '-is:error',
    'not is:error',
    '--is:ok',
    'type:2 or client:3',
    'type:2 (client:1 or client:2) or policy:111',
    '-(type:2 or client:9)',
    'hello',
    '-"size>100" -"type=0"',
    '-typ=0 -x>1 -=',
    '"hello, world"',
    '“hello, world”',
    'payload:"hello, w"',
    'payload:xyz,world',
    'srcid:3',
    'srcid:>2',
    'srcid:1..3',
    'privPoliId:111',
    'privpolyid:"111"',
    'field.srcid:3',
    'field."srcid":3',
    'field.extra:1',
    'from:proxy',
    'to:300',
    'to:server',
    'to:"server 300"',
    'to:"inside server 300"',
    'node:proxy',
    'link:"server:300"',
    'link:server:300',
    'is:ok is:arrived is:inside',
    'size:69 size:>60 size:<=69 size:50..80',
    'took:600 took:>0.5s took:<1min took:500..700 took:0.6s',
    'time:41 time:41.27 time:>0:41 time:41270ms',
    'packet:12 exchange:10 connection:4',
  ])('%s', (text) => expect(matches(text)).toBe(true))
})

describe('what it keeps back', () => {
  it.each([
    'type:1',
    'client:300',
    'type:0 client:4',
    '-type:0',
    'not type:0',
    'hello -world',
    '"and"',
    'payload:field',
    'field.privPoliId:111',
    'from:server',
    'to:"outside server 300"',
    'to:"client 300"',
    'node:client',
    'link:"outside:server:300"',
    'is:error',
    'is:lost',
    'is:held',
    'is:flying',
    'is:"under way"',
    'is:edited',
    'is:copy',
    'is:harmed',
    'is:question',
    'is:outside',
    'hash:correct',
    'hash:wrong',
    'size:>69',
    'took:>600.2',
    'time:41.28',
    'listenport:>0',
  ])('%s', (text) => expect(matches(text)).toBe(false))

  it('what a packet is tells its state, its verdict and its ends', () => {
    expect(matches('is:flying is:held', { status: 'held' })).toBe(true)
    expect(matches('is:copy', { copy: true })).toBe(true)
    expect(matches('is:harmed', { harmed: true })).toBe(true)
    expect(matches('is:lost', { status: 'dropped' })).toBe(true)
    expect(matches('hash:wrong -is:ok', { verdict: 'wrong' })).toBe(true)
    expect(matches('is:error type:error', { kind: 'error' })).toBe(true)
    expect(matches('is:question is:outside', { id: 10, from: 'outside:client:7' })).toBe(true)
    expect(matches('from:"client 7" from:7', { from: 'outside:client:7' })).toBe(true)
    expect(matches('from:"unknown program"', { from: 'outside:unknown' })).toBe(true)
    expect(matches('node:7:b', { to: 'outside:server:7:b' })).toBe(true)
  })
})

describe('mistakes', () => {
  it.each([
    ['typ:0', 'typ:| There is no “typ:”. Did you mean “type:”?'],
    ['is:ok polcy:111', 'polcy:| There is no “polcy:”. Did you mean “policy:”?'],
    ['type:4', '4| “type:” knows no “4”, only 0, 1, 2 and error.'],
    ['hash:maybe', 'maybe| “hash:” knows no “maybe”, only correct and wrong.'],
    ['type=0', 'type=0| Did you mean “type:0”?'],
    ['is:ok Size=5', 'Size=5| Did you mean “size:5”?'],
    ['size>100', 'size>100| Did you mean “size:>100”?'],
    ['-took<=1s', 'took<=1s| Did you mean “took:<=1s”?'],
    ['size==5', 'size==5| Did you mean “size:5”?'],
    ['type<2', 'type<2| “type:” is not compared by “<”. Did you mean “type:2”?'],
    ['payload=', 'payload=| Did you mean “payload:”?'],
    ['srcid>2', 'srcid>2| Did you mean “srcid:>2”?'],
    ['client:', 'client:| After “client:” a value is missing.'],
    [
      'client: 3',
      'client:| After “client:” a value is missing. Without the space, “client:3” would do.',
    ],
    ['client:1,', 'client:1,| After “client:1,” a value is missing.'],
    ['-', '-| After “-” a term is missing.'],
    ['not', 'not| After “not” a term is missing.'],
    ['a or', 'or| After “or” a term is missing.'],
    [
      'or a',
      'or| Before “or” a term is missing. To search for the word, write "or" in quotation marks.',
    ],
    [
      'a and or b',
      'and| “and” stands between two terms. To search for the word, write "and" in quotation marks.',
    ],
    ['(a', '(| This “(” has no “)”.'],
    ['()', '()| Between “(” and “)” a term is missing.'],
    ['a)', 'none'],
    ['a )', ')| There is no “(” before this “)”.'],
    ['"two words', '"two words| This quotation mark has no second one.'],
    [
      '"type":0',
      ':| After the second quotation mark a space is missing. In a text, a quotation mark is written \\".',
    ],
    ['size:big', 'big| “size:” wants a number, like “size:>100”.'],
    ['size:>', '>| “size:” wants a number, like “size:>100”.'],
    ['srcid:>x', '>x| After “>” a number is missing.'],
    [
      'took:long',
      'long| “took:” wants a time in milliseconds, like “took:>1000”, or with its unit: “1.5s”.',
    ],
    ['field.x', 'field.x| After “field.x” a colon and a value are missing: “field.x:1”.'],
  ])('%s', (text, expected) => expect(mistake(text)).toBe(expected))

  it('names what else there is where a key is like none', () => {
    expect(mistake('http://x')).toContain('For any field of the message write “field.http:”')
  })

  it('refuses a text past the limit', () => {
    expect(mistake('x'.repeat(MAX_FILTER_CHARS + 1))).toContain('at most 500 characters')
  })
})

/** Terms whose meaning the test computes independently. */
const atoms: fc.Arbitrary<{ text: string; plain: (facts: PacketFacts) => boolean }> = fc.oneof(
  fc
    .constantFrom<PacketFacts['kind']>(0, 1, 2, 'error')
    .map((kind) => ({ text: `type:${kind}`, plain: (facts: PacketFacts) => facts.kind === kind })),
  fc
    .uniqueArray(fc.stringMatching(/^[a-z0-9 ",\\():-]{1,6}$/), { minLength: 1, maxLength: 3 })
    .map((ids) => ({
      text: `client:${ids.map(quoteValue).join(',')}`,
      plain: (facts: PacketFacts) => ids.some((id) => id.trim() === facts.client()),
    })),
  fc.tuple(fc.constantFrom('>', '<', '>=', '<='), fc.nat(200)).map(([sign, size]) => ({
    text: `size:${sign}${size}`,
    plain: (facts: PacketFacts) =>
      sign === '>'
        ? facts.size > size
        : sign === '<'
          ? facts.size < size
          : sign === '>='
            ? facts.size >= size
            : facts.size <= size,
  })),
  fc.string({ minLength: 1, maxLength: 3 }).map((part) => ({
    text: `payload:"${part.replace(/["\\]/g, '\\$&')}"`,
    plain: (facts: PacketFacts) =>
      String(facts.fields()?.payload).toLowerCase().includes(part.toLowerCase()),
  })),
  fc.constantFrom('a', 'Z', '1', '"or"').map((text) => ({
    text,
    plain: (facts: PacketFacts) => facts.has(text.replaceAll('"', '').toLowerCase()),
  })),
)

const trees = fc.letrec<{ tree: { text: string; plain: (facts: PacketFacts) => boolean } }>(
  (tie) => ({
    tree: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      atoms,
      tie('tree').map(({ text, plain }) => ({
        text: `-(${text})`,
        plain: (facts: PacketFacts) => !plain(facts),
      })),
      fc.tuple(tie('tree'), tie('tree'), fc.constantFrom(' ', ' and ')).map(([a, b, and]) => ({
        text: `(${a.text})${and}(${b.text})`,
        plain: (facts: PacketFacts) => a.plain(facts) && b.plain(facts),
      })),
      fc.tuple(tie('tree'), tie('tree')).map(([a, b]) => ({
        text: `(${a.text} or ${b.text})`,
        plain: (facts: PacketFacts) => a.plain(facts) || b.plain(facts),
      })),
    ),
  }),
).tree

const packets: fc.Arbitrary<PacketFacts> = fc
  .record({
    kind: fc.constantFrom<PacketFacts['kind']>(0, 1, 2, 'error'),
    client: fc.option(fc.stringMatching(/^[a-z0-9 ]{1,2}$/).map((id) => id.trim())),
    size: fc.nat(200),
    payload: fc.string({ maxLength: 12 }),
  })
  .map(({ kind, client, size, payload }) => ({
    ...base,
    kind,
    size,
    client: () => client ?? undefined,
    fields: () => ({ payload }),
    text: () => JSON.stringify({ payload }),
  }))

it('means what its terms mean, put together', () => {
  fc.assert(
    fc.property(trees, fc.array(packets, { minLength: 1, maxLength: 8 }), (tree, some) => {
      fc.pre(tree.text.length <= MAX_FILTER_CHARS)
      const parsed = parseFilter(tree.text)
      if (!parsed.ok) throw new Error(`${tree.text}: ${parsed.error}`)
      for (const packet of some) {
        expect(parsed.filter.matches(packet)).toBe(tree.plain(packet))
      }
    }),
  )
})

it('takes any text without failing, and names a place in it where it is wrong', () => {
  const pieces = fc.array(
    fc.oneof(
      fc.constantFrom('type:', '-', '(', ')', ' or ', 'not ', '"', '“', ',', 'field.', '>', '..'),
      fc.string({ unit: 'binary', maxLength: 5 }),
    ),
    { maxLength: 14 },
  )
  fc.assert(
    fc.property(
      pieces.map((parts) => parts.join('')),
      (text) => {
        const parsed = parseFilter(text)
        if (parsed.ok) {
          expect(typeof parsed.filter.matches(base)).toBe('boolean')
          return
        }
        expect(parsed.error).toMatch(/[.?]$/)
        expect(parsed.from).toBeGreaterThanOrEqual(0)
        expect(parsed.to).toBeGreaterThan(parsed.from)
        expect(parsed.to).toBeLessThanOrEqual(text.length)
      },
    ),
    { numRuns: 600 },
  )
})

it('asks nothing dear where something cheap says no', () => {
  const dear = () => {
    throw new Error('The bytes were read.')
  }
  const facts = { ...base, text: dear, fields: dear, client: dear }
  for (const text of ['hello payload:x client:3 type:1', 'type:0 or hello or client:3']) {
    const parsed = parseFilter(text)
    if (!parsed.ok) throw new Error(parsed.error)
    expect(parsed.filter.matches(facts)).toBe(text.includes(' or '))
  }
})
