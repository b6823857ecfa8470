// A scenario as a file (`.roundabout-scenario`): JSON, written by the app or by hand. The screen checks a file that it
// opens, and the engine a scenario in a command, with the same fields.
import * as v from 'valibot'
import { filterText, linkField, places, policyId, protocolId, seed, speed } from './fields'
import { parseFilter } from './filter/filter'
import { UNQUOTED } from './issue-text'
import { issuePath, type JsonPath, repeated } from './json-path'
import {
  DEFAULT_SEED,
  MAX_BREAKPOINTS,
  MAX_FAULTS,
  MAX_INSIDE_NODES,
  MAX_SCENARIO_NAME_CHARS,
} from './limits'
import { knownPart } from './newer-scenario'
import type { Scenario } from './scenario'
import {
  compareList,
  mistakesInCompare,
  nameOfScenario,
  ofPresentServers,
  poolList,
  savedCompare,
  savedPool,
} from './scenario-pools'
import { fileTraffic, trafficFits, withTraffic, writtenTraffic } from './scenario-traffic'
import { CLIENT_SETTINGS } from './settings/client'
import { given, known, saved, scenarioFields, settled } from './settings/derive'
import { FAULT_SETTINGS } from './settings/fault'
import { LINK_SETTINGS } from './settings/link'
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

type CheckedScenario =
  /** `notice`: what a file of a newer version has and this one does not know, as a sentence. */
  | { ok: true; scenario: Scenario; notice?: string | undefined }
  /** `error` is a sentence about the value at `path`; an empty path means the whole file. */
  | { ok: false; error: string; path: JsonPath }

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
  pools: v.exactOptional(poolList),
  servers: v.array(
    v.strictObject({ id: protocolId, policy: policyId, ...scenarioFields(SERVER_SETTINGS) }),
  ),
  clients: v.array(
    v.strictObject({ id: protocolId, policy: policyId, ...scenarioFields(CLIENT_SETTINGS) }),
  ),
  places: v.exactOptional(places),
  compare: v.exactOptional(compareList),
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
  faults: v.exactOptional(
    v.pipe(
      v.array(v.strictObject({ link: linkField, ...scenarioFields(FAULT_SETTINGS) })),
      v.maxLength(MAX_FAULTS, `There are at most ${MAX_FAULTS} faults.`),
    ),
  ),
}

type Contents = Omit<Scenario, 'name'>

/** Checks several fields together: the number of nodes, and ids and ports that occur twice. */
const fitsTogether = <T extends Contents>() =>
  v.rawCheck<T>(({ dataset, addIssue }) => {
    if (!dataset.typed) return
    const { servers, clients, pools = [], places = [], compare = [] } = dataset.value
    if (servers.length + clients.length > MAX_INSIDE_NODES) {
      addIssue({
        message: `There are at most ${MAX_INSIDE_NODES} servers and clients; these are ${servers.length + clients.length}.`,
      })
    }
    const tell = (path: JsonPath, message: string) =>
      addIssue({ message, path: issuePath(dataset.value, path) })
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
    mistakesInCompare(compare, { servers }, tell)
    for (const [index, first] of repeated(places.map(({ node }) => node))) {
      tell(['places', index, 'node'], `The node is that of places[${first}] too.`)
    }
    for (const [index, first] of repeated(servers.map(({ port }) => port))) {
      tell(['servers', index, 'port'], `The port is that of servers[${first}] too.`)
    }
  })

/** A scenario as a command carries it. */
export const scenarioSchema: v.GenericSchema<unknown, Scenario> = v.pipe(
  v.strictObject({ name: nameOfScenario, ...contents }),
  fitsTogether(),
)

const fileFields = {
  format: v.literal(FORMAT),
  name: v.exactOptional(nameOfScenario),
  ...contents,
  traffic: fileTraffic,
}
const fileSchema = v.pipe(
  v.strictObject({ version: v.picklist(VERSIONS), ...fileFields }),
  fitsTogether(),
  trafficFits(),
)
const newerFileSchema = v.pipe(
  v.strictObject({ version: v.number(), ...fileFields }),
  fitsTogether(),
  trafficFits(),
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
  const { format: _format, version: _version, ...scenario } = withTraffic(read.output)
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
      clients.push({
        id,
        policy,
        ...saved(CLIENT_SETTINGS, { payload: '', ...known(CLIENT_SETTINGS, node) }),
      })
    else if (node.role === 'server')
      servers.push({ id, policy, ...saved(SERVER_SETTINGS, known(SERVER_SETTINGS, node)) })
  }
  const breakpoints = [...state.breakpoints.values()].map(({ filter, once, enabled }) => ({
    filter,
    ...(once ? { once } : {}),
    ...(enabled ? {} : { enabled }),
  }))
  const faults = [...state.faults.values()].map(({ link, ...values }) => ({
    link,
    ...saved(FAULT_SETTINGS, settled(FAULT_SETTINGS, known(FAULT_SETTINGS, values))),
  }))
  const compare = ofPresentServers(savedCompare(state.compare), servers)
  const pools = [...state.pools].map(([policy, settings]) => savedPool(policy, settings))
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
      ...(compare.length > 0 ? { compare } : {}),
      servers,
      clients,
      ...(places.length > 0 ? { places } : {}),
      ...(breakpoints.length > 0 ? { breakpoints } : {}),
      ...(faults.length > 0 ? { faults } : {}),
    },
    outside,
  }
}

/** Writes a file's text, with a line for each node, which is easily changed by hand. */
export function writeScenario(scenario: Contents & { name?: string }): string {
  const { name: called, pools, servers, places, breakpoints, faults, compare, ...others } = scenario
  const { clients, traffic, ...lab } = writtenTraffic(others)
  const head = { format: FORMAT, version: VERSION, name: called, ...lab }
  const fields = [
    ...Object.entries(head)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`),
    ...(pools === undefined ? [] : [list('pools', pools)]),
    list('servers', servers),
    list('clients', clients),
    ...(traffic.length === 0 ? [] : [list('traffic', traffic)]),
    ...(places === undefined ? [] : [list('places', places)]),
    ...(breakpoints === undefined ? [] : [list('breakpoints', breakpoints)]),
    ...(faults === undefined ? [] : [list('faults', faults)]),
    ...(compare === undefined ? [] : [list('compare', compare)]),
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
