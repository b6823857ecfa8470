// A real foreign program that waits for a held packet, and the reads that its messages really took.
import { spawnSync } from 'node:child_process'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createEngine, type Engine } from '../../src/main/engine/index'
import { composeAnswer } from '../../src/shared/protocol/compose'
import { nextEvent } from '../integration/lab'
import { question, startProgram } from '../integration/program'
import { Program } from './program'

const hasPython = spawnSync('python3', ['--version']).status === 0
if (!hasPython)
  console.warn('There is no python3 here: the tests with Python programs are skipped.')

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

describe.skipIf(!hasPython)('a Python program', () => {
  it('waits in recv for an answer that is held, and gets the bytes that it was edited to', async () => {
    await does({ type: 'setBreakpoint', filter: 'type:2 from:proxy is:outside', once: true })
    const held = nextEvent(engine, 'packet.held')
    const client = startPython(WAITS_IN_RECV)
    const { packet } = await held
    await askBesides()
    await client.answersTo('still there?')
    expect(client.lines).toEqual(['asked', 'still there? yes'])

    const edited = new TextDecoder().decode(composeAnswer('300', '50', 'changed on the way'))
    await does({ type: 'edit', packet, bytes: Buffer.from(edited).toString('base64') })
    await does({ type: 'pause' })
    await does({ type: 'release', packet })
    await client.answersTo('and now?')
    expect(client.lines.at(-1)).toBe('and now? yes')

    await does({ type: 'resume' })
    expect(await client.line(/^got/)).toBe(`got ${edited}`)
    client.tell('')
    expect(await client.ended()).toBe(0)
  })

  it('waits on for an answer that was dropped', async () => {
    await does({ type: 'setBreakpoint', filter: 'type:2 from:proxy is:outside', once: true })
    const held = nextEvent(engine, 'packet.held')
    const lost = nextEvent(engine, 'exchange.finished')
    const client = startPython(WAITS_IN_RECV)
    await does({ type: 'drop', packet: (await held).packet })
    expect(await lost).toMatchObject({ outcome: 'lost', client: 'outside:client:50' })
    await askBesides()
    await client.answersTo('still there?')
    expect(client.lines).toEqual(['asked', 'still there? yes'])
  })

  it('that writes a message in three parts has it read in three pieces', async () => {
    const read = nextEvent(engine, 'packet.read', ({ pieces }) => pieces.length > 1)
    const client = startPython(WRITES_IN_PARTS)
    for (const part of [1, 2, 3]) {
      await client.line(new RegExp(`^wrote part ${part}$`))
      // The answer to another client proves that the proxy has served all sockets since.
      if (part < 3) await askBesides()
      client.tell('go on')
    }
    const { packet, pieces } = await read
    expect(pieces.map(({ bytes, of }) => [bytes, of])).toEqual([
      [10, 10],
      [20, 20],
      [45, 45],
    ])
    const times = pieces.map(({ at }) => at)
    expect(times).toEqual([...times].sort((a, b) => a - b))
    expect(engine.state.packets.at(packet - 1)).toMatchObject({
      from: 'outside:client:50',
      pieces,
    })
    expect(await client.ended()).toBe(0)
  })
})

async function does(command: object): Promise<void> {
  expect(await engine.execute(command)).toMatchObject({ ok: true })
}

/** Another program sends a message; resolves once it has its answer. */
async function askBesides(): Promise<void> {
  const program = startProgram(engine.proxy.port)
  program.socket.write(question(60, '111', 'besides'))
  await program.answered(1)
  program.socket.destroy()
}

class TalkingProgram extends Program {
  /**
   * Resolves when the program has answered a line on its standard input: it runs, whatever its
   * socket waits for.
   */
  answersTo(text: string): Promise<string> {
    this.tell(text)
    return this.line(new RegExp(`^${text.replace('?', '\\?')} yes$`))
  }
}

/** Runs Python source; `PROXY` is the proxy's address. */
function startPython(source: string): TalkingProgram {
  const setUp = `import json, socket, sys, threading\nPROXY = ("127.0.0.1", ${engine.proxy.port})\n`
  const program = new TalkingProgram('python3', ['-u', '-c', setUp + source])
  programs.push(program)
  return program
}

/**
 * One thread sends a message and waits in `recv`; the other one answers lines until an empty one.
 */
const WAITS_IN_RECV = `
def ask():
    with socket.create_connection(PROXY) as proxy:
        question = {"type": 0, "srcid": 50, "privPoliId": 111, "payloadsize": 3, "payload": "xyz"}
        proxy.sendall(json.dumps(question).encode())
        print("asked\\n", end="")
        print(f"got {proxy.recv(4096).decode()}\\n", end="")

threading.Thread(target=ask, daemon=True).start()
for line in sys.stdin:
    if line.strip() == "":
        break
    print(f"{line.strip()} yes\\n", end="")
`

const WRITES_IN_PARTS = `
question = b'{"type":0,"srcid":50,"privPoliId":111,"payloadsize":8,"payload":"in parts"}'
with socket.create_connection(PROXY) as proxy:
    proxy.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    for number, part in enumerate([question[:10], question[10:30], question[30:]], 1):
        proxy.sendall(part)
        print(f"wrote part {number}\\n", end="")
        sys.stdin.readline()
    proxy.recv(4096)
`
