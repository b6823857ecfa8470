// What real Python programs, a client and a server, see of the faults of their links: the bytes on their sockets are late, and in
// slices.
import { spawnSync } from 'node:child_process'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createEngine, type Engine } from '../../src/main/engine/index'
import { until } from '../integration/lab'
import { Program } from './program'

const hasPython = spawnSync('python3', ['--version']).status === 0

let engine: Engine
let programs: Program[]

beforeEach(async () => {
  engine = await createEngine({ proxyPort: 0, latencyMs: 0 })
  programs = []
})

afterEach(async () => {
  await Promise.all(programs.map((program) => program.stop()))
  await engine.close()
})

describe.skipIf(!hasPython)('a Python program behind a harmed link', () => {
  it('waits in recv for as long as the latency fault says', async () => {
    await harm({ fault: 'latency', latencyMs: 300 })
    expect((await ask()).seconds).toBeGreaterThanOrEqual(0.299)
  })

  it('needs several recv for one answer behind a slicer, and misses no byte', async () => {
    await harm({ fault: 'slicer', averageBytes: 20, pauseMs: 40 })
    const { reads, type } = await ask()
    expect(reads).toBeGreaterThan(2)
    expect(type).toBe(2)
  })

  it('gets a reset', async () => {
    await harm({ fault: 'reset-peer', afterMs: 0 })
    expect(await ask()).toEqual({ error: 'ConnectionResetError' })
  })

  it('needs, as a server, several recv for a message, and its answer is right', async () => {
    await harm({ fault: 'slicer', averageBytes: 20, pauseMs: 40, ...TO_SERVER })
    const { outcome, reads } = await askServer()
    expect(outcome).toBe('answered')
    expect(reads).toBeGreaterThan(2)
    expect(engine.state.totals.verdicts).toMatchObject({ correct: 1, wrong: 0 })
  })

  it('gets, as a server, half a message, and then the end', async () => {
    await harm({ fault: 'limit-data', limitBytes: 30, ...TO_SERVER })
    expect(await askServer()).toEqual({ outcome: 'refused', reads: 1, bytes: 30 })
  })
})

const TO_SERVER = { link: 'server:500', direction: 'to-server' } as const

/** Sends one message to a server of policy 555; resolves with how it ended, and what the server says of it. */
async function askServer(): Promise<Record<string, unknown>> {
  const program = start(SERVER)
  await until(engine, () => engine.state.rows.has('500'))
  expect(
    await engine.execute({ type: 'sendMessage', client: 'client:1', policy: '555' }),
  ).toMatchObject({ ok: true })
  const said = JSON.parse((await program.line(/^\{/)) ?? '')
  const ended = () => engine.state.totals.exchanges
  await until(engine, () => ended().answered + ended().refused === 1)
  return { outcome: ended().answered === 1 ? 'answered' : 'refused', ...said }
}

async function harm(fault: object): Promise<void> {
  const command = { type: 'setFault', link: 'client:50', direction: 'to-client', ...fault }
  expect(await engine.execute(command)).toMatchObject({ ok: true })
}

/** Sends one message; resolves with what the program prints about its answer. */
async function ask(): Promise<Record<string, unknown>> {
  return JSON.parse((await start(CLIENT).line(/^\{/)) ?? '')
}

function start(text: string): Program {
  const setUp = `PROXY = ("127.0.0.1", ${engine.proxy.port})\n`
  const program = new Program('python3', ['-u', '-c', setUp + text])
  programs.push(program)
  return program
}

const CLIENT = `
import json, socket, time
with socket.create_connection(PROXY) as proxy:
    question = {"type": 0, "srcid": 50, "privPoliId": 111, "payloadsize": 3, "payload": "xyz"}
    proxy.sendall(json.dumps(question).encode())
    begun = time.monotonic()
    text, reads = "", 0
    try:
        while not text.endswith("}"):
            text += proxy.recv(4096).decode()
            reads += 1
        seconds = time.monotonic() - begun
        print(json.dumps({"seconds": seconds, "reads": reads, "type": json.loads(text)["type"]}))
    except OSError as error:
        print(json.dumps({"error": type(error).__name__}))
`

/** Serves one message of policy 555, and says how it has come. */
const SERVER = `
import hashlib, json, socket
listener = socket.create_server(("127.0.0.1", 0))
with socket.create_connection(PROXY) as proxy:
    port = listener.getsockname()[1]
    proxy.sendall(json.dumps({"type": 1, "id": 500, "privPolyId": 555, "listenport": port}).encode())
connection, _ = listener.accept()
text, reads = b"", 0
while not text.endswith(b"}"):
    data = connection.recv(4096)
    if not data:
        break
    text += data
    reads += 1
print(json.dumps({"reads": reads, "bytes": len(text)}))
if text.endswith(b"}"):
    question = json.loads(text)
    digest = hashlib.sha1(question["payload"].encode()).hexdigest()
    answer = {"type": 2, "srcid": 500, "destid": question["srcid"], "payloadsize": 40, "payload": digest}
    connection.sendall(json.dumps(answer).encode())
connection.close()
`
