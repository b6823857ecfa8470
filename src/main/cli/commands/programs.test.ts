// The three programs of the homework over real sockets, in this process.
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { ran, startedWith } from '../testing'

const HASH = 'b0400cf1f3919fdba057dbd2acc52f148fbb43ac'

const started = (...args: string[]) => startedWith('out/main', ...args)

async function startedProxy(...args: string[]) {
  const proxy = started('proxy', '-port', '0', ...args)
  const [, port = ''] = await proxy.says(/^Listening on .*port (\d+)$/)
  return { proxy, port }
}

it('a policy gets its own settings beside those of every policy', async () => {
  const own = ['--policy', '111:algorithm=maglev,queue.max=7', '--policy', '222:checks']
  const proxy = started('proxy', '-port', '0', '--json', '--algorithm', 'random', ...own)
  const [, port = ''] = await proxy.says(/^Listening on .*port (\d+)$/)
  await startedServer('100', port)
  const [line] = await proxy.says(/^{"type":"pool.changed","policy":"111".*/)
  expect(JSON.parse(line)).toMatchObject({ algorithm: 'maglev', queue: { max: 7 } })
})

async function startedServer(id: string, revproc: string, ...args: string[]) {
  const listen = ['-listen', '0', '-revproc', revproc]
  return started('server', '-id', id, '-pp', '111', ...listen, ...args)
}

describe('proxy, servers and clients', () => {
  it('print the classic lines, and end in order', async () => {
    const { proxy, port } = await startedProxy()
    const server = await startedServer('100', port)
    await proxy.says(/registration from server 100/)
    const other = await startedServer('300', port)
    await proxy.says(/registration from server 300/)

    const folder = await mkdtemp(join(tmpdir(), 'roundabout-client-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const packet = { type: 0, srcid: 1, privPoliId: 111, payloadsize: 4, payload: 'xyz1' }
    await writeFile(join(folder, 'packet.json'), JSON.stringify(packet))
    const args = ['client', '-id', '1', '-revproc', port, '-pkt', join(folder, 'packet.json')]
    expect(await ran(args)).toMatchObject({
      status: 0,
      out: [
        'Sending a data message to the proxy privacy policy 111 payload: xyz1',
        `Received a hash from server 100: ${HASH}`,
        'Hash of payload is correct',
      ].join('\n'),
      told: '',
    })
    expect(await ran(args)).toMatchObject({ out: expect.stringContaining('from server 300') })

    expect(await server.stop()).toBe(0)
    expect(await other.stop()).toBe(0)
    expect(await proxy.stop()).toBe(0)
    const [, ...lines] = server.lines
    expect(lines).toEqual([
      expect.stringMatching(/^Registering with the proxy as server 100 privacy policy 111 /),
      'Received a data message from client 1 privacy policy 111 payload: xyz1',
      `Sending the hash to client 1: ${HASH}`,
    ])
    expect(proxy.lines.slice(3, 7)).toEqual([
      'Received a data message from client 1 privacy policy 111 payload: xyz1',
      'Forwarding the data message of client 1 to server 100 privacy policy 111 payload: xyz1',
      `Received a hash from server 100 for client 1: ${HASH}`,
      `Forwarding the hash of server 100 to client 1: ${HASH}`,
    ])
  })

  it('have the settings that they have in the app', async () => {
    const { proxy, port } = await startedProxy(
      ...['--algorithm', 'weighted-round-robin', '--json'],
      ...['--server', '100:weight=3,keepConnection'],
    )
    await startedServer('100', port, '--behaviour', 'kind=wrong-hash')
    await proxy.says(/"type":"pool.changed","policy":"111","algorithm":"weighted-round-robin"/)
    await proxy.says(/"type":"node.changed".*"keepConnection":true,"weight":3/)
    const { status, out } = await ran(['client', '-id', '1', '-pp', '111', '-revproc', port])
    expect([status, out]).toEqual([1, expect.stringContaining('Hash of payload is WRONG')])
    const decision = await proxy.says(/"type":"decision.made".*/)
    expect(JSON.parse(decision.input)).toMatchObject({ algorithm: 'weighted-round-robin' })
  })

  it('give each event as a line of JSON', async () => {
    const { port } = await startedProxy()
    const args = ['client', '-id', '1', '-pp', '9', '-revproc', port, '--count', '2', '--json']
    const { status, out } = await ran(args)
    const events = out.split('\n').map((line) => JSON.parse(line))
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1))
    const refused = events.filter(({ type }) => type === 'exchange.finished')
    expect(refused).toMatchObject([{ outcome: 'refused' }, { outcome: 'refused' }])
    const [sent] = events.filter(({ type }) => type === 'packet.carried')
    expect(JSON.parse(sent.text)).toMatchObject({ type: 0, srcid: 1, payload: 'xyz1' })
    expect(status).toBe(1)
  })
})

it('a server says at which addresses and port other machines reach it', async () => {
  const { port } = await startedProxy()
  const listen = ['-listen', '0.0.0.0:0', '-revproc', port]
  const server = started('server', '-id', '1', '-pp', '111', ...listen)
  const [, own] = await server.says(/^Open to other machines, at .*:(\d+)[.]$/)
  expect(server.lines).toContain(`Listening on port ${own}`)
})

describe('a proxy with the socket doctor', () => {
  const QUESTION = '{"type":"0","srcid":50,"privPoliId":111,"payloadsize":4,"payload":"xyz1"}'

  async function askedBy(client: string, port: string): Promise<void> {
    const socket = connect(Number(port), '127.0.0.1')
    socket.end(client)
    socket.resume()
    await once(socket, 'close')
  }

  it('says what is odd on a program’s wire, and nothing of healthy ones', async () => {
    const { proxy, port } = await startedProxy('--doctor')
    await startedServer('100', port)
    await proxy.says(/registration from server 100/)
    expect((await ran(['client', '-id', '1', '-pp', '111', '-revproc', port])).status).toBe(0)
    await askedBy(QUESTION, port)
    await proxy.says(/^Client 50: Sends numbers as texts \[numbers-as-texts\]$/)
    await proxy.says(/^ {2}Bytes \(packet \d+, from byte 1\): 22 74 79 .* "type":"0"$/)
    await proxy.says(/^ {2}To mend it: /)
    await askedBy(QUESTION, port)
    await proxy.stop()
    expect(proxy.lines.filter((line) => /\[[a-z-]+\]$/.test(line))).toHaveLength(1)
  })

  it('gives each finding as a line of JSON beside the events', async () => {
    const { proxy, port } = await startedProxy('--doctor', '--json')
    await askedBy(QUESTION, port)
    const line = await proxy.says(/^{"type":"diagnosis".*/)
    expect(JSON.parse(line[0])).toMatchObject({
      node: 'outside:client:50',
      id: 'numbers-as-texts',
      gravity: 'fragile',
      seen: expect.stringContaining('type is a number written as a text'),
      hex: Buffer.from('"type":"0"').toString('hex'),
    })
  })
})

describe('a proxy', () => {
  it('leaves standard output to the events where those are asked for', async () => {
    const stopped = AbortSignal.abort()
    expect(await ran(['proxy', '-port', '0', '--json'], { stopped })).toMatchObject({
      status: 0,
      out: '',
      told: expect.stringMatching(/^Listening on .* port \d+$/),
    })
  })

  it('says so while other machines can reach it', async () => {
    const proxy = started('proxy', '-port', '0', '--listen', '0.0.0.0')
    await proxy.says(/^Open to other machines, at .*: anybody who reaches it can take part[.]/)
  })

  it('serves the screen and the metrics to this machine', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'roundabout-built-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    await mkdir(join(folder, 'renderer'))
    await writeFile(join(folder, 'renderer/index.html'), '<title>The page')
    const args = ['proxy', '-port', '0', '--screen', '--metrics']
    const proxy = startedWith(join(folder, 'main'), ...args)
    const [, metrics = ''] = await proxy.says(/^Metrics: (http:\S+)$/)
    expect((await fetch(metrics)).headers.get('content-type')).toMatch('version=0.0.4')
    const [, screen = ''] = await proxy.says(/^Screen: (http:\S+)$/)
    expect(await (await fetch(screen)).text()).toContain('The page')
  })
})

describe('what cannot start', () => {
  it.each([
    [['client', '-revproc', '1'], '--id is missing: add --id ID, or --pkt FILE.'],
    [['client', '-id', '1'], '--pp is missing: add --pp POLICY, or --pkt FILE.'],
    [['server', '-id', '1', '-pp', '1'], '--listen is missing: add --listen PORT.'],
    [
      ['server', '-id', '1', '-pp', '1', '-listen', 'here'],
      '--listen needs a port, or HOST:PORT ([…]:PORT for IPv6); it got "here".',
    ],
    [
      ['proxy', '--listen', 'here'],
      '--listen needs an address of this machine, such as 192.168.1.5, 0.0.0.0 or ::; it got "here".',
    ],
    [['proxy', '--server', '100'], '--server needs ID:NAME=VALUE,…; it got "100".'],
    [
      ['proxy', '--server', '100:weight=0'],
      '--server: weight: It must be a whole number from 1 to 256; here it is 0.',
    ],
    [['proxy', '--listen', '192.0.2.1'], 'This machine has no address 192.0.2.1.'],
    [
      ['proxy', '--screen-port', '8080'],
      '--screen-port is the port of --screen or --metrics: add one of them.',
    ],
    [['client', '-pkt', 'no-such-file'], 'no-such-file cannot be read: there is no such file.'],
    [['client', '-pkt', 'src'], 'src cannot be read: it is a folder.'],
    [['run', 'no-such-file'], 'no-such-file cannot be read: there is no such file.'],
    [['replay', 'no-such-file'], 'no-such-file cannot be read: there is no such file.'],
    [['open', 'no-such-file'], 'no-such-file cannot be opened: there is no such file.'],
  ])('%j is refused in one sentence', async (args, told) => {
    expect(await ran(args)).toEqual({ status: 2, out: '', told, bytes: Buffer.alloc(0) })
  })

  it('is refused for a message that is none of a client', async () => {
    const { told } = await ran(['client', '-pkt', 'package.json'])
    expect(told).toMatch(/^package.json: .*type/)
  })
})
