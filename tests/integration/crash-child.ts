// A process for the test to kill: a lab with endless traffic, recorded on disk. Reports each event
// to its parent.
import { createEngine } from '../../src/main/engine/index'

export interface Seen {
  seq: number
  /** Milliseconds since 1970. */
  wall: number
}

const IN_A_BURST = 20

const engine = await createEngine({
  proxyPort: 0,
  latencyMs: 20,
  recordingsFolder: process.argv[2],
  warn: (text) => console.error(text),
})
engine.subscribe((event) => {
  const seen: Seen = { seq: event.seq, wall: performance.timeOrigin + performance.now() }
  process.send?.(seen)
  if (event.type === 'exchange.finished') void send(event.client, 1)
})
for (const { id, role } of engine.state.nodes.values()) {
  if (role === 'client') void send(id, IN_A_BURST)
}
process.on('disconnect', () => process.exit())

async function send(client: string, count: number): Promise<void> {
  await engine.execute({ type: 'sendMessage', client, count })
}
