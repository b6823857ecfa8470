// The configurations of nginx 1.22 with the stream module: one that reads a connection's first message with njs, and one
// with a port for each policy.
import { hostAndPort } from '../addresses'
import { CONNECT_LIMIT_MS } from '../limits'
import { OFF } from '../settings/setting'
import { type ConfigLine, line, written } from './fragment'
import { inComment, safeNames } from './names'
import { type Routing, upstreamLines } from './nginx-pool'
import { type ExportedPool, type ExportSetup, freePortFrom } from './setup'

const MODULES = 'modules/ngx_stream_module.so'
const NJS = 'modules/ngx_stream_js_module.so'
const NOBODY = 'nobody'

export function nginxFile(setup: ExportSetup, head: readonly string[], routing: Routing): string {
  const names = poolNames(setup)
  const upstreams = setup.pools.flatMap((pool) =>
    block(
      `upstream ${names.get(pool.policy)}`,
      upstreamLines(pool, names.get(pool.policy) ?? '', routing),
    ),
  )
  const inside =
    routing === 'message'
      ? [...written(SCRIPT, '  '), ...upstreams, ...block(`upstream ${NOBODY}`, NOBODY_LINES)]
      : [...upstreams]
  const servers =
    routing === 'message'
      ? block('server', messageServer(setup))
      : setup.pools.flatMap((pool, index) => portServer(setup, pool, index, names))
  const lines = [
    ...head,
    '',
    ...written(mainLines(routing), ''),
    'events {',
    ...written(
      [line('worker_connections 4096;', 'connections at once, two for each client')],
      '  ',
    ),
    '}',
    '',
    'stream {',
    ...inside,
    ...servers,
    '}',
  ]
  return `${lines.join('\n')}\n`
}

/** The name of each policy's upstream. */
export function poolNames({ pools }: ExportSetup): ReadonlyMap<string, string> {
  return safeNames(
    'policy_',
    pools.map(({ policy }) => policy),
  )
}

/** The ports of the second configuration, in the order of the policies. */
export function policyPorts({ port, pools }: ExportSetup): readonly number[] {
  const taken = new Set(pools.flatMap(({ servers }) => servers.map((server) => server.port)))
  taken.add(port)
  return pools.map(() => {
    const free = freePortFrom(port + 1, taken)
    taken.add(free)
    return free
  })
}

function block(name: string, lines: readonly ConfigLine[]): string[] {
  return ['', `  ${name} {`, ...written(lines, '    '), '  }']
}

function mainLines(routing: Routing): ConfigLine[] {
  const modules = [
    line(`load_module ${MODULES};`, 'balances connections, not only HTTP (libnginx-mod-stream)'),
  ]
  if (routing === 'message') {
    modules.push(line(`load_module ${NJS};`, 'reads the first message (libnginx-mod-stream-js)'))
  }
  return [
    ...modules,
    line('worker_processes 1;', 'one process: the order of the turns is one, as in the lab'),
  ]
}

const SCRIPT: readonly ConfigLine[] = [
  line('js_import roundabout from roundabout.js;', 'the script beside this file'),
  line('js_set $pool roundabout.pool;', 'the upstream of the policy that the message asks for'),
  line('js_set $key roundabout.key;', 'what a hash goes by'),
]

const NOBODY_LINES: readonly ConfigLine[] = [
  line('server 127.0.0.1:1 down;', 'a policy that nobody serves: closed at once'),
]

function messageServer({ host, port }: ExportSetup): ConfigLine[] {
  return [
    line(
      `listen ${hostAndPort(host, port)};`,
      'the lab’s own proxy keeps its port, so that both can run',
    ),
    line('js_preread roundabout.preread;', 'reads the first message before a server is chosen'),
    line('preread_timeout 5s;', 'a connection without a whole message is closed after this time'),
    line('preread_buffer_size 16k;', 'the first message has to fit in it'),
    ...timeouts(),
    line('proxy_pass $pool;', 'to the policy’s servers'),
  ]
}

function timeouts(): ConfigLine[] {
  return [
    line(
      `proxy_connect_timeout ${CONNECT_LIMIT_MS / 1000}s;`,
      'how long a connection to a server may take to open, as in the lab',
    ),
    line('proxy_timeout 60s;', 'who is silent so long is let go; the lab waits 10 s for an answer'),
  ]
}

function portServer(
  setup: ExportSetup,
  pool: ExportedPool,
  index: number,
  names: ReadonlyMap<string, string>,
): string[] {
  const port = policyPorts(setup)[index] ?? 0
  const name = names.get(pool.policy) ?? ''
  return [
    ...limitZone(pool, name),
    ...block('server', [
      line(`listen ${hostAndPort(setup.host, port)};`, `for policy ${inComment(pool.policy)}`),
      ...limitLines(pool, name),
      ...retryLines(pool),
      ...timeouts(),
      line(`proxy_pass ${name};`, 'to the policy’s servers'),
    ]),
  ]
}

function retryLines({ settings: { retries } }: ExportedPool): ConfigLine[] {
  if (retries === OFF) {
    return [
      line(
        'proxy_next_upstream on;',
        'a connection that could not be opened is tried at each other server once',
      ),
    ]
  }
  if (retries.max === 0) return [line('proxy_next_upstream off;', 'no retries')]
  return [
    line(
      'proxy_next_upstream on;',
      'a connection that could not be opened is tried at another server',
    ),
    line(`proxy_next_upstream_tries ${retries.max + 1};`, 'the first attempt counts, too'),
  ]
}

function limitZone({ settings: { limits } }: ExportedPool, name: string): string[] {
  if (limits === OFF) return []
  const zone = line(
    `limit_conn_zone $server_port zone=at_${name}:64k;`,
    'counts the connections to the port below',
  )
  return ['', ...written([zone], '  ')]
}

function limitLines({ settings: { limits } }: ExportedPool, name: string): ConfigLine[] {
  if (limits === OFF) return []
  return [
    line(
      `limit_conn at_${name} ${limits.maxInFlight};`,
      'the circuit breaker by limits: above it, closed at once',
    ),
  ]
}
