// Exported files, whatever the settings and ids: do the real HAProxy and nginx take them?
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { freePort } from '../../src/main/programs'
import { exportedFiles } from '../../src/shared/export/export'
import { type ExportSetup, setupOfScenario } from '../../src/shared/export/setup'
import { CLASSIC_POOL } from '../../src/shared/scenario'
import { settled } from '../../src/shared/settings/derive'
import { POOL_SETTINGS, type PoolValues } from '../../src/shared/settings/pool'
import { HOST } from './balancers'
import { ExchangeConnection, ExportedProxy, REAL_PROGRAMS } from './exported'
import { Program } from './program'

for (const program of ['haproxy', 'nginx'] as const) {
  if (REAL_PROGRAMS.includes(program)) continue
  console.warn(`There is no ${program} here: the tests of its exported files are skipped.`)
}

const ALGORITHMS = POOL_SETTINGS.algorithm.options.map(({ value }) => value)

describe.each(REAL_PROGRAMS)('%s takes the exported file', (program) => {
  const RICH: Partial<PoolValues> = {
    queue: { max: 9, timeoutMs: 1_000 },
    limits: { maxInFlight: 5, maxWaiting: 5, maxRetries: 3 },
    retries: settled(POOL_SETTINGS.retries.settings, { to: 'same' }),
    checks: settled(POOL_SETTINGS.checks.settings, { way: 'message', errorLimit: 2 }),
    slowStart: settled(POOL_SETTINGS.slowStart.settings, {}),
  }
  const setup = (pool: Partial<PoolValues>, policy = '111'): ExportSetup => ({
    name: 'All of it',
    host: '127.0.0.1',
    port: 2200,
    pools: [
      {
        policy,
        settings: settled(POOL_SETTINGS, pool),
        servers: ["it's", 'a b', 'a_b'].map((id, index) => ({
          id,
          host: index === 2 ? '::1' : '127.0.0.1',
          port: 9_001 + index,
          weight: 1 + index,
          maxConnections: index,
          backup: index === 1,
          drain: index === 2,
          isOutside: index === 0,
        })),
      },
    ],
  })

  it.each(ALGORITHMS)('of %s, plain and with everything on', async (algorithm) => {
    await ExportedProxy.check(program, setup({ algorithm }))
    await ExportedProxy.check(program, setup({ algorithm, ...RICH }))
  })

  it('with passive health, policies of any text, and no server at all', async () => {
    const health = { maxFails: 2, failTimeoutMs: 2_500, answers: true }
    for (const policy of ["it's 'so'", '"x" $y {', 'a\nb', '# ü', '-f']) {
      await ExportedProxy.check(program, setup({ health, algorithm: 'hash' }, policy))
    }
    await ExportedProxy.check(program, { ...setup({}), pools: [] })
  })
})

const hasPython = spawnSync('python3', ['--version']).status === 0

it.skipIf(!hasPython)(
  'the server for Docker Compose answers one message after another',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'roundabout-compose-'))
    const file = exportedFiles(setupOfScenario(CLASSIC_POOL), 'compose').find(
      ({ name }) => name === 'server.py',
    )
    const path = join(folder, 'server.py')
    await writeFile(path, file?.text ?? '')
    const port = await freePort()
    const program = new Program('python3', [path, '100', String(port)])
    try {
      await program.line(/^Server 100 listens/)
      const connection = new ExchangeConnection(connect(port, HOST))
      const message = JSON.stringify({ type: 0, srcid: 1, privPoliId: 111, payload: 'grüße' })
      expect(await connection.ask(message.slice(0, 20), message.slice(20))).toBe('100')
      expect(await connection.ask(message + message)).toBe('100')
      expect(await connection.answer()).toBe('100')
      const hash = createHash('sha1').update('grüße').digest('hex')
      expect(connection.hashes).toEqual([hash, hash, hash])
      await connection.close()
    } finally {
      await program.stop()
      await rm(folder, { recursive: true })
    }
  },
)
