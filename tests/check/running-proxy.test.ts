// Programs that run already, and programs that are hard to end.
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { networkInterfaces, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { checkProxy } from '../../src/main/check/check-proxy'
import { PROXY_REQUIREMENTS } from '../../src/main/check/requirements/proxy'
import { createEngine, type Engine } from '../../src/main/engine'
import { freePort, proxyAtPort, proxyByCommand } from '../../src/main/programs'
import { EMPTY_POOL } from '../../src/shared/scenario'
import { startServer } from '../integration/program'

let engine: Engine | undefined

afterEach(async () => {
  await engine?.close()
  engine = undefined
})

describe('a proxy that runs already', () => {
  it('passes everything without a new start, and is left running', async () => {
    engine = await createEngine({ proxyPort: 0, latencyMs: 0, scenario: EMPTY_POOL })
    const { port } = engine.proxy
    const { requirements } = await checkProxy({
      start: proxyAtPort(port),
      program: `port ${port}`,
      isShared: true,
    })
    expect(requirements.filter(({ outcome }) => outcome !== 'passed')).toEqual([])
    expect(engine.state.totals.exchanges.answered).toBeGreaterThan(0)
  })
})

describe('a proxy that runs already and breaks', () => {
  const ids = ['one-exchange', 'texts', 'round-robin', 'right-policy']
  const requirements = PROXY_REQUIREMENTS.filter(({ id }) => ids.includes(id))
  const options = { program: 'a port', requirements, isShared: true }
  const limits = { startMs: 300, answerMs: 1_000 }

  it('is not blamed for what follows from it', async () => {
    engine = await createEngine({ proxyPort: 0, latencyMs: 0, scenario: EMPTY_POOL })
    let { port } = engine.proxy
    const nobody = await freePort()
    const { requirements: checked } = await checkProxy({
      ...options,
      limits,
      start: (watcher) => proxyAtPort(port)(watcher),
      onChecked: ({ id }) => {
        if (id === 'texts') port = nobody
      },
    })
    expect(checked.map(({ outcome, reason }) => reason ?? outcome)).toEqual([
      'passed',
      'passed',
      ...Array(2).fill(
        'the program serves nobody any more since texts (--command would start it afresh)',
      ),
    ])
  })

  it('is to be started first', async () => {
    const start = proxyAtPort(await freePort())
    await expect(checkProxy({ ...options, limits, start })).rejects.toThrow(
      'Nothing listens on that port: start the program first.',
    )
  })
})

describe('a program that cannot be checked', () => {
  // So long that a busy machine starts two programs in it.
  const check = (command: string, folder?: string) =>
    checkProxy({
      start: proxyByCommand({ command, folder }),
      program: command,
      limits: { startMs: 4_000, answerMs: 1_000 },
    })

  it('does not exist: the check says so', async () => {
    const command = 'no-such-program-anywhere {port}'
    await expect(check(command)).rejects.toThrow(
      /^The program could not be started: there is no program "no-such/,
    )
  })

  it('is to be started in a folder that does not exist: the check says so, not that there is no program', async () => {
    await expect(check(`"${process.execPath}" {port}`, '/no/such/folder')).rejects.toThrow(
      /there is no folder "\/no\/such\/folder"/,
    )
  })

  it('prints without end and listens elsewhere: is ended with what it started', async () => {
    const gone: Promise<unknown>[] = []
    const { port, stop } = await startServer((socket) => {
      gone.push(once(socket.resume(), 'end'))
    })
    const child = `require("net").connect(${port}).on("error", () => {})`
    // One that has left its group is found on Linux alone.
    const detached = process.platform === 'linux'
    const program = `require("child_process").spawn(process.execPath, ["-e", ${JSON.stringify(child)}], { detached: ${detached}, stdio: "ignore" }); require("net").createServer().listen(0, "127.0.0.1"); setInterval(() => console.log("x".repeat(5000)), 1)`
    const file = join(mkdtempSync(join(tmpdir(), 'homework-')), 'program.cjs')
    writeFileSync(file, program)
    const { requirements } = await check(`"${process.execPath}" "${file}" {port}`)
    const { how, evidence } = requirements[0] ?? {}
    expect(how).toBe('hangs')
    expect(evidence?.came).toMatch(
      detached
        ? /^nothing listened on it within 4 s; the program listens on \d+ instead$/
        : /^nothing listened on it within 4 s/,
    )
    expect(evidence?.exchange.length).toBeLessThan(100)
    expect(evidence?.lastWords.every((line) => line.length <= 500)).toBe(true)
    expect(gone).toHaveLength(1)
    await Promise.all(gone)
    await stop()
    rmSync(dirname(file), { recursive: true })
  })
})

const hasIpv6 = Object.values(networkInterfaces()).some((addresses) =>
  addresses?.some(({ address }) => address === '::1'),
)

describe.skipIf(!hasIpv6)('a proxy on the loopback address of IPv6', () => {
  it('is found there, and reaches the servers of the check', async () => {
    const proxy = join(import.meta.dirname, 'programs', 'proxy.mjs')
    const { requirements } = await checkProxy({
      start: proxyByCommand({ command: `"${process.execPath}" "${proxy}" -port {port} -6` }),
      program: 'on ::1',
      requirements: PROXY_REQUIREMENTS.filter(({ id }) => id === 'round-robin'),
    })
    expect(requirements.map(({ outcome }) => outcome)).toEqual(['passed'])
  })
})

describe('a check that is stopped', () => {
  it('ends its programs, and says what was not tried', async () => {
    const proxy = join(import.meta.dirname, 'programs', 'proxy.mjs')
    const stop = new AbortController()
    const { requirements } = await checkProxy({
      start: proxyByCommand({ command: `"${process.execPath}" "${proxy}" -port {port}` }),
      program: 'stopped',
      signal: stop.signal,
      onChecked: () => stop.abort(),
    })
    const outcomes = requirements.map(({ outcome, reason }) => reason ?? outcome)
    expect(new Set(outcomes)).toEqual(new Set(['passed', 'the check was stopped']))
  })
})
