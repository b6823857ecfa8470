import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EventBody, Node } from './events'
import { MAX_BREAKPOINTS, MAX_ID_CHARS, MAX_INSIDE_NODES, MAX_PAYLOAD_CHARS } from './limits'
import { CLASSIC_POOL, type Scenario } from './scenario'
import { checkScenario, pathText, scenarioOf, writeScenario } from './scenario-file'
import { INITIAL_STATE, reduce } from './state/reduce'
import type { State } from './state/state'

/** The version that is written. */
const VERSION = 5

const server = { id: '100', policy: '111' }
const client = { id: '1', policy: '111', payload: 'xyz' }
const FILE = {
  format: 'roundabout-scenario',
  version: VERSION,
  name: 'Lesson 3',
  servers: [server],
  clients: [client],
}

/** The errors of a file, with their positions. */
function wordsOf(value: unknown): string {
  const checked = checkScenario(value, 'file')
  if (checked.ok) return 'fine'
  return checked.path.length > 0 ? `${pathText(checked.path)}: ${checked.error}` : checked.error
}

const compared = { name: 'A', pools: [] }

describe('a scenario file', () => {
  it('is a scenario, with all that may be in it', () => {
    const all = {
      ...FILE,
      latencyMs: 0,
      speed: 0.5,
      paused: true,
      seed: 42,
      pools: [{ policy: '111', algorithm: 'random' }],
      servers: [{ ...server, port: 2105, keepConnection: true }],
      places: [
        { node: 'server:100', x: 400, y: -20.5 },
        { node: 'proxy', x: 0, y: 60 },
      ],
      breakpoints: [{ filter: 'type:0', once: true, enabled: false }],
      compare: [
        { name: 'In turn', pools: [] },
        {
          name: 'By chance',
          pools: [{ policy: '111', algorithm: 'random', queue: 'off' }],
          servers: [{ id: '100', weight: 3, maxConnections: 4 }],
        },
      ],
    }
    const { format: _format, version: _version, ...scenario } = all
    expect(checkScenario(all, 'file')).toEqual({ ok: true, scenario })
  })

  it('is called what its file is called where it has no name', () => {
    const { name: _name, ...nameless } = FILE
    const called = (name: string) => checkScenario(nameless, name)
    expect(called('Lesson 4')).toMatchObject({ scenario: { name: 'Lesson 4' } })
    expect(called(' ')).toMatchObject({ scenario: { name: 'Scenario' } })
  })

  it.each([
    [null, /^It is no scenario of Roundabout/],
    [[FILE], /^It is no scenario of Roundabout/],
    [{ ...FILE, format: 'other' }, /^It is no scenario of Roundabout/],
    [{ ...FILE, version: '1' }, /^version: /],
    [{ ...FILE, version: 0 }, /^version: /],
    [{ ...FILE, name: ' ' }, /^name: A name needs at least one character/],
    [{ ...FILE, server: [] }, /^server: There is no such field/],
    [{ ...FILE, servers: undefined }, /^servers: /],
    [{ ...FILE, servers: [server, { id: '200' }] }, /^servers\[1\]\.policy: It is missing/],
    [
      { ...FILE, servers: [server, { ...server, id: 200 }] },
      /^servers\[1\]\.id: It is a text: put it in quotes/,
    ],
    [{ ...FILE, servers: [server, server] }, /^servers\[1\]\.id: The id is that of servers\[0\]/],
    [
      {
        ...FILE,
        servers: [
          { ...server, port: 1 },
          { ...server, id: '2', port: 1 },
        ],
      },
      /^servers\[1\]\.port: The port is that of servers\[0\]/,
    ],
    [{ ...FILE, seed: -1 }, /^seed: A seed is from 0 to 4294967295/],
    [{ ...FILE, seed: 1.5 }, /^seed: A seed is a whole number/],
    [{ ...FILE, pools: [{ algorithm: 'random' }] }, /^pools\[0\]\.policy: It is missing/],
    [
      { ...FILE, pools: [{ policy: '1', algorithm: 'best' }] },
      /^pools\[0\]\.algorithm: It must be one of “round-robin”, “weighted-round-robin”, /,
    ],
    [
      { ...FILE, pools: [{ policy: '1', algorithm: 'random' }, { policy: '1' }] },
      /^pools\[1\]\.policy: The policy is that of pools\[0\]/,
    ],
    [{ ...FILE, servers: [{ ...server, port: 0 }] }, /^servers\[0\]\.port: /],
    [
      { ...FILE, clients: [client, { ...client, id: ' 1 ' }] },
      /^clients\[1\]\.id: The id is that of clients\[0\]/,
    ],
    [
      { ...FILE, clients: [{ ...client, id: 'x'.repeat(MAX_ID_CHARS + 1) }] },
      /^clients\[0\]\.id: An id has at most 64 characters/,
    ],
    [
      { ...FILE, clients: [{ ...client, payload: 'x'.repeat(MAX_PAYLOAD_CHARS + 1) }] },
      /^clients\[0\]\.payload: A payload has at most/,
    ],
    [
      {
        ...FILE,
        clients: Array.from({ length: MAX_INSIDE_NODES }, (_, id) => ({ ...client, id: `${id}` })),
      },
      /^There are at most 1000 servers and clients; these are 1001/,
    ],
    [
      {
        ...FILE,
        places: [
          { node: 'proxy', x: 0, y: 0 },
          { node: 'proxy', x: 1, y: 0 },
        ],
      },
      /^places\[1\]\.node: The node is that of places\[0\]/,
    ],
    [{ ...FILE, places: [{ node: 'proxy', x: 2e6, y: 0 }] }, /^places\[0\]\.x: A coordinate is at/],
    [
      { ...FILE, compare: [{ name: 'Alone', pools: [] }] },
      /^compare: A comparison is of 2 to 4 lists of pools/,
    ],
    [
      { ...FILE, compare: Array(2).fill({ name: 'Same', pools: [] }) },
      /^compare\[1\]\.name: The name is that of compare\[0\] too: choose another/,
    ],
    [
      {
        ...FILE,
        compare: [compared, { ...compared, name: 'B', pools: [{ policy: '1' }, { policy: '1' }] }],
      },
      /^compare\[1\]\.pools\[1\]\.policy: The policy is that of pools\[0\]/,
    ],
    [
      {
        ...FILE,
        compare: [compared, { ...compared, name: 'B', servers: [{ id: '9999', weight: 2 }] }],
      },
      /^compare\[1\]\.servers\[0\]\.id: No server of the scenario has this id/,
    ],
    [{ ...FILE, latencyMs: -1 }, /^latencyMs: /],
    [{ ...FILE, speed: 100 }, /^speed: /],
    [{ ...FILE, breakpoints: [{ filter: 'type:9' }] }, /^breakpoints\[0\]\.filter: /],
    [
      { ...FILE, breakpoints: Array(MAX_BREAKPOINTS + 1).fill({ filter: 'type:0' }) },
      /^breakpoints: There are at most/,
    ],
  ])('is refused with the place and words: %#', (value, words) => {
    expect(wordsOf(value)).toMatch(words)
    expect(wordsOf(value)).toMatch(/\.$/)
  })

  it('may have the same id for a server and a client', () => {
    expect(wordsOf({ ...FILE, clients: [{ ...client, id: server.id }] })).toBe('fine')
  })

  it.each(['one-server-per-policy', 'many-clients-one-policy'])('is the example %s', (name) => {
    const text = readFileSync(`examples/${name}.roundabout-scenario`, 'utf8')
    expect(wordsOf(JSON.parse(text))).toBe('fine')
  })

  it('gets an answer, whatever is in it', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.anything(), fc.string(), (json, anything, key) => {
        for (const value of [json, anything, { ...FILE, [key]: json }, { ...FILE, servers: json }])
          expect(wordsOf(value)).toMatch(/./)
      }),
    )
  })
})

it.each([1, VERSION])('a scenario file of version %d opens', (version) => {
  expect(wordsOf({ ...FILE, version })).toBe('fine')
})

const ids = fc.string({ minLength: 1, maxLength: 9, unit: 'grapheme' }).map((id) => `a${id}b`)
const scenarios: fc.Arbitrary<Omit<Scenario, 'name'>> = fc.record({
  latencyMs: fc.integer({ min: 0, max: 60_000 }),
  speed: fc.double({ min: 0.1, max: 10, noNaN: true }),
  servers: fc.uniqueArray(
    fc
      .record({ id: ids, policy: ids, keepConnection: fc.constant(true as const) })
      .chain(({ id, policy, keepConnection }) =>
        fc.constantFrom({ id, policy }, { id, policy, keepConnection }),
      ),
    { selector: ({ id }) => id, maxLength: 8 },
  ),
  clients: fc.uniqueArray(
    fc.record({ id: ids, policy: ids, payload: fc.string({ unit: 'binary' }) }),
    { selector: ({ id }) => id, maxLength: 8 },
  ),
})

/** A lab in which this exists. */
function labOf({ latencyMs = 600, speed = 1, servers, clients }: Omit<Scenario, 'name'>): State {
  const nodes: Node[] = [
    { id: 'proxy', role: 'proxy', origin: 'inside' },
    ...servers.map(({ id, ...rest }): Node => {
      const plain = { port: 5_000, keepConnection: false, ...rest }
      return { id: `server:${id}`, role: 'server', origin: 'inside', protocolId: id, ...plain }
    }),
    ...clients.map(
      ({ id, ...rest }): Node => ({
        id: `client:${id}`,
        role: 'client',
        origin: 'inside',
        protocolId: id,
        ...rest,
      }),
    ),
  ]
  const bodies: EventBody[] = [
    ...nodes.map((node): EventBody => ({ type: 'node.added', node })),
    { type: 'links.changed', latencyMs },
    { type: 'clock.changed', paused: true, speed },
  ]
  return reduce(
    INITIAL_STATE,
    bodies.map((body, index) => ({ seq: index + 1, at: index, ...body })),
  )
}

describe('a lab that is saved', () => {
  it('is the same one when its file is opened', () => {
    fc.assert(
      fc.property(scenarios, (scenario) => {
        const { contents, outside } = scenarioOf(labOf(scenario))
        expect(outside).toBe(0)
        const opened = checkScenario(JSON.parse(writeScenario(contents)), 'Lab')
        if (!opened.ok) throw new Error(opened.error)
        expect(opened.scenario).toEqual({ ...scenario, name: 'Lab' })
        expect(scenarioOf(labOf(opened.scenario)).contents).toEqual(contents)
      }),
    )
  })

  it('leaves outside programs out and says how many there are', () => {
    const node = { id: 'outside:server:7', role: 'server', origin: 'outside' } as const
    const lab = reduce(labOf(CLASSIC_POOL), [
      { seq: 100, at: 0, type: 'node.added', node: { ...node, protocolId: '7', policy: '1' } },
    ])
    const { contents, outside } = scenarioOf(lab)
    expect(outside).toBe(1)
    expect(contents.servers).toEqual(CLASSIC_POOL.servers)
  })

  it('has its breakpoints, as far as they are not what every new one is', () => {
    const breakpoint = { id: 1, filter: 'type:0', once: false, enabled: true }
    const lab = reduce(INITIAL_STATE, [
      { seq: 1, at: 0, type: 'breakpoint.set', breakpoint },
      {
        seq: 2,
        at: 0,
        type: 'breakpoint.set',
        breakpoint: { ...breakpoint, id: 2, once: true, enabled: false },
      },
    ])
    expect(scenarioOf(lab).contents.breakpoints).toEqual([
      { filter: 'type:0' },
      { filter: 'type:0', once: true, enabled: false },
    ])
  })

  it('has a line for each node', () => {
    const text = writeScenario({ ...CLASSIC_POOL, breakpoints: [{ filter: 'a "b"\n  c' }] })
    expect(text.split('\n').slice(0, 7)).toEqual([
      '{',
      '  "format": "roundabout-scenario",',
      `  "version": ${VERSION},`,
      '  "name": "Classic pool",',
      '  "servers": [',
      '    { "id": "100", "policy": "111" },',
      '    { "id": "200", "policy": "222" },',
    ])
    expect(text).toContain('    { "filter": "a \\"b\\"\\n  c" }\n  ]\n}\n')
  })
})
