// Our proxy in a process of its own, recording events as in the app. Reports its port, when all servers have
// registered, and its own CPU time when asked.
import { createEngine } from '../../../src/main/engine/index'
import { EMPTY_POOL } from '../../../src/shared/scenario'
import { SERVERS } from './messages'

export type RoundaboutReport =
  | { type: 'listening'; port: number }
  | { type: 'registered' }
  | { type: 'cpu'; microseconds: number }

const engine = await createEngine({
  scenario: EMPTY_POOL,
  proxyPort: 0,
  latencyMs: 0,
})
const stopWatching = engine.subscribe(() => {
  if (engine.state.rows.size < SERVERS.length) return
  stopWatching()
  void configure().then(() => report({ type: 'registered' }))
})
process.on('message', () => {
  const { user, system } = process.cpuUsage()
  report({ type: 'cpu', microseconds: user + system })
})
process.on('disconnect', () => void engine.close().finally(() => process.exit()))
report({ type: 'listening', port: engine.proxy.port })

async function configure(): Promise<void> {
  const keepConnection = process.argv.includes('--keep-connections')
  for (const { node } of engine.state.rows.values()) {
    const result = await engine.execute({ type: 'updateServer', node, keepConnection })
    if (!result.ok) throw new Error(result.error)
  }
}

function report(message: RoundaboutReport): void {
  process.send?.(message)
}
