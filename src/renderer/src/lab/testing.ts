// Packets, states and animation frames for tests.
import { vi } from 'vitest'
import type { LessonView } from '../../../shared/lesson/lesson-line'
import { composeClientMessage } from '../../../shared/protocol/compose'
import { PagedList } from '../../../shared/state/paged-list'
import { INITIAL_STATE } from '../../../shared/state/reduce'
import { sentPacket } from '../../../shared/state/sent-packet'
import type { Packet, State } from '../../../shared/state/state'

/** A client's message to the proxy, delivered. */
export function testPacket(id: number, rest: Partial<Packet> = {}): Packet {
  const sent = sentPacket({
    id,
    exchange: id,
    kind: 0,
    from: `client:${id % 3}`,
    to: 'proxy',
    connection: 1,
    bytes: composeClientMessage(String(id % 3), '111', `xyz${id}`),
    sentAt: id * 10,
    dueAt: id * 10 + 600,
  })
  return { ...sent, status: 'delivered', endedAt: sent.dueAt, ...rest }
}

/** A state with these packets in its list, numbered without gaps; the session begins at `firstPacket`. */
export function testState(packets: readonly Packet[], rest: Partial<State> = {}): State {
  const edit = PagedList.empty<Packet>((packets[0]?.id ?? 1) - 1).edit()
  for (const packet of packets) edit.push(packet)
  return { ...INITIAL_STATE, packets: edit.done(), ...rest }
}

/** Clients' messages to the proxy, delivered. */
export function testPackets(from: number, to: number): Packet[] {
  return Array.from({ length: to - from + 1 }, (_, index) => testPacket(from + index))
}

/** A client's message in flight to the proxy. */
export function packetWith(over: Partial<Packet> & Pick<Packet, 'id'>): Packet {
  const sent = sentPacket({
    id: over.id,
    exchange: over.id,
    kind: 0,
    from: 'client:1',
    to: 'proxy',
    connection: 1,
    bytes: new Uint8Array(0),
    sentAt: 0,
    dueAt: 600,
  })
  return { ...sent, ...over }
}

/** A state with these packets; those with status `flying` are also in `inFlight`. */
export function stateWith(packets: readonly Packet[]): State {
  const list = INITIAL_STATE.packets.edit()
  for (const packet of packets) list.push(packet)
  const inFlight = new Map(
    packets.flatMap((packet) => (packet.status === 'flying' ? [[packet.id, packet]] : [])),
  )
  return { ...INITIAL_STATE, packets: list.done(), inFlight }
}

/** Replaces the real time and the animation frames. `run` advances time, and then runs one frame. */
export function stubFrames() {
  let nowMs = 0
  let waiting: (() => void)[] = []
  vi.spyOn(performance, 'now').mockImplementation(() => nowMs)
  vi.stubGlobal('requestAnimationFrame', (task: () => void) => waiting.push(task))
  return {
    run(ms: number) {
      nowMs += ms
      const due = waiting
      waiting = []
      for (const task of due) task()
    },
    get idle() {
      return waiting.length === 0
    },
  }
}

/** Waits until promises that are already resolved have run their callbacks. */
export async function promisesSettled(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await Promise.resolve()
}

/** A lesson at the second of three steps, which asks which server gets the message. */
export function lessonView(over: Partial<LessonView> = {}): LessonView {
  return {
    id: 'a-lesson',
    title: 'A lesson',
    misbelief: null,
    steps: [
      { title: 'Look', asks: 'nothing', outcome: null },
      { title: 'The first message', asks: 'ask', outcome: null },
      { title: 'Do it', asks: 'task', outcome: null },
    ],
    at: 1,
    reached: 1,
    phase: 'open',
    problem: '',
    text: '',
    gate: askGate(),
    afterText: '',
    notes: '',
    next: null,
    spotlight: [],
    locks: [],
    program: null,
    pictures: {},
    mistakes: [],
    ...over,
  }
}

type AskGate = Extract<LessonView['gate'], { kind: 'ask' }>

export function askGate(over: Partial<AskGate> = {}): AskGate {
  const question = { kind: 'server' as const, question: '', servers: ['100', '300'], others: [] }
  return { kind: 'ask', question, held: null, answer: null, reveal: null, ...over }
}
