import { expect, it } from 'vitest'
import { decisionOf } from '../../../shared/decision/testing'
import { composeErrorAnswer } from '../../../shared/protocol/compose'
import { decisionLines } from './decision-lines'
import { layOut } from './layout'
import { noteText } from './notes'
import { packet } from './testing'

const nodeOf = (server: string) => `server:${server}`
const first = decisionOf({ at: 600, attempt: 1, server: '100' })
const second = decisionOf({
  at: 601,
  attempt: 2,
  passedOver: [{ server: '100', why: 'tried' }],
})
const question = packet(1, { sentAt: 0, decision: second, earlierDecisions: [first] })
const forwarded = packet(2, { exchange: 1, from: 'proxy', to: 'server:300', sentAt: 601 })

it('has a line for each attempt, before the packet that follows from it', () => {
  const lines = decisionLines([question, forwarded], nodeOf)
  expect(lines.map(({ decision }) => decision.attempt)).toEqual([1, 2])
  const orders = lines.map(({ order }) => order)
  expect(orders).toEqual(orders.toSorted((a, b) => a - b))
  expect(Math.max(...orders)).toBeLessThan(forwarded.id)
})

it('knows which server was not reached: another attempt followed', () => {
  const [one, other] = decisionLines([question, forwarded], nodeOf)
  expect(one?.unreached).toMatchObject({ node: 'server:100', until: 601 })
  expect(other?.unreached).toBeUndefined()
})

it('knows that a server got the message and closed the connection', () => {
  const failures = [{ attempt: 1, server: '100', reason: 'SERVER_CLOSED', at: 601 }] as const
  const [one] = decisionLines([{ ...question, failures }, forwarded], nodeOf)
  expect(one?.unreached).toBeUndefined()
})

it('knows it of the last attempt too, from the error that the client got', () => {
  const bytes = composeErrorAnswer('1', { code: 'SERVER_UNREACHABLE', message: 'It refused.' })
  const error = packet(2, {
    exchange: 1,
    kind: 'error',
    from: 'proxy',
    to: 'client:1',
    sentAt: 650,
    bytes,
  })
  const alone = packet(1, { sentAt: 0, decision: decisionOf({ at: 600 }) })
  const [line] = decisionLines([alone, error], nodeOf)
  expect(line?.unreached).toMatchObject({ node: 'server:300', until: 650 })
})

it('draws a note on the proxy’s lifeline for each, and a way to the server that was not reached', () => {
  const packets = [question, forwarded]
  const decisions = decisionLines(packets, nodeOf)
  const nodes = ['client:1', 'proxy', 'server:100', 'server:300']
  const diagram = layOut({ packets, decisions, nodes, now: 9_000, width: 900, row: 18 })
  const xOf = new Map(diagram.lifelines.map(({ node, x }) => [node, x]))
  expect([...xOf.keys()]).toEqual(nodes)
  for (const { x, width } of diagram.notes) expect(x + width / 2).toBeCloseTo(xOf.get('proxy') ?? 0)
  const [one, other] = diagram.notes
  expect(one?.attempt?.to.x).toBe(xOf.get('server:100'))
  expect(other?.attempt).toBeUndefined()
  // Notes, the attempt and the forwarded message are below one another, and cover no other lifeline.
  const sentY = diagram.arrows[1]?.path[0]?.y ?? 0
  const below = [one?.y, one?.attempt?.from.y, other?.y, sentY]
  expect(below).toEqual(below.toSorted((a, b) => Number(a) - Number(b)))
  const middle = xOf.get('proxy') ?? 0
  const others = nodes.flatMap((node) => (node === 'proxy' ? [] : (xOf.get(node) ?? 0)))
  const room = Math.min(...others.map((x) => Math.abs(x - middle)))
  for (const { width } of diagram.notes) expect(width / 2).toBeLessThan(room)
})

it('says as much in a note as there is room for', () => {
  expect(noteText(decisionOf(), 60)).toBe('111: turn of 300; next 100')
  expect(noteText(decisionOf(), 22)).toBe('turn of 300; next 100')
  expect(noteText(decisionOf(), 12)).toBe('turn of 300')
  expect(noteText(second, 16)).toBe('attempt 2 → 300')
  expect(noteText(decisionOf(), 6)).toBe('→ 300')
  expect(noteText(decisionOf({ server: null, candidates: [], reason: null }), 60)).toBe(
    '111: nobody serves it',
  )
})
