// A scenario as a file (`.roundabout-scenario`): JSON, written by the app or by hand. The screen checks a file that it
// opens, and the engine a scenario in a command, with the same fields.
import * as v from 'valibot'
import { filterText, places, policyId, protocolId, seed, speed } from './fields'
import { parseFilter } from './filter/filter'
import { UNQUOTED } from './issue-text'
import { DEFAULT_SEED, MAX_BREAKPOINTS, MAX_INSIDE_NODES, MAX_SERVERS } from './limits'
import { knownPart } from './newer-scenario'
import type { Scenario } from './scenario'
import { CLIENT_SETTINGS } from './settings/client'
import { given, known, saved, scenarioFields } from './settings/derive'
import { LINK_SETTINGS } from './settings/link'
import { POOL_SETTINGS } from './settings/pool'
import { SERVER_SETTINGS } from './settings/server'
import type { State } from './state/state'

const FORMAT = 'roundabout-scenario'
/**
 * Goes up with the first field, or value of a field, that is added after a release: the version before opens the file then
 * without it, and says so.
 */
const VERSION = 5
/**
 * New in 2: a server's `label`, `pools`, `seed`. In 3: `places`. In 4: `weight`, and the settings of algorithms. In 5: what a
 * pool does about failures and full servers, `maxConnections`, `backup`, `drain`. All of them may be left out.
 */
const VERSIONS = [1, 2, 3, 4, VERSION]

/** The largest file that is opened or written. */
export const MAX_SCENARIO_BYTES = 1024 * 1024
const MAX_SCENARIO_NAME_CHARS = 100

/** The keys that lead to a value in a file: `servers`, 2, `id`. */
export type JsonPath = readonly (string | number)[]

type CheckedScenario =
  /** `notice`: what a file of a newer version has and this one does not know, as a sentence. */
  | { ok: true; scenario: Scenario; notice?: string | undefined }
  /** `error` is a sentence about the value at `path`; an empty path means the whole file. */
  | { ok: false; error: string; path: JsonPath }

const name = v.pipe(
  v.string(),
  v.trim(),
  v.minLength(1, 'A name needs at least one character.'),
  v.maxLength(MAX_SCENARIO_NAME_CHARS, `A name has at most ${MAX_SCENARIO_NAME_CHARS} characters.`),
)

const filter = v.pipe(
  filterText,
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return
    const parsed = parseFilter(dataset.value)
    if (!parsed.ok) addIssue({ message: parsed.error })
  }),
)

const contents = {
  ...scenarioFields(LINK_SETTINGS),
  speed: v.exactOptional(speed),
  seed: v.exactOptional(seed),
  paused: v.exactOptional(v.boolean()),
  pools: v.exactOptional(
    v.pipe(
      v.array(v.strictObject({ policy: policyId, ...scenarioFields(POOL_SETTINGS) })),
      v.maxLength(MAX_SERVERS, `There are at most ${MAX_SERVERS} pools.`),
    ),
  ),
  servers: v.array(
    v.strictObject({ id: protocolId, policy: policyId, ...scenarioFields(SERVER_SETTINGS) }),
  ),
  clients: v.array(
    v.strictObject({ id: protocolId, policy: policyId, ...scenarioFields(CLIENT_SETTINGS) }),
  ),
  places: v.exactOptional(places),
  breakpoints: v.exactOptional(
    v.pipe(
      v.array(
        v.strictObject({
          filter,
          once: v.exactOptional(v.boolean()),
          enabled: v.exactOptional(v.boolean()),
        }),
      ),
      v.maxLength(MAX_BREAKPOINTS, `There are at most ${MAX_BREAKPOINTS} breakpoints.`),
    ),
  ),
}

type Contents = Omit<Scenario, 'name'>

/** Checks what spans several fields: numbers of nodes, ids and ports that stand there twice. */
const fitsTogether = <T extends Contents>() =>
  v.rawCheck<T>(({ dataset, addIssue }) => {
    if (!dataset.typed) return
    const { servers, clients, pools = [], places = [] } = dataset.value
    if (servers.length + clients.length > MAX_INSIDE_NODES) {
      addIssue({
        message: `There are at most ${MAX_INSIDE_NODES} servers and clients; these are ${servers.length + clients.length}.`,
      })
    }
    const tell = (path: JsonPath, message: string) =>
      addIssue({ message, path: pathOf(dataset.value, path) })
    for (const [list, nodes] of [
      ['servers', servers],
      ['clients', clients],
    ] as const) {
      for (const [index, first] of repeated(nodes.map(({ id }) => id))) {
        tell([list, index, 'id'], `The id is that of ${list}[${first}] too.`)
      }
    }
    for (const [index, first] of repeated(pools.map(({ policy }) => policy))) {
      tell(['pools', index, 'policy'], `The policy is that of pools[${first}] too.`)
    }
    for (const [index, first] of repeated(places.map(({ node }) => node))) {
      tell(['places', index, 'node'], `The node is that of places[${first}] too.`)
    }
    for (const [index, first] of repeated(servers.map(({ port }) => port))) {
      tell(['servers', index, 'port'], `The port is that of servers[${first}] too.`)
    }
  })

/** A scenario as a command carries it. */
export const scenarioSchema: v.GenericSchema<unknown, Scenario> = v.pipe(
  v.strictObject({ name, ...contents }),
  fitsTogether(),
)

const fileFields = { format: v.literal(FORMAT), name: v.exactOptional(name), ...contents }
const fileSchema = v.pipe(
  v.strictObject({ version: v.picklist(VERSIONS), ...fileFields }),
  fitsTogether(),
)
const newerFileSchema = v.pipe(
  v.strictObject({ version: v.number(), ...fileFields }),
  fitsTogether(),
)

/** Checks a file's JSON. A scenario without a name gets the file's. */
export function checkScenario(value: unknown, fileName: string): CheckedScenario {
  const foreign = foreignWords(value)
  if (foreign !== undefined) return { ok: false, error: foreign, path: [] }
  const read = isNewer(value) ? knownPart(newerFileSchema, value) : ownPart(value)
  if (!read.ok) {
    const { issue } = read
    const path = (issue.path ?? []).map(({ key }) => key as string | number)
    return { ok: false, error: issue.message, path }
  }
  const { format: _format, version: _version, ...scenario } = read.output
  const fallback = fileName.trim().slice(0, MAX_SCENARIO_NAME_CHARS) || 'Scenario'
  const named = { ...scenario, name: scenario.name ?? fallback }
  return { ok: true, scenario: named, notice: read.notice }
}

function ownPart(value: unknown) {
  const result = v.safeParse(fileSchema, value, UNQUOTED)
  return result.success
    ? ({ ok: true, output: result.output, notice: undefined } as const)
    : ({ ok: false, issue: result.issues[0] } as const)
}

function isNewer(value: unknown): boolean {
  const { version } = value as Readonly<Record<string, unknown>>
  return typeof version === 'number' && Number.isInteger(version) && version > VERSION
}

/** Writes a path as a person would: `servers[2].id`. */
export function pathText(path: JsonPath): string {
  return path
    .map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index > 0 ? '.' : ''}${key}`))
    .join('')
}

/** Says why a value is no scenario file; undefined if it is one. */
function foreignWords(value: unknown): string | undefined {
  const isObject = typeof value === 'object' && value !== null
  const { format } = isObject ? (value as Record<string, unknown>) : {}
  if (format !== FORMAT) {
    return `It is no scenario of Roundabout: one has "format": "${FORMAT}" and "version": ${VERSION}.`
  }
  return undefined
}

/** The indexes of values that stood in the list before, each with the index of the first. */
function repeated(values: readonly unknown[]): [index: number, first: number][] {
  const seen = new Map<unknown, number>()
  return values.flatMap((value, index): [number, number][] => {
    const first = value === undefined ? undefined : seen.get(value)
    if (first !== undefined) return [[index, first]]
    seen.set(value, index)
    return []
  })
}

function pathOf(value: unknown, path: JsonPath): [v.IssuePathItem, ...v.IssuePathItem[]] {
  let input = value
  const items = path.map((key): v.IssuePathItem => {
    const item = { type: 'unknown', origin: 'value', input, key } as const
    input = (input as Record<string | number, unknown>)[key]
    return { ...item, value: input }
  })
  return items as [v.IssuePathItem, ...v.IssuePathItem[]]
}

/**
 * Makes a scenario of the lab's present nodes, settings and breakpoints. It has no name: its file has one. Outside
 * programs are left out; `outside` is their number.
 */
export function scenarioOf(state: State): { contents: Contents; outside: number } {
  const servers: Contents['servers'][number][] = []
  const clients: Contents['clients'][number][] = []
  let outside = 0
  for (const node of state.nodes.values()) {
    const { protocolId: id, policy } = node
    if (node.origin === 'outside') outside++
    else if (id === undefined || policy === undefined) continue
    else if (node.role === 'client')
      clients.push({ id, policy, ...saved(CLIENT_SETTINGS, { payload: '', ...node }) })
    else if (node.role === 'server') servers.push({ id, policy, ...saved(SERVER_SETTINGS, node) })
  }
  const breakpoints = [...state.breakpoints.values()].map(({ filter, once, enabled }) => ({
    filter,
    ...(once ? { once } : {}),
    ...(enabled ? {} : { enabled }),
  }))
  const pools = [...state.pools].map(([policy, settings]) => ({
    policy,
    ...saved(POOL_SETTINGS, known(POOL_SETTINGS, settings)),
  }))
  const places = [...state.nodes.keys()].flatMap((node) => {
    const place = state.places.get(node)
    return place ? [{ node, ...place }] : []
  })
  return {
    contents: {
      ...given(LINK_SETTINGS, state),
      speed: state.clock.speed,
      ...(state.seed === DEFAULT_SEED ? {} : { seed: state.seed }),
      ...(pools.length > 0 ? { pools } : {}),
      servers,
      clients,
      ...(places.length > 0 ? { places } : {}),
      ...(breakpoints.length > 0 ? { breakpoints } : {}),
    },
    outside,
  }
}

/** Writes a file's text, with a line for each node, which is easily changed by hand. */
export function writeScenario(scenario: Contents & { name?: string }): string {
  const { name: called, pools, servers, clients, places, breakpoints, ...lab } = scenario
  const head = { format: FORMAT, version: VERSION, name: called, ...lab }
  const fields = [
    ...Object.entries(head)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`),
    ...(pools === undefined ? [] : [list('pools', pools)]),
    list('servers', servers),
    list('clients', clients),
    ...(places === undefined ? [] : [list('places', places)]),
    ...(breakpoints === undefined ? [] : [list('breakpoints', breakpoints)]),
  ]
  return `{\n${fields.map((field) => `  ${field}`).join(',\n')}\n}\n`
}

function list(key: string, items: readonly unknown[]): string {
  if (items.length === 0) return `"${key}": []`
  return `"${key}": [\n${items.map((item) => `    ${inOneLine(item)}`).join(',\n')}\n  ]`
}

/** Line ends within texts are escaped, so the ones that are left are layout. */
function inOneLine(value: unknown): string {
  return JSON.stringify(value, null, 1).replace(/\n */g, ' ')
}
