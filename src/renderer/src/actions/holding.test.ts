import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Command } from '../../../shared/commands'
import type { Breakpoint } from '../../../shared/events'
import type { NodeState, Packet } from '../../../shared/state/state'
import { useUi } from '../choices/ui'
import { startLab, useLab } from '../lab/lab'
import { packetWith, stateWith } from '../lab/testing'
import { useLine } from '../line/line'
import { fakeBridge } from '../line/testing'
import { usePast } from '../past/past'
import { holdNext, releaseHeld } from './holding'

let asked: Command[] = []
let stop = () => {}

beforeEach(() => {
  const line = fakeBridge()
  asked = line.commands
  stop = startLab(line.bridge)
  useUi.setState({ selection: null, notices: [] })
  show([])
})
afterEach(() => stop())

const CLIENT: NodeState = {
  id: 'client:1',
  role: 'client',
  origin: 'inside',
  protocolId: '1',
  sent: 0,
  received: 0,
  errors: 0,
  served: 0,
  inFlight: 0,
  connections: 0,
}

function show(packets: readonly Packet[], breakpoints: readonly Breakpoint[] = []): void {
  const nodes = new Map([CLIENT, { ...CLIENT, id: 'proxy', role: 'proxy' as const }].map(withId))
  const state = { ...stateWith(packets), nodes, breakpoints: new Map(breakpoints.map(withId)) }
  useLab.setState({ state, live: state })
}

function withId<Id, T extends { id: Id }>(value: T): [T['id'], T] {
  return [value.id, value]
}

function notices(): string[] {
  return useUi.getState().notices.map(({ text }) => text)
}

const held = (id: number, legAt: number) =>
  packetWith({ id, legAt, legFrom: 0.5, held: { breakpoint: 1, behind: null } })

test('holds the next packet on the link of the selected node', () => {
  useUi.getState().select({ kind: 'node', id: 'client:1' })
  holdNext()
  expect(asked).toEqual([{ type: 'setBreakpoint', filter: 'link:"client:1"', once: true }])
})

test('holds the next packet anywhere, asked of the proxy', () => {
  holdNext('proxy')
  expect(asked).toEqual([{ type: 'setBreakpoint', filter: 'node:proxy', once: true }])
})

test('asked for again, it is called off', () => {
  show([], [{ id: 4, filter: 'link:"client:1"', once: true, enabled: true }])
  holdNext('client:1')
  expect(asked).toEqual([{ type: 'removeBreakpoint', id: 4 }])
})

test('says what to do where no node is selected, or the node has left', () => {
  useUi.getState().select({ kind: 'packet', id: 3 })
  holdNext()
  expect(notices()).toEqual([expect.stringContaining('Select a node')])
  holdNext('client:9')
  expect(notices()).toEqual([expect.stringContaining('Client 9 has left')])
  expect(asked).toEqual([])
})

test('releases the selected packet if it is held, else the one held longest', () => {
  show([held(1, 500), held(2, 400), packetWith({ id: 3 })])
  releaseHeld()
  useUi.getState().select({ kind: 'packet', id: 1 })
  releaseHeld()
  useUi.getState().select({ kind: 'packet', id: 3 })
  releaseHeld()
  expect(asked.map((command) => 'packet' in command && command.packet)).toEqual([2, 1, 2])
})

test('says so where no packet is held', () => {
  releaseHeld()
  expect(asked).toEqual([])
  expect(notices()).toEqual([expect.stringContaining('No packet is held')])
})

test('in the past nothing is asked, and the person is told', () => {
  show([held(1, 500)])
  usePast.setState({ view: 'past' })
  holdNext('client:1')
  releaseHeld()
  usePast.setState({ view: 'now' })
  expect(asked).toEqual([])
  expect(notices()).toEqual([expect.stringContaining('This is the past')])
})

test('a viewer asks for nothing, and is told why', () => {
  show([held(1, 500)])
  useLine.setState({ role: 'viewer' })
  holdNext('client:1')
  releaseHeld()
  useLine.setState({ role: 'operator' })
  expect(asked).toEqual([])
  expect(notices()).toEqual([expect.stringContaining('You are a viewer')])
})
