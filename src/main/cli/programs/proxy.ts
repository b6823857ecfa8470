// A proxy as a program of its own: the lab's, without servers and clients, printing what happens in it.
import { join } from 'node:path'
import { isLoopback } from '../../../shared/addresses'
import type { Command } from '../../../shared/commands'
import { findingJson, findingLines } from '../../../shared/diagnosis/doctor/words'
import type { LabEvent } from '../../../shared/events'
import { PROXY } from '../../../shared/ids'
import { DEFAULT_SEED } from '../../../shared/limits'
import { PrometheusTotals } from '../../../shared/metrics/prometheus'
import { EMPTY_POOL } from '../../../shared/scenario'
import { given as givenSettings } from '../../../shared/settings/derive'
import { POOL_SETTINGS, type PoolValues } from '../../../shared/settings/pool'
import type { State } from '../../../shared/state/state'
import { createCompare } from '../../compare/index'
import { createEngine, type Engine } from '../../engine/index'
import { startWebHost } from '../../headless/index'
import type { Io } from '../io'
import type { Colouring } from '../paint'
import { doctorTable, NewFindings } from './doctor'
import { jsonLine, linesOf, painted } from './lines'
import { LiveOutput } from './live'
import { proxyTable } from './proxy-table'
import { reachedAt } from './reached-at'
import { whenStopped } from './stopped'

/** What explains a finding, and takes its place, may be seen a moment later (edge-stream.ts). */
const FINDING_SETTLES_MS = 500

interface ProxyOptions {
  readonly port: number | undefined
  /** Left out: loopback, both kinds of address. */
  readonly listen: string | undefined
  readonly latency: number
  readonly seed: number | undefined
  readonly json: boolean
  /** Print what the socket doctor finds. */
  readonly doctor: boolean
  readonly screen: boolean
  readonly screenPort: number | undefined
  readonly metrics: boolean
  /** Settings of single servers. */
  readonly server: readonly { readonly id: string; readonly values: object }[]
  /** Settings of single policies. */
  readonly policy: readonly { readonly id: string; readonly values: object }[]
  /** Settings of every policy. */
  readonly pool: Partial<{ [N in keyof PoolValues]: PoolValues[N] | undefined }>
}

const NODE = { id: PROXY, role: 'proxy', origin: 'inside' } as const

/** Runs until the command is to end. `ending` gets the engine, before it is closed. */
export async function runProxy(
  options: ProxyOptions,
  io: Io,
  { isRecorded = false, ending }: { isRecorded?: boolean; ending?(engine: Engine): Promise<void> },
): Promise<void> {
  const { port, listen, latency, seed = DEFAULT_SEED, screen, metrics: isMetered } = options
  if (options.screenPort !== undefined && !screen && !isMetered) {
    throw new Error('--screen-port is the port of --screen or --metrics: add one of them.')
  }
  const engine = await createEngine({
    proxyPort: port,
    proxyHost: listen,
    latencyMs: latency,
    scenario: { ...EMPTY_POOL, name: 'Proxy', seed },
    isRecorded: isRecorded || screen,
    warn: io.tell,
  })
  const live = new LiveOutput(
    io,
    options.json ? undefined : (size) => tableOf(engine.state, size, options.doctor, io.paint),
  )
  const findings = options.doctor ? new NewFindings() : undefined
  let telling: NodeJS.Timeout | undefined
  const tellFindings = () => {
    clearTimeout(telling)
    telling = undefined
    for (const { node, who, finding } of findings?.since(engine.state) ?? []) {
      if (options.json) live.print(JSON.stringify(findingJson(finding, node)))
      else for (const line of findingLines(finding, who)) live.print(io.paint('yellow', line))
    }
  }
  const print = (event: LabEvent) => {
    if (options.json) live.print(jsonLine(event))
    else {
      const lines = linesOf(event, () => engine.state, NODE)
      for (const line of lines) live.print(painted(line, io.paint))
    }
    if (findings?.isBehind(engine.state)) telling ??= setTimeout(tellFindings, FINDING_SETTLES_MS)
  }
  const metrics = isMetered ? new PrometheusTotals() : undefined
  const configure = configurer(engine, options, io.tell)
  const unsubscribe = engine.subscribe((event) => {
    metrics?.apply(event)
    configure(event)
    print(event)
    live.changed()
  })
  let host: Awaited<ReturnType<typeof startWebHost>> | undefined
  try {
    announce(engine, io, options.json ? io.tell : (text) => live.print(text))
    if (screen || metrics) {
      host = await startWebHost({
        engine,
        metrics,
        folder: join(io.builtFolder, '../renderer'),
        port: options.screenPort ?? 0,
        compare: createCompare(join(io.builtFolder, 'compare-lab.cjs')),
        warn: io.tell,
      })
      engine.servesPageOn(host.port)
      if (screen) io.tell(`Screen: ${host.url}`)
      if (metrics) io.tell(`Metrics: http://127.0.0.1:${host.port}/metrics`)
    }
    await whenStopped(io.stopped)
    await ending?.(engine)
  } finally {
    unsubscribe()
    tellFindings()
    live.close()
    await host?.close()
    await engine.close()
  }
}

/** The servers and, with the socket doctor, what it has found: each at most half of the terminal. */
function tableOf(
  state: State,
  size: { columns: number; rows: number },
  withDoctor: boolean,
  paint: Colouring,
): string[] {
  if (!withDoctor) return proxyTable(state, size, paint)
  const half = { ...size, rows: Math.floor(size.rows / 2) }
  return [...proxyTable(state, half, paint), ...doctorTable(state, half, paint)]
}

/** Gives each policy its settings when its first server registers, and each server its own when it does. */
function configurer(
  engine: Engine,
  { pool, policy: policies, server: servers }: Pick<ProxyOptions, 'pool' | 'policy' | 'server'>,
  tell: Io['tell'],
): (event: LabEvent) => void {
  const settings = givenSettings(POOL_SETTINGS, pool)
  const known = new Set<string>()
  const execute = async (command: Command) => {
    const result = await engine.execute(command)
    if (!result.ok) tell(result.error)
  }
  return (event) => {
    if (event.type !== 'row.set') return
    const { server, policy, node } = event.row
    if (!known.has(`policy ${policy}`)) {
      const own = policies.filter(({ id }) => id === policy).map(({ values }) => values)
      const all = Object.assign({}, settings, ...own)
      if (Object.keys(all).length > 0) void execute({ type: 'updatePool', policy, ...all })
    }
    if (!known.has(`server ${server}`)) {
      for (const { id, values } of servers) {
        if (id === server) void execute({ type: 'updateServer', node, ...values })
      }
    }
    known.add(`policy ${policy}`).add(`server ${server}`)
  }
}

function announce({ state, proxy }: Engine, io: Io, print: (text: string) => void): void {
  if (isLoopback(proxy.host)) {
    for (const { text } of state.logs.get(PROXY) ?? []) print(text)
    return
  }
  const where = reachedAt(proxy.host, proxy.port)
  io.tell(
    `Open to other machines, at ${where}: anybody who reaches it can take part. Ctrl+C ends it.`,
  )
}
