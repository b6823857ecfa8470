// Our proxy in a process of its own, recording events as in the app, or not.
import { createEngine } from '../../../src/main/engine/index'
import { EMPTY_POOL } from '../../../src/shared/scenario'
import { SERVERS } from './messages'
import { obeyBench, reportRegistered } from './proxy-process'

const engine = await createEngine({
  scenario: EMPTY_POOL,
  proxyPort: 0,
  latencyMs: 0,
  isRecorded: !process.argv.includes('--unrecorded'),
})
const stopWatching = engine.subscribe(() => {
  if (engine.state.rows.size < SERVERS.length) return
  stopWatching()
  void configure().then(reportRegistered)
})
obeyBench(engine.proxy.port, () => void engine.close().finally(() => process.exit()))

async function configure(): Promise<void> {
  const keepConnection = process.argv.includes('--keep-connections')
  for (const { node } of engine.state.rows.values()) {
    const result = await engine.execute({ type: 'updateServer', node, keepConnection })
    if (!result.ok) throw new Error(result.error)
  }
}
