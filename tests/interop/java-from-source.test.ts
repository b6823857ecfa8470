// The examples in Java, run from source as their README starts them.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createEngine } from '../../src/main/engine/index'
import { until } from '../integration/lab'
import { Program } from './program'

const hasJava = spawnSync('javac', ['-version']).status === 0
if (!hasJava) console.warn('There is no Java compiler here: the examples in Java are not run.')

const start = (name: string, port: number) =>
  new Program('java', [join(import.meta.dirname, '../../examples', name), '-revproc', `${port}`])

it.skipIf(!hasJava)('Server.java and Client.java join the lab', async () => {
  const engine = await createEngine({ proxyPort: 0, latencyMs: 5 })
  const { port } = engine.proxy
  const server = start('Server.java', port)
  try {
    await server.line(/^Server 700 serves policy 333 on port \d+$/)
    await until(engine, () => engine.state.rows.has('700'))
    const client = start('Client.java', port)
    expect(await client.ended()).toBe(0)
    expect(client.lines.at(-1)).toMatch(/^Received hash [0-9a-f]{40} from server 700: correct$/)
    expect(await server.line(/^Received a data/)).toContain('client 70 payload: hello')
  } finally {
    await server.stop()
    await engine.close()
  }
})
