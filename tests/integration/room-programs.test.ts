// Programs of the room's machines on real sockets: addresses 127.0.0.3 and up stand for other machines, 127.0.0.2 for the
// lab's own address in the room. The clock of the limits is stopped.
import { connect, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { machineOf } from '../../src/shared/ids'
import { composeAnswer } from '../../src/shared/protocol/compose'
import type { ProxyPrograms } from '../../src/shared/proxy-programs'
import {
  MAX_CONNECTIONS_OF_MACHINE,
  MAX_GUEST_OUTSTANDING,
  MAX_SERVERS_OF_MACHINE,
  MESSAGES_OF_MACHINE,
} from '../../src/shared/room/guest-limits'
import type { ProgramGroup } from '../../src/shared/room/programs'
import { question, registration, sha1, startProgram, startServer } from './program'
import { startTestRoom, type TestRoom } from './room-class'
import { connectViewer } from './room-viewer'

/** There, loopback has 127.0.0.1 only. */
const ONE_LOOPBACK = process.platform === 'darwin'
const HOST = '127.0.0.2'
const ADA = '127.0.0.3'
const BEN = '127.0.0.4'

/** A program in the proxy's place, which nobody reaches. */
const programs: ProxyPrograms = {
  start: async () => ({ name: 'X', host: '127.0.0.1', port: 7_000, stop: async () => {} }),
}

let room: TestRoom

beforeEach(async () => {
  room = await startTestRoom(HOST, { programs })
  await serversRegistered()
})

afterEach(() => room.close())

const state = () => room.engine.state
const serversRegistered = () => expect.poll(() => state().rows.size).toBe(4)
const groups = (): readonly ProgramGroup[] => {
  room.instructor.request({ kind: 'look' })
  return room.opened().programs.groups
}
const groupAt = (machine: string) => groups().find((group) => group.machine === machine)
const guests = () => [...state().nodes.keys()].filter((id) => machineOf(id) !== undefined)

async function letIn(): Promise<void> {
  room.instructor.request({ kind: 'letProgramsIn' })
  await expect.poll(() => room.opened().programs.at).toMatchObject({ host: HOST })
}

async function openAndLetIn(): Promise<string> {
  const url = await room.open()
  await letIn()
  return url
}

function program(from: string, host = HOST) {
  const started = startProgram(room.engine.proxy.port, { host, from })
  onTestFinished(() => void started.socket.destroy())
  return started
}

/** Registers a server that answers from this machine. */
async function serve(from: string, id: string, policy: string) {
  const { port, stop } = await startServer((socket) => {
    socket.on('data', (bytes) => {
      const { payload, srcid } = JSON.parse(bytes.toString())
      socket.end(composeAnswer(id, srcid, sha1(payload)))
    })
  }, from)
  onTestFinished(stop)
  program(from).socket.end(registration(id, policy, port))
}

/** Resolves with the error's code; undefined: it connects. */
function refusalAt(host: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket: Socket = connect({ host, port: room.engine.proxy.port, localAddress: ADA })
    socket.once('connect', () => resolve(undefined))
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code))
    onTestFinished(() => void socket.destroy())
  })
}

describe.skipIf(ONE_LOOPBACK)('programs of the room', () => {
  it('reach the proxy only while the instructor lets them in', async () => {
    await room.open()
    expect(await refusalAt(HOST)).toBe('ECONNREFUSED')
    await letIn()
    const local = startProgram(room.engine.proxy.port)
    onTestFinished(() => void local.socket.destroy())
    const guest = program(ADA)
    for (const { socket } of [local, guest]) socket.write(question(7, '111', 'a'))
    await Promise.all([local.answered(1), guest.answered(1)])
    expect(guest.answers[0]?.payload).toBe(sha1('a'))
    expect(state().nodes.get(`outside:[${ADA}]client:7`)).toMatchObject({ group: ADA, served: 1 })

    room.instructor.request({ kind: 'endPrograms' })
    await guest.over()
    await expect.poll(() => room.opened().programs).toEqual({ at: null, groups: [] })
    expect(guests()).toEqual([])
    expect(await refusalAt(HOST)).toBe('ECONNREFUSED')
    local.socket.write(question(7, '111', 'b'))
    await local.answered(2)

    await letIn()
    const again = program(ADA)
    again.socket.write(question(7, '111', 'c'))
    await again.answered(1)
    room.instructor.request({ kind: 'close' })
    await again.over()
    await expect.poll(() => refusalAt(HOST)).toBe('ECONNREFUSED')
  })

  it('with the same ids are told apart by their machines, and named after the viewers there', async () => {
    const url = await openAndLetIn()
    const ada = await connectViewer(url, ADA)
    room.all.push(ada)
    ada.say({ kind: 'join', code: new URL(url).hash.slice(1), name: 'Ada' })
    const place = { host: HOST, port: room.engine.proxy.port, policy: '111' }
    await expect.poll(() => ada.last('programs')?.at).toEqual(place)
    await serve(ADA, '900', '999')
    await expect.poll(() => state().rows.get('900')?.address).toBe(ADA)
    const [one, two] = [program(ADA), program(BEN)]
    for (const { socket } of [one, two]) socket.write(question(1, '999', 'x'))
    await Promise.all([one.answered(1), two.answered(1)])
    expect(one.answers[0]?.payload).toBe(sha1('x'))

    await expect
      .poll(() => groupAt(ADA))
      .toMatchObject({ name: 'Ada', clients: 1, servers: 1, sent: 1, answered: 2, errors: 0 })
    expect(groupAt(BEN)).toMatchObject({ name: '', clients: 1, servers: 0, sent: 1 })
    expect(state().nodes.get(`outside:[${ADA}]server:900`)?.group).toBe('Ada')
    await expect.poll(() => ada.last('programs')?.mine).toMatchObject({ clients: 1, servers: 1 })

    const ben = await connectViewer(url, ADA)
    room.all.push(ben)
    ben.say({ kind: 'join', code: new URL(url).hash.slice(1), name: 'Ben' })
    await expect.poll(() => state().nodes.get(`outside:[${ADA}]client:1`)?.group).toBe('Ada, Ben')
    ben.say({ kind: 'rename', name: 'Bea' })
    await expect.poll(() => state().nodes.get(`outside:[${ADA}]client:1`)?.group).toBe('Ada, Bea')
  })

  it('join again after a reset, and get an error that says why while another proxy stands there', async () => {
    await openAndLetIn()
    const before = program(ADA)
    before.socket.write(question(1, '111', 'x'))
    await before.answered(1)
    expect(await room.engine.execute({ type: 'reset' })).toMatchObject({ ok: true })
    await before.over()
    await expect.poll(() => groups()).toEqual([])
    await serversRegistered()
    const after = program(ADA)
    const swap = { type: 'swapProxy', by: 'running', port: 7_000 }
    expect(await room.engine.execute(swap)).toMatchObject({ ok: true })
    after.socket.write(question(1, '111', 'y'))
    await after.answered(1)
    expect(after.answers[0]?.error?.code).toBe('PROXY_SWAPPED')
    expect(after.answers[0]?.error?.message).toContain('programs of the room take part again when')
    expect(await room.engine.execute({ type: 'returnProxy' })).toMatchObject({ ok: true })
    after.socket.write(question(1, '111', 'z'))
    await after.answered(2)
    expect(after.answers[1]?.payload).toBe(sha1('z'))
    await expect.poll(() => groupAt(ADA)).toMatchObject({ clients: 1, sent: 2, errors: 1 })
  })

  it('are cleared with one click, kept out, and let in again', async () => {
    await openAndLetIn()
    await serve(ADA, '900', '111')
    const [one, two] = [program(ADA), program(BEN)]
    for (const { socket } of [one, two]) socket.write(question(1, '222', 'x'))
    await Promise.all([one.answered(1), two.answered(1)])
    await expect.poll(() => groupAt(ADA)?.servers).toBe(1)

    room.instructor.request({ kind: 'clearPrograms', machine: ADA, keepOut: false })
    await one.over()
    expect(guests()).toEqual([`outside:[${BEN}]client:1`])
    expect(state().rows.has('900')).toBe(false)
    const back = program(ADA)
    back.socket.write(question(1, '222', 'x'))
    await back.answered(1)

    room.instructor.request({ kind: 'clearPrograms', machine: ADA, keepOut: true })
    await back.over()
    await expect.poll(() => groupAt(ADA)).toMatchObject({ isKeptOut: true, clients: 0 })
    await program(ADA).over()
    two.socket.write(question(1, '222', 'y'))
    await two.answered(2)

    room.instructor.request({ kind: 'letMachineIn', machine: ADA })
    await expect.poll(() => groupAt(ADA)).toBeUndefined()
    const allowed = program(ADA)
    allowed.socket.write(question(1, '222', 'x'))
    await allowed.answered(1)
  })

  it('of the lab’s own machine are grouped as well, and not limited', async () => {
    await openAndLetIn()
    const own = program(HOST)
    const count = MESSAGES_OF_MACHINE.burst + 50
    own.socket.write(Array.from({ length: count }, () => question(1, '111', 'x')).join(''))
    await own.answered(count)
    await expect.poll(() => groupAt(HOST)).toMatchObject({ clients: 1, limited: '' })
  })
})

describe.skipIf(ONE_LOOPBACK)('a machine of the room that means harm', () => {
  it('gets no further than its rate, while another one is served as before', async () => {
    await openAndLetIn()
    const flood = program(ADA)
    flood.socket.write(question(1, '111', 'x').repeat(MESSAGES_OF_MACHINE.burst + 500))
    await expect
      .poll(() => state().nodes.get(`outside:[${ADA}]client:1`)?.served)
      .toBe(MESSAGES_OF_MACHINE.burst + 1)
    const other = program(BEN)
    for (let count = 1; count <= 20; count++) {
      other.socket.write(question(1, '111', 'y'))
      await other.answered(count)
    }
    expect(state().nodes.get(`outside:[${ADA}]client:1`)?.served).toBe(
      MESSAGES_OF_MACHINE.burst + 1,
    )
    await expect.poll(() => groupAt(ADA)?.limited).toMatch(/^It sends more than \d+ messages/)
  })

  it('has few messages under way on one connection, and few connections', async () => {
    await openAndLetIn()
    await room.engine.execute({ type: 'setBreakpoint', filter: 'type:0', once: false })
    const hung = program(ADA)
    hung.socket.write(question(1, '111', 'x').repeat(2 * MAX_GUEST_OUTSTANDING))
    await expect
      .poll(() => state().nodes.get(`outside:[${ADA}]client:1`)?.sent)
      .toBe(MAX_GUEST_OUTSTANDING)
    const many = Array.from({ length: MAX_CONNECTIONS_OF_MACHINE + 10 }, () => program(ADA))
    await Promise.all(many.slice(-10).map((one) => one.over()))
    await expect.poll(() => groupAt(ADA)?.connections).toBe(MAX_CONNECTIONS_OF_MACHINE)
    await expect.poll(() => groupAt(ADA)?.limited).toMatch(/^11 connections were closed/)
    const other = program(BEN)
    other.socket.write(question(1, '111', 'y'))
    await expect.poll(() => state().nodes.get(`outside:[${BEN}]client:1`)?.sent).toBe(1)
  })

  it('takes nobody else’s id, and no more rows than its share', async () => {
    await openAndLetIn()
    const [row] = state().rows.values()
    const server = row?.server ?? ''
    await serve(BEN, '900', '999')
    await expect.poll(() => state().rows.has('900')).toBe(true)
    const thief = program(ADA)
    thief.socket.write(registration(server, '111', 2999) + registration('900', '999', 2999))
    await thief.answered(2)
    expect(thief.answers.map(({ error }) => error?.code)).toEqual(['ID_TAKEN', 'ID_TAKEN'])
    expect(thief.answers[0]?.error?.message).toContain('belongs to a server of the lab itself')
    expect(thief.answers[1]?.error?.message).toContain(`belongs to a server of ${BEN}`)
    await expect.poll(() => groupAt(ADA)?.problem).toContain('The registration of server 900')
    expect(state().rows.get(server)).toMatchObject({ node: row?.node, listenPort: row?.listenPort })

    const rows = state().rows.size
    const ids = Array.from({ length: MAX_SERVERS_OF_MACHINE + 5 }, (_, index) => `${5000 + index}`)
    const greedy = program(ADA)
    greedy.socket.write(ids.map((id) => registration(id, '888', 2999)).join(''))
    await greedy.answered(5)
    expect(greedy.answers.every(({ error }) => error?.code === 'TABLE_FULL')).toBe(true)
    expect(state().rows.size).toBe(rows + MAX_SERVERS_OF_MACHINE)
    // A server that is there may register again.
    greedy.socket.write(registration('5000', '888', 3000))
    await expect.poll(() => state().rows.get('5000')?.listenPort).toBe(3000)
  })

  it.each([
    ['a command', '{"type":"reset"}'],
    ['an instructor’s request', '{"kind":"letProgramsIn"}'],
    ['the web’s protocol', 'GET /class HTTP/1.1\r\nUpgrade: websocket\r\n\r\n'],
  ])('gets an error that sends %s to the proxy, and changes nothing', async (_, text) => {
    await openAndLetIn()
    const nodes = [...state().nodes.keys()]
    const hostile = program(ADA)
    hostile.socket.end(text)
    await hostile.over()
    expect([...state().nodes.keys()]).toEqual([...nodes, `outside:[${ADA}]unknown`])
    expect(state().rows.size).toBeGreaterThan(0)
    await expect.poll(() => groupAt(ADA)).toMatchObject({ clients: 0, servers: 0, errors: 1 })
  })

  it.each([
    { kind: 'letProgramsIn' },
    { kind: 'clearPrograms', machine: BEN, keepOut: true },
    { kind: 'letMachineIn', machine: ADA },
  ])('is cut off that asks as a viewer for $kind', async (message) => {
    const viewer = await room.enter(await openAndLetIn())
    viewer.socket.send(JSON.stringify(message))
    expect((await viewer.closed).code).toBe(1008)
    expect(room.opened().programs.groups).toEqual([])
  })
})
