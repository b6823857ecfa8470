import { expect, it } from 'vitest'
import type { LabEvent } from '../events'
import { MachineTime } from './machine-time'

type Told = { readonly type: LabEvent['type']; readonly at: number } & Readonly<
  Record<string, unknown>
>

const QUESTION = { kind: 0, connection: 1 }
const ANSWER = { kind: 2, connection: 1 }

/** Each packet is on its link for 20 ms, and the server works for 100 ms. The times are when somebody deals with what has come. */
function story(read: {
  proxy: number
  connected: number
  server: number
  back: number
  client: number
}) {
  const { proxy, connected, server, back, client } = read
  const sent = (at: number, packet: number, more: object) => ({
    type: 'packet.sent' as const,
    at,
    dueAt: at + 20,
    packet,
    exchange: 1,
    ...more,
  })
  return [
    sent(0, 1, { ...QUESTION, from: 'client:1', to: 'proxy' }),
    { type: 'packet.delivered', at: proxy, packet: 1 },
    { type: 'decision.made', at: proxy, exchange: 1, policy: '111', server: '100' },
    sent(connected, 2, { ...QUESTION, connection: 2, from: 'proxy', to: 'server:100' }),
    { type: 'packet.delivered', at: server, packet: 2 },
    { type: 'work.changed', at: server, node: 'server:100', working: 1, waiting: 0 },
    sent(server + 100, 3, { ...ANSWER, connection: 2, from: 'server:100', to: 'proxy' }),
    { type: 'packet.delivered', at: back, packet: 3 },
    sent(back, 4, { ...ANSWER, from: 'proxy', to: 'client:1' }),
    { type: 'packet.delivered', at: client, packet: 4 },
    { type: 'exchange.finished', at: client, exchange: 1, outcome: 'answered', server: '100' },
  ] satisfies readonly Told[]
}

function machineMs(events: readonly Told[]): number {
  const machine = new MachineTime()
  for (const event of events) machine.apply(event as unknown as LabEvent)
  return machine.meanMs(({ policy }) => policy === '111')
}

const LATE = { proxy: 25, connected: 32, server: 55, back: 190, client: 220 }

it('is nothing where everybody deals at once with what comes', () => {
  const at = { proxy: 20, connected: 20, server: 40, back: 160, client: 180 }
  expect(machineMs(story(at))).toBe(0)
})

it('is how late each packet was read, and how long it took to connect', () => {
  // Of 220 ms, the links take 80 and the work 100.
  expect(machineMs(story(LATE))).toBe(40)
})

it('is what others had to wait for a message that was late, and no more', () => {
  // They should have been read at 40 and 90, and worked on until 140 and 240; both were read at 100.
  const sent = (
    at: number,
    packet: number,
    exchange: number,
    from: string,
    to: string,
    kind = 0,
  ) => ({
    type: 'packet.sent' as const,
    at,
    dueAt: at + 20,
    packet,
    exchange,
    from,
    to,
    kind,
    connection: exchange,
  })
  const events: Told[] = [
    ...[1, 11].flatMap((exchange) => {
      const at = exchange === 1 ? 0 : 50
      return [
        sent(at, exchange, exchange, `client:${exchange}`, 'proxy'),
        { type: 'packet.delivered' as const, at: at + 20, packet: exchange },
        sent(at + 20, exchange + 1, exchange, 'proxy', 'server:100'),
        { type: 'packet.delivered' as const, at: 100, packet: exchange + 1 },
      ]
    }),
    ...[1, 11].flatMap((exchange) => {
      const at = exchange === 1 ? 200 : 300
      return [
        sent(at, exchange + 2, exchange, 'server:100', 'proxy', 2),
        { type: 'exchange.finished' as const, at, exchange, outcome: 'answered', server: '100' },
      ]
    }),
  ]
  const machine = new MachineTime()
  for (const event of events) machine.apply(event as unknown as LabEvent)
  expect(machine.meanMs(({ at }) => at === 200)).toBe(60)
  expect(machine.meanMs(({ at }) => at === 300)).toBe(60)
  expect(machine.addedTo(1, () => true)).toBe(60)
})

it('is not what a person or a fault does to a packet, nor the time that a failed attempt takes', () => {
  const [asked, ...rest] = story(LATE)
  const begun = asked === undefined ? [] : [asked]
  expect(machineMs([...begun, { type: 'packet.held', at: 5, packet: 1 }, ...rest])).toBe(35)
  expect(
    machineMs([...begun, { type: 'packet.released', at: 6, packet: 1, dueAt: 24 }, ...rest]),
  ).toBe(36)
  const failed = {
    type: 'upstream.failed',
    at: 30,
    exchange: 1,
    server: '100',
    reason: 'SERVER_REFUSED',
  } as const
  const events = story(LATE)
  expect(machineMs([...events.slice(0, 3), failed, ...events.slice(3)])).toBe(33)
})

it('is forgotten with the messages', () => {
  const machine = new MachineTime()
  for (const event of story(LATE)) machine.apply(event as unknown as LabEvent)
  machine.forgetBefore(220)
  expect(machine.meanMs(() => true)).toBe(40)
  machine.forgetBefore(221)
  expect(machine.meanMs(() => true)).toBe(0)
})
