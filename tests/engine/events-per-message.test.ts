// How many events a message costs: each is written to the recording and sent to every screen, so their number must not grow
// unnoticed.
import { expect, it } from 'vitest'
import { hashOf } from '../../src/main/engine/protocol/verdict'
import {
  composeAnswer,
  composeClientMessage,
  composeRegistration,
} from '../../src/shared/protocol/compose'
import { checkScenario } from '../../src/shared/scenario-file'
import { createTestLab } from '../support/test-lab'

/** The types of the events at each of these times (ms), after the lab has come to rest. */
async function eventsAt(times: readonly number[], server: object): Promise<string[][]> {
  const checked = checkScenario(
    {
      format: 'roundabout-scenario',
      version: 5,
      servers: [{ id: '100', policy: '111', ...server }],
      clients: [{ id: '1', policy: '111', payload: 'xyz1' }],
      traffic: [{ client: '1', pattern: 'replay', arrivals: '100 200 300' }],
    },
    'Events',
  )
  if (!checked.ok) throw new Error(checked.error)
  const { engine, events, rest } = await createTestLab({ scenario: checked.scenario })
  rest()
  await engine.close()
  return times.map((time) => events.filter(({ at }) => at === time).map(({ type }) => type))
}

const HOP = ['packet.sent', 'packet.read', 'packet.delivered']

it('a message over connections that stay open costs fifteen events, and only the first one opens them', async () => {
  const [first, second] = await eventsAt([100, 200], { keepConnection: true })
  const to = [...HOP, 'decision.made', ...HOP]
  const back = [...HOP, ...HOP]
  const message = [...to, ...back, 'answer.verified', 'exchange.finished']
  expect(message).toHaveLength(15)
  expect(second).toEqual(message)
  expect(first?.filter((type) => !message.includes(type))).toEqual(
    Array(2).fill('connection.opened'),
  )
  expect(first).toHaveLength(17)
})

it('a connection for each message costs two more, and work on it two more', async () => {
  const [second] = await eventsAt([200], { keepConnection: false })
  expect(second?.filter((type) => type.startsWith('connection.'))).toEqual([
    'connection.opened',
    'connection.closed',
  ])
  expect(second).toHaveLength(17)

  const work = { ms: 7, distribution: 'constant', atOnce: 1, queue: 10 }
  const [arrives, leaves] = await eventsAt([200, 207], { keepConnection: true, work })
  expect([...(arrives ?? []), ...(leaves ?? [])].filter((type) => type === 'work.changed')).toEqual(
    ['work.changed', 'work.changed'],
  )
  expect((arrives?.length ?? 0) + (leaves?.length ?? 0)).toBe(17)
})

it('a message between outside programs costs seven, and its connection two, as nothing holds its packets', async () => {
  const { engine, events, network, program, rest } = await createTestLab()
  await network.listen({
    host: '127.0.0.1',
    port: 5_000,
    accept: (connection) =>
      connection.setHandlers({
        data() {
          connection.write(composeAnswer('100', '1', hashOf('xyz1')))
          connection.end()
        },
        ended() {},
        closed() {},
      }),
  })
  program().send(composeRegistration('100', '111', 5_000))
  rest()
  const client = program()
  for (const _ of [1, 2]) {
    client.send(composeClientMessage('1', '111', 'xyz1'))
    rest()
  }
  const begun = events.findLastIndex(
    (event) => event.type === 'packet.carried' && event.packet === event.exchange,
  )
  await engine.close()
  expect(events.slice(begun, begun + 9).map(({ type }) => type)).toEqual([
    'packet.carried',
    'decision.made',
    'connection.opened',
    ...Array(3).fill('packet.carried'),
    'answer.verified',
    'exchange.finished',
    'connection.closed',
  ])
})
