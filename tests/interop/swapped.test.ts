// Another program in the proxy's place: HAProxy, nginx and a student's proxy between the lab's own clients and servers.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { createEngine, type Engine } from '../../src/main/engine/index'
import { proxyPrograms } from '../../src/main/programs'
import { isListenedOn } from '../../src/main/programs/ports'
import { partsOfEvent } from '../../src/shared/carried'
import type { LabEvent } from '../../src/shared/events'
import { CLASSIC_POOL } from '../../src/shared/scenario'
import { until } from '../integration/lab'
import { startProgram } from '../integration/program'
import { hasHaproxy } from './haproxy'
import { hasNginx } from './nginx'

const hasPython = spawnSync('python3', ['--version']).status === 0
if (!hasPython) console.warn('There is no python3 here: no student’s proxy is swapped in.')

const PROXY_FILE = join(import.meta.dirname, '../check/programs/proxy.py')
const BY_COMMAND = {
  type: 'swapProxy',
  by: 'program',
  command: `python3 "${PROXY_FILE}" -port {port}`,
} as const

let engine: Engine
let events: LabEvent[] = []

afterEach(() => engine.close())

async function lab(): Promise<void> {
  engine = await createEngine({
    proxyPort: 0,
    scenario: CLASSIC_POOL,
    latencyMs: 0,
    isRecorded: false,
    programs: proxyPrograms,
  })
  events = []
  engine.subscribe((event) => events.push(event))
  await until(engine, () => engine.state.rows.size === CLASSIC_POOL.servers.length)
}

async function give(command: object): Promise<void> {
  expect(await engine.execute(command)).toMatchObject({ ok: true })
}

/** Sends this many messages one after another, and returns the servers that they were seen at, and the turns. */
async function choices(policy: string, count: number): Promise<[string, string | null][]> {
  const before = events.length
  for (let sent = 0; sent < count; sent++) {
    const { answered } = engine.state.totals.exchanges
    await give({ type: 'sendMessage', client: 'client:1', policy })
    await until(engine, () => engine.state.totals.exchanges.answered > answered)
  }
  return seen(before)
}

function seen(from: number): [string, string | null][] {
  return events
    .slice(from)
    .flatMap((event): [string, string | null][] =>
      event.type === 'choice.seen' ? [[event.server, event.expected]] : [],
    )
}

/** The servers whose registrations have arrived since this event, in order. */
function registrations(from: number): string[] {
  const sent = new Map<number, string>()
  return events
    .slice(from)
    .flatMap(partsOfEvent)
    .flatMap((event) => {
      if (event.type === 'packet.sent' && event.kind === 1) sent.set(event.packet, event.from)
      return event.type === 'packet.delivered' ? (sent.get(event.packet) ?? []) : []
    })
}

const IN_TURN = [
  ['100', '100'],
  ['300', '300'],
  ['100', '100'],
  ['300', '300'],
]

describe('swapped in', () => {
  for (const kind of ['haproxy', 'nginx'] as const) {
    const isHere = kind === 'haproxy' ? hasHaproxy : hasNginx
    it.skipIf(!isHere)(
      `${kind} balances the lab’s messages, and ends when the lab’s own proxy comes back`,
      async () => {
        await lab()
        await give({ type: 'swapProxy', by: kind })
        expect(engine.state.foreign).toMatchObject({ kind, takesRegistrations: false })
        expect(engine.state.foreign?.name).toMatch(/^(HAProxy|nginx) \d/)
        expect([...engine.state.next.values()]).toEqual([null, null])
        expect(await choices('111', 4)).toEqual(IN_TURN)
        expect((await choices('222', 2)).map(([server]) => server)).toEqual(['200', '400'])
        expect(engine.state.foreign).toMatchObject({ seen: 6, expected: 6, inTurn: 6 })
        expect(events.filter(({ type }) => type === 'decision.made')).toEqual([])
        await give({ type: 'returnProxy' })
        expect(engine.state.foreign).toBeNull()
        expect(engine.state.next.get('111')).toBe('100')
        await choices('111', 1)
        expect(events.filter(({ type }) => type === 'decision.made')).toHaveLength(1)
      },
    )
  }

  it.skipIf(!hasPython)('a student’s proxy takes registrations and balances', async () => {
    await lab()
    const before = events.length
    await give(BY_COMMAND)
    expect(engine.state.foreign).toMatchObject({ name: 'proxy.py', takesRegistrations: true })
    await until(engine, () => registrations(before).length === 4)
    expect(registrations(before)).toEqual([...engine.state.rows.values()].map(({ node }) => node))
    expect(await choices('111', 4)).toEqual(IN_TURN)
  })

  it.skipIf(!hasHaproxy)(
    'the lab’s own port names the program that stands in its place',
    async () => {
      await lab()
      await give({ type: 'swapProxy', by: 'haproxy' })
      const program = startProgram(engine.proxy.port)
      program.socket.write('{"type":0,"srcid":7,"privPoliId":111,"payloadsize":1,"payload":"x"}')
      await program.answered(1)
      expect(program.answers[0]?.error?.code).toBe('PROXY_SWAPPED')
      expect(program.answers[0]?.error?.message).toMatch(/^HAProxy .* stands in .* port \d+/)
      program.socket.destroy()
    },
  )

  it.skipIf(!hasHaproxy)('a reset ends it', async () => {
    await lab()
    await give({ type: 'swapProxy', by: 'haproxy' })
    const { port = 0 } = engine.state.foreign ?? {}
    await give({ type: 'reset' })
    expect(engine.state.foreign).toBeNull()
    expect(await isListenedOn(port)).toBe(false)
  })

  it.skipIf(!hasPython)(
    'a program that ends by itself gives its last words, and the place back',
    async () => {
      await lab()
      const script = `import socket, sys
s = socket.socket(); s.bind(("127.0.0.1", int(sys.argv[1]))); s.listen()
while True:
    c, _ = s.accept()
    if b"xyz" in c.recv(4096): raise KeyError("privPolyId")`
      await give({ type: 'swapProxy', by: 'program', command: `python3 -c '${script}' {port}` })
      await give({ type: 'sendMessage', client: 'client:1', payload: 'xyz' })
      await until(engine, () => engine.state.foreign === null)
      const returned = events.find((event) => event.type === 'proxy.returned')
      expect(returned?.why).toMatch(
        /has ended: exit status 1\..*KeyError: 'privPolyId'.*own proxy is back/,
      )
      await until(engine, () => engine.state.totals.exchanges.lost === 1)
      await choices('111', 1)
    },
  )

  it.skipIf(!hasPython)('a program that does not start leaves everything as it is', async () => {
    await lab()
    const command = `python3 -c 'raise SystemExit("no such option: -port")' {port}`
    expect(await engine.execute({ type: 'swapProxy', by: 'program', command })).toEqual({
      ok: false,
      error: expect.stringMatching(/did not start: exit status 1\..*no such option: -port/),
    })
    expect(engine.state.foreign).toBeNull()
    await choices('111', 1)
  })
})
