import { expect, it, vi } from 'vitest'
import { poolIn } from '../../../shared/state/pool'
import type { NodeState, RowState, State } from '../../../shared/state/state'
import { insideServer } from '../../../shared/state/testing'
import { NO_TOTALS } from '../../../shared/state/totals'
import { doctorTable } from './doctor'
import { LiveOutput } from './live'
import { proxyTable } from './proxy-table'

const row = (server: string, more: Partial<RowState> = {}): RowState => ({
  server,
  policy: '111',
  listenPort: 2101,
  address: '127.0.0.1',
  node: `outside:server:${server}`,
  health: 'up',
  chosen: 0,
  served: 0,
  failed: 0,
  ...more,
})
const stateWith = (...rows: RowState[]): Pick<State, 'rows' | 'totals' | 'pools'> => ({
  pools: new Map([['PP_1', { ...poolIn({ pools: new Map() }, 'PP_1'), algorithm: 'maglev' }]]),
  rows: new Map(rows.map((one) => [one.server, one])),
  totals: { ...NO_TOTALS, exchanges: { begun: 7, answered: 3, refused: 1, lost: 1 } },
})
const plain = (_: unknown, text: string) => text

it('the table has the algorithm of each policy, and a line for each server', () => {
  const state = stateWith(
    row('100', { served: 12, inFlight: 2 }),
    row('2', { policy: 'PP_1', address: '::1', failed: 1, health: 'down', cause: 'checks' }),
  )
  expect(proxyTable(state, { columns: 80, rows: 24 }, plain)).toEqual([
    '',
    '7 messages: 3 answered, 1 refused, 1 lost, 2 open',
    'policy 111: round-robin, policy PP_1: maglev',
    'server  policy  at              served  failed  in flight  health',
    '100     111     127.0.0.1:2101      12       0          2  up',
    '2       PP_1    [::1]:2101           0       1          0  down: checks',
  ])
})

it('says so where there is no server', () => {
  expect(proxyTable(stateWith(), { columns: 80, rows: 24 }, plain)).toEqual([
    '',
    'No server has registered.',
  ])
})

it('fits a small terminal', () => {
  const state = stateWith(row('1'), row('2'), row('3'))
  const lines = proxyTable(state, { columns: 20, rows: 7 }, plain)
  expect(lines.at(-1)).toBe('and 1 more')
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(20)
})

it('the socket doctor lists its findings below, the gravest first', () => {
  const symptom = { times: 1, since: 5, at: 5, seen: 'It is so.', sent: 1 }
  const examinations = new Map([
    ['outside:client:50', { symptoms: [{ ...symptom, diagnosis: 'policy-key', times: 3 }] }],
    ['outside:server:7', { symptoms: [{ ...symptom, diagnosis: 'reads-lines' }] }],
  ])
  const program = (id: string, role: 'server' | 'client'): NodeState => ({
    ...insideServer(id),
    role,
    origin: 'outside',
  })
  const nodes = new Map([
    ['outside:client:50', program('50', 'client')],
    ['outside:server:7', program('7', 'server')],
  ])
  const size = { columns: 80, rows: 12 }
  expect(doctorTable({ examinations, nodes }, size, plain)).toEqual([
    '',
    'Socket doctor: 2 findings',
    'Server 7   Reads by lines [reads-lines]',
    'Client 50  Spells the policy’s key otherwise [policy-key], 3 times',
  ])
  expect(doctorTable({ examinations, nodes }, { columns: 20, rows: 4 }, plain)).toEqual([
    '',
    'Socket doctor: 2 fin',
    'Server 7  Reads by l',
    'and 1 more',
  ])
  expect(doctorTable({ examinations: new Map(), nodes }, size, plain).at(-1)).toContain(
    'nothing odd',
  )
})

it('stays below the lines that scroll, and is drawn a few times a second', () => {
  vi.useFakeTimers()
  const drawn: string[] = []
  const terminal = { columns: 80, rows: 24, draw: (text: string) => void drawn.push(text) }
  const io = { terminal, print: (text: string) => void drawn.push(text) }
  const live = new LiveOutput(io, () => ['a', 'table'])
  live.print('one')
  live.print('two')
  vi.runAllTimers()
  expect(drawn).toEqual(['\r\u001b[0Jone\ntwo\na\ntable\n'])
  live.changed()
  live.print('three')
  live.close()
  expect(drawn.slice(1)).toEqual(['\u001b[2A\r\u001b[0Jthree\na\ntable\n'])
  vi.useRealTimers()

  new LiveOutput({ ...io, terminal: undefined }, () => ['table']).print('plain')
  expect(drawn.at(-1)).toBe('plain')
})
