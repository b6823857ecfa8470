import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { CLASSIC_POOL, EMPTY_POOL, type Scenario } from '../scenario'
import { settled } from '../settings/derive'
import { POOL_SETTINGS } from '../settings/pool'
import { DEFAULTS } from '../state/pool'
import { INITIAL_STATE } from '../state/reduce'
import { insideServer, serverRow } from '../state/testing'
import { differences, EXPORT_TARGETS, exportedFiles } from './export'
import { setupOfScenario, setupOfState } from './setup'
import { differs, fileOf, lineIn, scenario } from './testing'

describe('the features of a pool', () => {
  const RETRIES = settled(POOL_SETTINGS.retries.settings, { max: 2 })

  it('limits let connections wait where the pool has a queue, and refuse them otherwise', () => {
    const servers = [{ maxConnections: 2 }, {}]
    const waiting = fileOf('haproxy', scenario({ queue: { max: 7, timeoutMs: 1_500 } }, servers))
    expect(lineIn(waiting, 'timeout queue')).toBe('timeout queue 1500ms')
    expect(waiting).toContain('{ queue(policy_111) ge 7 }')
    expect(lineIn(waiting, 'server sa')).toContain('maxconn 2')
    expect(lineIn(fileOf('haproxy', scenario({}, servers)), 'timeout queue')).toBe(
      'timeout queue 1ms',
    )
    expect(lineIn(fileOf('nginx', scenario({}, servers)), 'server 127.0.0.1:9001')).toContain(
      'max_conns=2',
    )
    expect(differs('nginx', scenario({ queue: { max: 7, timeoutMs: 1_500 } }, servers))).toContain(
      'nginx has no queue',
    )
  })

  it('circuit breakers by limits', () => {
    const limits = { maxInFlight: 9, maxWaiting: 4, maxRetries: 3 }
    expect(fileOf('haproxy', scenario({ limits }))).toContain('{ be_conn(policy_111) ge 9 }')
    expect(fileOf('nginx', scenario({ limits }), 2)).toContain('limit_conn at_policy_111 9;')
    expect(fileOf('envoy', scenario({ limits }))).toContain('max_connections: 9')
  })

  it('passive health, checks and the error limit', () => {
    const health = { maxFails: 3, failTimeoutMs: 2_500, answers: true }
    const nginx = fileOf('nginx', scenario({ health }))
    expect(lineIn(nginx, 'server 127.0.0.1:9001')).toContain('max_fails=3 fail_timeout=3s')
    expect(differs('nginx', scenario({ health }))).toMatch(
      /rounded up[\s\S]*does not judge answers/,
    )
    const checks = settled(POOL_SETTINGS.checks.settings, { fall: 4, errorLimit: 6 })
    const haproxy = fileOf('haproxy', scenario({ checks }))
    expect(lineIn(haproxy, 'default-server check')).toBe(
      'default-server check inter 2s fall 4 rise 2',
    )
    expect(lineIn(haproxy, 'default-server observe')).toContain('error-limit 6 on-error mark-down')
    expect(differs('nginx', scenario({ checks }))).toContain('Active checks have no counterpart')
  })

  it('a check by message expects the hash of its payload', () => {
    const checks = settled(POOL_SETTINGS.checks.settings, { way: 'message' })
    const hash = createHash('sha1').update('check').digest('hex')
    const text = fileOf('haproxy', scenario({ checks }))
    expect(lineIn(text, 'tcp-check expect')).toBe(`tcp-check expect string ${hash}`)
    expect(text).toContain('"privPoliId":"111","payloadsize":5,"payload":"check"}')
  })

  it('retries, to another server or to the same one', () => {
    expect(lineIn(fileOf('haproxy', scenario({})), 'retries')).toBe('retries 2')
    const toOthers = fileOf('haproxy', scenario({ retries: RETRIES }))
    expect(lineIn(toOthers, 'option redispatch')).toBe('option redispatch 1')
    const same = fileOf('haproxy', scenario({ retries: { ...RETRIES, to: 'same' } }))
    expect(lineIn(same, 'option redispatch')).toBe('option redispatch')
    const nginx = fileOf('nginx', scenario({ retries: RETRIES }), 2)
    expect(lineIn(nginx, 'proxy_next_upstream_tries')).toBe('proxy_next_upstream_tries 3;')
  })

  it('backups need checks in HAProxy, and a method without hashes in nginx', () => {
    const servers = [{}, { backup: true }]
    const haproxy = fileOf('haproxy', scenario({}, servers))
    expect(haproxy).toMatch(/default-server check/)
    expect(lineIn(haproxy, 'server sb')).toContain('backup')
    const hashed = fileOf('nginx', scenario({ algorithm: 'hash' }, servers))
    expect(lineIn(hashed, 'server 127.0.0.1:9002')).toMatch(/down;$/)
    expect(differs('nginx', scenario({ algorithm: 'hash' }, servers))).toContain(
      'allows no backups',
    )
  })

  it('a server that drains gets nothing new', () => {
    const exported = scenario({ algorithm: 'weighted-round-robin' }, [{}, { drain: true }])
    expect(lineIn(fileOf('haproxy', exported), 'server sb')).toMatch(/weight 0$/)
    expect(lineIn(fileOf('nginx', exported), 'server 127.0.0.1:9002')).toMatch(/down;$/)
    expect(fileOf('envoy', exported)).not.toContain('server b')
  })

  it('slow start follows checks in HAProxy, and says that it cannot without them', () => {
    const slowStart = settled(POOL_SETTINGS.slowStart.settings, { windowMs: 10_000 })
    const pool = { algorithm: 'haproxy-round-robin', slowStart } as const
    const checks = settled(POOL_SETTINGS.checks.settings, {})
    expect(fileOf('haproxy', scenario({ ...pool, checks }))).toContain('slowstart 10s')
    expect(differs('haproxy', scenario(pool))).toContain('Slow start is left out')
  })
})

describe('a file', () => {
  const rich = scenario(
    {
      algorithm: 'ring-hash',
      hashKey: 'payload',
      queue: { max: 9, timeoutMs: 1_000 },
      limits: { maxInFlight: 5, maxWaiting: 5, maxRetries: 3 },
      retries: settled(POOL_SETTINGS.retries.settings, {}),
      checks: settled(POOL_SETTINGS.checks.settings, { way: 'message', errorLimit: 2 }),
      outliers: settled(POOL_SETTINGS.outliers.settings, { alwaysOne: true }),
      slowStart: settled(POOL_SETTINGS.slowStart.settings, {}),
    },
    [{ weight: 3, maxConnections: 2 }, { backup: true }, { drain: true }],
  )
  const STRUCTURE =
    /^\s*([{}]|\S+ \{|upstream \S+ \{|(global|defaults|frontend .*|backend .*|resolvers .*|services:|static_resources:|listeners:|clusters:))$/

  it.each(EXPORT_TARGETS)('of %s says on or above each line why it is there', (target) => {
    for (const { name, text } of exportedFiles(setupOfScenario(rich), target)) {
      if (/\.(js|py)$/.test(name)) continue
      const lines = text.split('\n')
      const bare = lines.filter((line, index) => {
        if (line.trim() === '' || line.trim().startsWith('#') || STRUCTURE.test(line)) return false
        return !/ {2}# \S/.test(line) && !/^\s*# /.test(lines[index - 1] ?? '')
      })
      expect(bare).toEqual([])
    }
  })

  it.each(EXPORT_TARGETS)('of %s says at its top all that differs', (target) => {
    const [{ text = '' } = {}] = exportedFiles(setupOfScenario(rich), target)
    const head = text.slice(0, text.indexOf('\n\n')).replaceAll(/\n# */g, ' ')
    for (const difference of differences(setupOfScenario(rich), target)) {
      expect(head).toContain(difference)
    }
    expect(head).toContain(/haproxy|nginx/.test(target) ? 'Tested with' : 'WRITTEN, NOT RUN')
  })

  it.each(EXPORT_TARGETS)('of %s survives ids that are any text', (target) => {
    const ids = ["it's", '"x" $y', 'a\nb', '#', 'ü', 'a b', 'a_b']
    const exported: Scenario = {
      ...EMPTY_POOL,
      servers: [
        ...ids.map((id) => ({ id, policy: '111' })),
        ...ids.map((policy, index) => ({ id: String(index), policy })),
      ],
    }
    for (const { name, text } of exportedFiles(setupOfScenario(exported), target)) {
      const backend = text.slice(
        text.indexOf('\nbackend policy_111'),
        text.indexOf('\nbackend policy_it'),
      )
      const names = [...backend.matchAll(/^ +server (s\S+)/gm)].map(([, found]) => found)
      expect(new Set(names).size).toBe(names.length)
      if (backend !== '') expect(names.length).toBe(ids.length)
      if (!/\.(js|py)$/.test(name)) expect(text).not.toMatch(/^b\b/m)
    }
  })
})

describe('what is exported', () => {
  it('is a scenario’s pools, with ports by the servers’ ids', () => {
    const { pools, port } = setupOfScenario(CLASSIC_POOL)
    expect(port).toBe(2200)
    expect(
      pools.map(({ policy, servers }) => [policy, servers.map((server) => server.port)]),
    ).toEqual([
      ['111', [9100, 9300]],
      ['222', [9200, 9400]],
    ])
  })

  it('is the lab on the screen, by the rows of its table', () => {
    const outside = { ...insideServer('7'), id: 'outside:server:7', origin: 'outside' } as const
    const nodes = [insideServer('100', { weight: 3, drain: true }), outside]
    const rows = [
      serverRow('100', { listenPort: 2200 }),
      serverRow('7', { listenPort: 7_000, address: '::1', node: outside.id }),
    ]
    const state = {
      ...INITIAL_STATE,
      nodes: new Map(nodes.map((node) => [node.id, node])),
      rows: new Map(rows.map((row) => [row.server, row])),
      pools: new Map([['111', { ...DEFAULTS, algorithm: 'random' as const }]]),
    }
    const { port, pools } = setupOfState(state)
    expect(port).toBe(2201)
    const [pool] = pools
    expect(pool?.settings.algorithm).toBe('random')
    expect(pool?.servers).toEqual([
      expect.objectContaining({ id: '100', port: 2200, weight: 3, drain: true, isOutside: false }),
      expect.objectContaining({ id: '7', host: '::1', weight: 1, isOutside: true }),
    ])
    expect(differences(setupOfState(INITIAL_STATE), 'haproxy')[0]).toContain('no server')
  })
})
