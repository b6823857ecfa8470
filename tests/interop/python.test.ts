// Real foreign programs at the proxy: the examples as their README starts them, and programs that
// deviate.
import { spawnSync } from 'node:child_process'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createEngine, type Engine } from '../../src/main/engine/index'
import type { Packet } from '../../src/shared/state/state'
import { nextEvent, until } from '../integration/lab'
import { Program } from './program'

const hasPython = spawnSync('python3', ['--version']).status === 0
if (!hasPython)
  console.warn('There is no python3 here: the tests with Python programs are skipped.')

const HAS_IPV6 = Object.values(networkInterfaces()).some((all) =>
  all?.some(({ address }) => address === '::1'),
)
const examples = join(import.meta.dirname, '../../examples')

let engine: Engine
let programs: Program[]

beforeEach(async () => {
  engine = await createEngine({ proxyPort: 0, latencyMs: 5 })
  programs = []
})

afterEach(async () => {
  await Promise.all(programs.map((program) => program.stop()))
  await engine.close()
})

describe.skipIf(!hasPython)('Python programs', () => {
  it('join as the examples show: drawn as outside programs, listed, answered', async () => {
    const server = startExample('server.py')
    await server.line(/^Server 500 serves policy 333 on port \d+$/)
    await until(engine, () => engine.state.rows.has('500'))

    const client = startExample('client.py', '--payload', 'grüße, 你好')
    expect(await client.ended()).toBe(0)
    expect(client.lines.at(-1)).toMatch(/^Received hash [0-9a-f]{40} from server 500: correct$/)
    expect(await server.line(/^Received a data message/)).toContain(
      'client 50 payload: grüße, 你好',
    )

    await until(engine, () => engine.state.totals.exchanges.answered === 1)
    const { nodes, rows } = engine.state
    expect(nodes.get('outside:server:500')).toMatchObject({ origin: 'outside', policy: '333' })
    expect(nodes.get('outside:client:50')).toMatchObject({ origin: 'outside', served: 1 })
    expect(rows.get('500')).toMatchObject({ policy: '333', chosen: 1, served: 1, failed: 0 })
    expect(outsidePackets()).toEqual([
      '1 outside:server:500 → proxy, delivered',
      '0 outside:client:50 → proxy, delivered',
      '0 proxy → outside:server:500, delivered',
      '2 outside:server:500 → proxy, delivered',
      '2 proxy → outside:client:50, delivered',
    ])
  })

  it('take turns with a Node program', async () => {
    await startExample('server.py').line(/^Server 500/)
    await until(engine, () => engine.state.rows.has('500'))
    await startNodeExample('server.mjs').line(/^Server 600/)
    await until(engine, () => engine.state.rows.has('600'))

    const servers: (string | undefined)[] = []
    for (let turn = 0; turn < 3; turn++) {
      const client = startExample('client.py')
      expect(await client.ended()).toBe(0)
      servers.push(/from server (\d+): correct$/.exec(client.lines.at(-1) ?? '')?.[1])
    }
    expect(servers).toEqual(['500', '600', '500'])
  })

  it.skipIf(!HAS_IPV6)('listen at the address from which they have registered', async () => {
    await startExample('server.py', '--proxy-host', '::1').line(/^Server 500/)
    await until(engine, () => engine.state.rows.has('500'))
    const client = startExample('client.py', '--proxy-host', '::1')
    expect(await client.ended()).toBe(0)
  })

  it('get an error text for what the proxy cannot do', async () => {
    const client = startPython(NO_SUCH_POLICY)
    expect(await client.ended()).toBe(0)
    expect(client.lines).toEqual(['NO_SERVER_FOR_POLICY'])
  })

  it('may send ids as texts, spell the policy key otherwise and leave out the size', async () => {
    const client = startPython(OTHER_SPELLING)
    expect(await client.ended()).toBe(0)
    expect(client.lines).toEqual(['correct'])
    expect(engine.state.nodes.get('outside:client:77')).toMatchObject({ policy: '111' })
  })

  it('may register just before they listen', async () => {
    const server = startPython(REGISTERS_BEFORE_LISTENING)
    await until(engine, () => engine.state.rows.has('900'))
    const chosen = nextEvent(engine, 'decision.made')
    const client = startExample('client.py', '--policy', '999')
    // The proxy has dialled by now and was refused.
    await chosen
    server.tell('listen')
    expect(await client.ended()).toBe(0)
    expect(client.lines.at(-1)).toMatch(/from server 900: correct$/)
  })
})

/** What outside programs sent and received, in order of sending. */
function outsidePackets(): string[] {
  const { packets } = engine.state
  const found: string[] = []
  for (let index = packets.first; index < packets.end; index++) {
    const packet = packets.at(index)
    if (packet && isOutside(packet)) {
      found.push(`${packet.kind} ${packet.from} → ${packet.to}, ${packet.status}`)
    }
  }
  return found
}

function isOutside({ from, to }: Packet): boolean {
  return from.startsWith('outside:') || to.startsWith('outside:')
}

function startExample(name: string, ...options: string[]): Program {
  return start('python3', [join(examples, name), '-revproc', port(), ...options])
}

function startNodeExample(name: string): Program {
  return start(process.execPath, [join(examples, name), '-revproc', port()])
}

/** Runs Python source; `PROXY` is the proxy's address. */
function startPython(source: string): Program {
  const setUp = `import hashlib, json, socket, sys\nPROXY = ("127.0.0.1", ${port()})\n`
  return start('python3', ['-c', setUp + source])
}

function start(command: string, args: string[]): Program {
  const program = new Program(command, args)
  programs.push(program)
  return program
}

function port(): string {
  return String(engine.proxy.port)
}

const NO_SUCH_POLICY = `
with socket.create_connection(PROXY) as proxy:
    proxy.sendall(b'{"type": 0, "srcid": 7, "privPoliId": 404, "payloadsize": 1, "payload": "x"}')
    print(json.loads(proxy.recv(4096))["error"]["code"])
`

const OTHER_SPELLING = `
with socket.create_connection(PROXY) as proxy:
    question = {"type": "0", "srcid": "77", "privPolyId": "111", "payload": "xyz", "lab": 3}
    for byte in json.dumps(question).encode():
        proxy.sendall(bytes([byte]))
    answer = json.loads(proxy.recv(4096))
    print("correct" if answer["payload"] == hashlib.sha1(b"xyz").hexdigest() else answer)
`

/** Takes its port and registers, but listens only when told to. */
const REGISTERS_BEFORE_LISTENING = `
listener = socket.socket()
listener.bind(("127.0.0.1", 0))
with socket.create_connection(PROXY) as proxy:
    port = listener.getsockname()[1]
    registration = {"type": 1, "id": 900, "privPolyId": 999, "listenport": port}
    proxy.sendall(json.dumps(registration).encode())
sys.stdin.readline()
listener.listen()
while True:
    connection, _ = listener.accept()
    with connection:
        question = json.loads(connection.recv(4096))
        digest = hashlib.sha1(question["payload"].encode()).hexdigest()
        answer = {"type": 2, "srcid": 900, "destid": question["srcid"], "payloadsize": 40}
        connection.sendall(json.dumps({**answer, "payload": digest}).encode())
`
