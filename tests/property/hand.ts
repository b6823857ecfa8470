// Random actions on held packets, and the laws that they must not break.
import { expect } from 'vitest'
import type { Random } from '../../src/main/engine/clock/random'
import type { Engine } from '../../src/main/engine/index'
import { partsOfEvent } from '../../src/shared/carried'
import type { LabEvent } from '../../src/shared/events'
import { PROXY } from '../../src/shared/ids'
import {
  composeAnswer,
  composeClientMessage,
  composeRegistration,
} from '../../src/shared/protocol/compose'
import type { Tap } from '../support/tap'

const FILTERS = [
  ...['type:0', 'type:1', 'type:2', 'type:error', 'policy:111', 'from:proxy', 'to:proxy'],
  ...['is:outside', 'is:inside type:2', 'text xyz', '-type:1'],
]

export function actionsOfTheHand(engine: Engine, random: Random): (() => unknown)[] {
  const draw = <T>(from: readonly T[]): T => from[random.integer(from.length)] as T
  const heldPackets = () => [...engine.state.inFlight.values()].filter(({ held }) => held)

  function toHeld(type: 'release' | 'drop' | 'sendTwice'): unknown {
    const held = heldPackets()
    if (held.length === 0) return undefined
    return engine.execute({ type, packet: draw(held).id })
  }

  async function edit(): Promise<void> {
    const held = heldPackets()
    if (held.length === 0) return
    const packet = draw(held)
    const bytes = editedBytes(engine, packet.bytes, random)
    const result = await engine.execute({
      type: 'edit',
      packet: packet.id,
      bytes: Buffer.from(bytes).toString('base64'),
    })
    expect(result).toEqual({ ok: true })
  }

  return [
    () => engine.execute({ type: 'setBreakpoint', filter: draw(FILTERS) }),
    () => engine.execute({ type: 'setBreakpoint', filter: draw(FILTERS), once: true }),
    () => engine.execute({ type: 'setBreakpoint', filter: draw(FILTERS), once: true }),
    () => {
      const [id] = engine.state.breakpoints.keys()
      return id === undefined ? undefined : engine.execute({ type: 'removeBreakpoint', id })
    },
    () => engine.execute({ type: 'releaseAll' }),
    () => toHeld('release'),
    () => toHeld('drop'),
    () => toHeld('sendTwice'),
    () => toHeld('sendTwice'),
    edit,
    edit,
  ]
}

/** Good and bad messages; registrations name other servers, nobody, and the proxy itself. */
function editedBytes(engine: Engine, bytes: Uint8Array, random: Random): Uint8Array {
  const id = String(900 + random.integer(5))
  const ports = [...engine.state.rows.values()].map(({ listenPort }) => listenPort)
  const port = [...ports, 5_999, engine.proxy.port][random.integer(ports.length + 2)] ?? 5_999
  const space = [' ', '\n\t ', '', ''][random.integer(4)]
  const text = [
    composeClientMessage(id, ['111', '222', 'nobody'][random.integer(3)] ?? '', 'edited'),
    composeRegistration(id, '111', port),
    composeAnswer(id, '7', 'f'.repeat(40)),
    bytes,
    'garbage without a brace',
    '{"type":0,"srcid":1',
    '{"type":9}',
    '{"type":0]',
  ][random.integer(8)]
  const said = typeof text === 'string' ? text : new TextDecoder().decode(text)
  return new TextEncoder().encode(`${space}${said}${space}`)
}

interface Told {
  events: readonly LabEvent[]
  tap: Tap
}

/**
 * Checks that the bytes sent over a connection are those of its delivered packets, as last edited.
 */
export function checkBytes({ events, tap }: Told): void {
  const connections = new Map<number, Extract<LabEvent, { type: 'connection.opened' }>>()
  const packets = new Map<number, Extract<LabEvent, { type: 'packet.sent' }>>()
  const delivered = new Map<
    string,
    { connection: number; fromProxy: boolean; bytes: Uint8Array[] }
  >()
  for (const event of events.flatMap(partsOfEvent)) {
    if (event.type === 'connection.opened') connections.set(event.connection, event)
    else if (event.type === 'packet.sent') packets.set(event.packet, event)
    else if (event.type === 'packet.edited') {
      const packet = packets.get(event.packet)
      if (packet) packets.set(event.packet, { ...packet, bytes: event.bytes })
    } else if (event.type === 'packet.delivered') {
      const packet = packets.get(event.packet)
      // Packets of outside programs are held after the proxy has read them; what follows is sent by
      // the proxy.
      if (packet === undefined || packet.from.startsWith('outside:')) continue
      const { connection } = packet
      const fromProxy = packet.from === PROXY
      const key = `${connection} ${fromProxy}`
      const entry = delivered.get(key) ?? { connection, fromProxy, bytes: [] }
      delivered.set(key, entry)
      entry.bytes.push(packet.bytes)
    }
  }
  /** An outside server may take the port of an inside server that does not listen: nobody sees what it writes. */
  const taken = new Set<number>()
  for (const event of events) {
    if (event.type === 'row.set' && event.row.node.startsWith('outside:'))
      taken.add(event.row.listenPort)
  }
  for (const { connection, fromProxy, bytes } of delivered.values()) {
    const opened = connections.get(connection)
    if (opened === undefined) throw new Error('Delivered over a connection that never opened.')
    const { fromPort, toPort } = opened
    if (!fromProxy && taken.has(toPort)) continue
    const byDialler = (opened.from === PROXY) === fromProxy
    const [senderPort, receiverPort] = byDialler ? [fromPort, toPort] : [toPort, fromPort]
    const written = tap.written(senderPort, receiverPort)
    const whole = Buffer.concat(bytes)
    expect(written.subarray(0, whole.length).equals(whole)).toBe(true)
  }
}

/**
 * Checks that a held packet is not delivered before it is released or lost, and that events tell
 * both.
 */
export function checkHolds({ events }: Told): void {
  const held = new Map<number, Extract<LabEvent, { type: 'packet.held' }>>()
  for (const event of events.flatMap(partsOfEvent)) {
    if (event.type === 'packet.held') {
      expect((event.breakpoint === null) !== (event.behind === null)).toBe(true)
      held.set(event.packet, event)
    } else if (event.type === 'packet.released') {
      expect(held.has(event.packet)).toBe(true)
      expect(event.dueAt).toBeGreaterThanOrEqual(event.at)
      held.delete(event.packet)
    } else if (event.type === 'packet.edited') expect(held.has(event.packet)).toBe(true)
    else if (event.type === 'packet.dropped') held.delete(event.packet)
    else if (event.type === 'packet.delivered') expect(held.has(event.packet)).toBe(false)
  }
  expect([...held.keys()]).toEqual([])
}
