// The configuration of HAProxy 2.6: it reads a connection's first message and sends it to its policy's backend.
import { hostAndPort } from '../addresses'
import { CONNECT_LIMIT_MS } from '../limits'
import { usesKey } from '../settings/pool'
import { OFF } from '../settings/setting'
import { type ConfigLine, type Fragment, fragment, line, together, written } from './fragment'
import {
  haproxyAlgorithm,
  haproxyKey,
  haproxyWeights,
  isDrawn,
  keyVariable,
} from './haproxy-algorithm'
import { haproxyHealth, haproxyWord, isChecked, milliseconds } from './haproxy-health'
import { haproxyLoad, refusedAtOnce } from './haproxy-load'
import { inComment, safeNames } from './names'
import type { ExportedPool, ExportedServer, ExportSetup } from './setup'

const SPACE = '[[:space:]]*'
const NUMBER = `[0-9]+${SPACE}[,}]`

/** Where servers are names that are looked up while HAProxy runs, as in Docker Compose. */
interface Resolving {
  /** The address of the name server. */
  readonly nameserver: string
}

interface Pools {
  readonly pools: readonly ExportedPool[]
  readonly names: ReadonlyMap<string, string>
}

export function haproxyFile(
  setup: ExportSetup,
  head: readonly string[],
  resolving?: Resolving,
): string {
  const named = namedPools(setup)
  const backends = named.pools.flatMap((pool) => [
    '',
    `backend ${nameOf(named, pool)}`,
    ...written([...backendOf(pool).lines, ...serverLines(pool, resolving)], '  '),
  ])
  const lines = [
    ...head,
    '',
    'global',
    ...written(GLOBAL, '  '),
    '',
    'defaults',
    ...written(DEFAULT_LINES, '  '),
    ...(resolving ? resolvers(resolving) : []),
    '',
    'frontend roundabout',
    ...written(frontend(setup, named), '  '),
    ...backends,
  ]
  return `${lines.join('\n')}\n`
}

/** What HAProxy does otherwise than the lab, policy by policy. */
export function haproxyDiffers(pool: ExportedPool): readonly string[] {
  return backendOf(pool).differs
}

/** The names of backends, by policy. */
function namedPools({ pools }: ExportSetup): Pools {
  return {
    pools,
    names: safeNames(
      'policy_',
      pools.map(({ policy }) => policy),
    ),
  }
}

function nameOf({ names }: Pools, { policy }: ExportedPool): string {
  return names.get(policy) ?? ''
}

const GLOBAL: readonly ConfigLine[] = [
  line(
    'maxconn 4000',
    'connections at once, of all clients; without it, as many as the system allows',
  ),
  line('nbthread 1', 'one thread: all connections share the same turns, as in the lab'),
]

const DEFAULT_LINES: readonly ConfigLine[] = [
  line('mode tcp', 'the protocol is not HTTP: bytes are passed on as they come'),
  line(
    `timeout connect ${milliseconds(CONNECT_LIMIT_MS)}`,
    'how long a connection to a server may take to open, as in the lab',
  ),
  line('timeout client 60s', 'a client that is silent so long is let go'),
  line(
    'timeout server 60s',
    'a server that is silent so long is let go; the lab waits 10 s for an answer',
  ),
]

function resolvers({ nameserver }: Resolving): string[] {
  return [
    '',
    'resolvers names',
    ...written(
      [
        line(`nameserver docker ${nameserver}`, 'where the names of servers are looked up'),
        line('hold valid 5s', 'a server that was started again is found at its new address'),
      ],
      '  ',
    ),
  ]
}

function frontend({ host, port }: ExportSetup, named: Pools): ConfigLine[] {
  const { pools } = named
  const keys = [...new Set(pools.flatMap((pool) => haproxyKey(pool) ?? []))]
  return [
    line(
      `bind ${hostAndPort(host, port)}`,
      'the lab’s own proxy keeps its port, so that both can run',
    ),
    line(
      'tcp-request inspect-delay 5s',
      'waits for the first message; without this the decision falls before a byte is there',
    ),
    line(
      `acl whole req.payload(0,0) -m reg ${haproxyWord(`"privPol[iy]Id"${SPACE}:${SPACE}("[^"]*"|${NUMBER})`)}`,
      'the policy is there to its end: of 111, cut after 11, json_query would take the 11',
    ),
    line(
      "tcp-request content set-var(sess.policy) req.payload(0,0),json_query('$.privPoliId') if whole",
      'the policy that the message asks for',
    ),
    line(
      "tcp-request content set-var(sess.policy) req.payload(0,0),json_query('$.privPolyId') if whole !{ var(sess.policy) -m found }",
      'many programs spell it so',
    ),
    ...keys.flatMap(keyLines),
    ...pools.flatMap((pool) => refusedAtOnce(pool, asks(pool), nameOf(named, pool))),
    ...pools.map((pool) => acceptLine(pool)),
    ...(pools.length === 0 ? [] : [unknownLine(pools)]),
    line(
      'tcp-request content accept if WAIT_END { var(sess.policy) -m found }',
      'a message without the key: it goes by turns',
    ),
    line(
      'tcp-request content reject if WAIT_END',
      'no message came within the delay: registrations, half messages, silence',
    ),
    ...pools.map((pool) =>
      line(
        `use_backend ${nameOf(named, pool)} if ${asks(pool)}`,
        `policy ${inComment(pool.policy)}`,
      ),
    ),
  ]
}

/** The condition that a connection asks for this policy. */
function asks({ policy }: ExportedPool): string {
  return `{ var(sess.policy) -m str -- ${word(policy)} }`
}

function word(text: string): string {
  return /^[A-Za-z0-9_.-]+$/.test(text) ? text : haproxyWord(text)
}

function keyLines(field: string): ConfigLine[] {
  const name = keyVariable(field)
  const acl = `whole_${field.replaceAll('-', '_')}`
  const value = `("([^"\\\\]|\\\\.)*"|-?${NUMBER}|true|false)`
  return [
    line(
      `acl ${acl} req.payload(0,0) -m reg ${haproxyWord(`"${field}"${SPACE}:${SPACE}${value}`)}`,
      `${field}, which is hashed, is there to its end`,
    ),
    line(
      `tcp-request content set-var(${name}) req.payload(0,0),json_query('$.${field}') if ${acl}`,
      'the key',
    ),
  ]
}

function acceptLine(pool: ExportedPool): ConfigLine {
  const key = haproxyKey(pool)
  const accept = `tcp-request content accept if ${asks(pool)}`
  if (key === undefined) return line(accept, 'what is needed is known')
  return line(`${accept} { var(${keyVariable(key)}) -m found }`, 'the key is needed too')
}

function unknownLine(pools: readonly ExportedPool[]): ConfigLine {
  const others = pools.map((pool) => `!${asks(pool)}`).join(' ')
  return line(
    `tcp-request content reject if { var(sess.policy) -m found } ${others}`,
    'a policy that nobody serves: closed at once',
  )
}

function backendOf(pool: ExportedPool): Fragment {
  return together(haproxyAlgorithm(pool), haproxyLoad(pool), haproxyHealth(pool), backupsOf(pool))
}

function backupsOf({ settings, servers }: ExportedPool): Fragment {
  if (settings.backups !== 'nginx' || !servers.some(({ backup }) => backup)) return fragment([])
  return fragment(
    [line('option allbackups', 'all backups share; without it the first one gets everything')],
    'Backups are used only while all other servers are down, not where they are full.',
  )
}

function serverLines(pool: ExportedPool, resolving: Resolving | undefined): ConfigLine[] {
  const { settings, servers } = pool
  const names = safeNames(
    's',
    servers.map(({ id }) => id),
  )
  const weights = haproxyWeights(pool)
  return servers.map((server, index) => {
    const { id, host, port, maxConnections, backup, drain } = server
    const weight = weights.get(id)
    const isUnchecked = isChecked(pool) && !isToBeChecked(pool, server)
    const options = [
      usesKey(settings.algorithm) && `id ${index + 1}`,
      weight !== undefined && !drain && `weight ${weight}`,
      drain && 'weight 0',
      maxConnections > 0 && `maxconn ${maxConnections}`,
      backup && 'backup',
      isUnchecked && 'no-check',
      resolving && 'resolvers names init-addr libc,none',
    ].filter(Boolean)
    const code = [`server ${names.get(id)} ${hostAndPort(host, port)}`, ...options].join(' ')
    return line(code, whyServer(pool, server))
  })
}

function isToBeChecked(
  { settings: { checks } }: ExportedPool,
  { isOutside }: ExportedServer,
): boolean {
  return checks === OFF || checks.outside || !isOutside
}

function whyServer(
  { settings }: ExportedPool,
  { id, weight, maxConnections, backup, drain }: ExportedServer,
) {
  const said = [
    `server ${inComment(id)}`,
    usesKey(settings.algorithm) && 'its place on the ring goes by its id',
    isDrawn(settings.algorithm) && `weight ${weight}, times as much as fits: the draws are fairer`,
    maxConnections > 0 && `at most ${maxConnections} at once`,
    backup && 'a backup',
    drain && 'drains: weight 0 gets nothing new',
  ]
  return said.filter(Boolean).join('; ')
}
