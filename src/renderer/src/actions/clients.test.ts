// Key X: the traffic of the selected client, or all traffic.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { settled } from '../../../shared/settings/derive'
import { TRAFFIC } from '../../../shared/settings/features/traffic'
import { INITIAL_STATE } from '../../../shared/state/reduce'
import type { NodeState } from '../../../shared/state/state'
import { useUi } from '../choices/ui'
import { startLab, useLab } from '../lab/lab'
import { FakeSession } from '../past/testing'
import { toggleSelected } from './clients'

let session = new FakeSession()
let stop = () => {}

beforeEach(() => {
  session = new FakeSession()
  stop = startLab(
    session.line.bridge,
    () => {},
    () => false,
  )
  useUi.setState({ selection: null, notices: [] })
})
afterEach(() => stop())

const traffic = settled(TRAFFIC.settings, { pattern: 'constant', perSecond: 3 })

/** A client whose traffic runs, stands still, or is off. */
function client(id: string, does: 'sends' | 'waits' | 'off'): NodeState {
  return {
    id: `client:${id}`,
    role: 'client',
    origin: 'inside',
    protocolId: id,
    traffic: does === 'off' ? 'off' : traffic,
    ...(does === 'sends' && { sending: true }),
    sent: 0,
    received: 0,
    errors: 0,
    served: 0,
    inFlight: 0,
    connections: 0,
  }
}

function show(...clients: NodeState[]): void {
  const state = { ...INITIAL_STATE, nodes: new Map(clients.map((one) => [one.id, one])) }
  useLab.setState({ state, live: state, connected: true })
}

it('starts or stops the traffic of the selected client', async () => {
  show(client('1', 'sends'), client('2', 'waits'))
  useUi.getState().select({ kind: 'node', id: 'client:2' })
  await toggleSelected()
  useUi.getState().select({ kind: 'node', id: 'client:1' })
  await toggleSelected()
  expect(session.line.commands).toEqual([
    { type: 'startTraffic', client: 'client:2' },
    { type: 'stopTraffic', client: 'client:1' },
  ])
})

it('starts all traffic where no client is selected and none sends', async () => {
  show(client('1', 'waits'), client('2', 'off'), client('3', 'waits'))
  useUi.getState().select({ kind: 'node', id: 'server:100' })
  await toggleSelected()
  expect(session.line.commands).toEqual([
    { type: 'startTraffic', client: 'client:1' },
    { type: 'startTraffic', client: 'client:3' },
  ])
})

it('stops what sends where no client is selected', async () => {
  show(client('1', 'sends'), client('2', 'waits'), client('3', 'sends'))
  await toggleSelected()
  expect(session.line.commands).toEqual([
    { type: 'stopTraffic', client: 'client:1' },
    { type: 'stopTraffic', client: 'client:3' },
  ])
})

it('says what to do where no client has traffic', async () => {
  show(client('1', 'off'))
  await toggleSelected()
  expect(session.line.commands).toEqual([])
  const [notice] = useUi.getState().notices
  expect(notice?.text).toContain('switch its traffic on')
})
