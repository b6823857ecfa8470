import { expect, it } from 'vitest'
import type { Packet, State } from '../../../shared/state/state'
import { stateWith } from '../lab/testing'
import { layOut } from './layout'
import { packet } from './testing'
import { WAIT_WORDS } from './wait-bars'
import { answerWaits } from './waits'
import { sentenceOf } from './words'

// Client 1 asks twice; server 300 answers the second message before server 100 answers the first.
const questions = [packet(1, { sentAt: 0 }), packet(2, { sentAt: 10 })]
const forwarded = (id: number, exchange: number, server: string) =>
  packet(id, { exchange, from: 'proxy', to: server, connection: id, sentAt: 600 + id })
const fromServer = (id: number, exchange: number, server: string, sentAt: number) =>
  packet(id, { exchange, kind: 2, from: server, to: 'proxy', connection: id, sentAt })
const toClient = (id: number, exchange: number, sentAt: number) =>
  packet(id, { exchange, kind: 2, from: 'proxy', to: 'client:1', sentAt })
const early: Packet[] = [
  ...questions,
  forwarded(3, 1, 'server:100'),
  forwarded(4, 2, 'server:300'),
  fromServer(5, 2, 'server:300', 1200),
]
const late: Packet[] = [
  ...early,
  fromServer(6, 1, 'server:100', 2000),
  toClient(7, 1, 2600.1),
  toClient(8, 2, 2600.2),
]

const connection = { id: 1, from: 'client:1', to: 'proxy', fromPort: 1, toPort: 2 }
function labWith(packets: readonly Packet[], over: Partial<State> = {}): State {
  const connections = new Map([[1, { ...connection, fromAddress: '', toAddress: '' }]])
  return { ...stateWith(packets), connections, ...over }
}
const asking = new Map([
  [1, '111'],
  [2, '111'],
])

it('an answer waits from its arrival at the proxy until the one before it has been sent', () => {
  const waits = answerWaits(late, labWith(late))
  expect(waits).toMatchObject([{ exchange: 2, from: 1800, until: 2600.2, sent: 8 }])
  // The answer in front is found where the diagram does not draw it.
  const alone = late.filter(({ exchange }) => exchange === 2)
  expect(answerWaits(alone, labWith(late))).toHaveLength(1)
  expect(answerWaits(alone, labWith([...late.slice(0, 5), ...late.slice(7)]))).toEqual([])
})

it('an answer still waits while an earlier message of its client has no answer', () => {
  const [wait] = answerWaits(early, labWith(early, { asking }))
  expect(wait).toMatchObject({ exchange: 2, from: 1800, until: undefined })
  // Nobody waits for it, or nobody is before it.
  const gone = labWith(early, { asking, connections: new Map() })
  expect(answerWaits(early, gone)).toEqual([])
  expect(answerWaits(early, labWith(early, { asking: new Map([[2, '111']]) }))).toEqual([])
  const other = early.map((each) => (each.id === 1 ? { ...each, connection: 9 } : each))
  expect(answerWaits(other, labWith(other, { asking }))).toEqual([])
})

it('is a bar on the proxy’s lifeline, with words on a line of their own', () => {
  const waits = answerWaits(late, labWith(late))
  const nodes = ['client:1', 'proxy', 'server:100', 'server:300']
  const diagram = layOut({ packets: late, waits, nodes, now: 9_000, width: 900, row: 18 })
  const [bar] = diagram.waits
  const proxy = diagram.lifelines[1]?.x ?? 0
  expect(bar && bar.x + bar.width / 2).toBeCloseTo(proxy)
  const yOf = (id: number) => diagram.arrows.find((arrow) => arrow.packet.id === id)?.path
  expect(bar?.top).toBe(yOf(5)?.at(-1)?.y)
  expect(bar?.bottom).toBeGreaterThan(yOf(6)?.[0]?.y ?? Number.POSITIVE_INFINITY)
  expect(bar?.label.x).toBeLessThan(proxy)
  expect(WAIT_WORDS).toContain('waits')
})

it('waits at the same time are beside one another', () => {
  const answer = early[4]
  if (answer === undefined) throw new Error('There is no answer.')
  const wait = (exchange: number, from: number, until: number) => ({
    exchange,
    ready: answer,
    from,
    until,
    sent: undefined,
  })
  const waits = [wait(2, 1800, 4000), wait(3, 2000, 4000), wait(4, 5000, 6000)]
  const nodes = ['client:1', 'proxy', 'server:300']
  const bars = layOut({ packets: early, waits, nodes, now: 9_000, width: 900, row: 18 }).waits
  const [first, second, third] = bars.map(({ x }) => x)
  expect(second).toBeGreaterThan(first ?? Number.POSITIVE_INFINITY)
  expect(third).toBe(first)
})

it('is told to those who cannot see it', () => {
  const state = labWith(late)
  const [wait] = answerWaits(late, state)
  const [sent, ready] = [late[7], late[4]]
  if (!wait || !sent || !ready) throw new Error('There is no wait.')
  expect(sentenceOf(sent, state, { wait })).toMatch(
    / It had waited 800 ms at the proxy for the answer before it\.$/,
  )
  expect(sentenceOf(ready, state, { wait: { ...wait, until: undefined } })).toMatch(
    / It waits at the proxy for the answer before it\.$/,
  )
})
