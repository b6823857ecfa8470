// Which server gets which question.
import { listed } from '../../../../shared/format'
import type { ProxyStage } from '../../proxy-stage'
import type { Requirement } from '../requirement'

const A = { policy: 111 }
const B = { policy: 222, client: 2 }

export const TURNS: readonly Requirement<ProxyStage>[] = [
  {
    id: 'round-robin',
    title: 'Two servers of a policy take strict turns',
    why: 'Round-robin is the assignment’s way of sharing the work: 1, 2, 1, 2.',
    hint: 'Keep an index for the policy and advance it by one for every question, whatever else happens.',
    points: 4,
    async run(stage) {
      await stage.server({ id: 100 })
      await stage.server({ id: 200 })
      const servers = await stage.askAll([A, A, A, A, A, A])
      const first = servers[0] ?? 0
      const other = first === 100 ? 200 : 100
      expectServers(stage, servers, [first, other, first, other, first, other])
    },
  },
  {
    id: 'registration-order',
    title: 'Servers get their turns in the order in which they registered',
    why: 'The order of the table decides: an order by id, or of a set, differs from program to program.',
    hint: 'Keep the servers of a policy in a list and append. A set has an order of its own, and so has a sorted one.',
    points: 3,
    async run(stage) {
      // In a circle neither sorted nor reversed. With five a set has this order by chance in one of 24 runs.
      const order = [300, 100, 500, 200, 400]
      for (const id of order) await stage.server({ id })
      const servers = await stage.askAll([A, A, A, A, A, A])
      // Which one is first is not asked here: a proxy may advance its index before it uses it.
      const first = Math.max(0, order.indexOf(servers[0] ?? 0))
      const expected = servers.map((_, turn) => order[(first + turn) % order.length] ?? 0)
      expectServers(stage, servers, expected)
    },
  },
  {
    id: 'turn-per-policy',
    title: 'Each policy has its own turn',
    why: 'With one turn for all, a question for one policy skips a server of another.',
    hint: 'Keep one index for each policy, in a dictionary by policy, not one for the whole proxy.',
    points: 3,
    async run(stage) {
      await stage.server({ id: 100 })
      await stage.server({ id: 200, policy: 222 })
      await stage.server({ id: 300 })
      await stage.server({ id: 400, policy: 222 })
      const servers = await stage.askAll([A, B, A, B, A, A, B, B])
      const ofA = [0, 2, 4, 5].map((index) => servers[index] ?? 0)
      const ofB = [1, 3, 6, 7].map((index) => servers[index] ?? 0)
      const other = (id: number) => 400 - id
      const otherB = (id: number) => 600 - id
      const a = ofA[0] ?? 0
      const b = ofB[0] ?? 0
      expectServers(stage, ofA, [a, other(a), a, other(a)], ' for policy 111')
      expectServers(stage, ofB, [b, otherB(b), b, otherB(b)], ' for policy 222')
    },
  },
  {
    id: 'newcomer-keeps-turn',
    title: 'A server that joins does not disturb the turn',
    why: 'The others would get a second question in a row, or lose one, whenever somebody joins.',
    hint: 'Do not set the index back to 0 on a registration, and keep it within the list: a count that only grows jumps when the list does.',
    points: 2,
    async run(stage) {
      await stage.server({ id: 100 })
      await stage.server({ id: 200 })
      const before = await stage.askAll([A, A, A])
      await stage.server({ id: 300 })
      const [next = 0] = await stage.askAll([A])
      const last = before[2] ?? 0
      expectServers(stage, [...before, next], [...before, last === 100 ? 200 : 100])
    },
  },
  {
    id: 're-registration',
    title: 'A server that registers again has moved',
    why: 'It was started again, on another port: the old one leads nowhere.',
    hint: 'Look for the id in the table first, and change its row in place; append only an id that is new.',
    points: 2,
    async run(stage) {
      const old = await stage.server({ id: 100 })
      await stage.ask()
      await old.stop()
      await stage.server({ id: 100 })
      await stage.askAll([A, A, A])
    },
  },
  {
    id: 'right-policy',
    title: 'A question reaches only servers of its policy',
    why: 'The privacy policy is what the client asks for: another server must not see its message.',
    hint: 'Look up the servers by the question’s policy, and compare policies in one form (numbers or texts).',
    points: 3,
    async run(stage) {
      await stage.server({ id: 100 })
      await stage.server({ id: 200, policy: 222 })
      expectServers(stage, await stage.askAll([A, B, B, A, A]), [100, 200, 200, 100, 100])
    },
  },
]

function expectServers(
  stage: ProxyStage,
  servers: readonly number[],
  expected: readonly number[],
  where = '',
): void {
  if (servers.every((server, index) => server === expected[index])) return
  throw stage.failed(
    'wrong',
    `the questions${where} to go to servers ${listed(expected.map(String))}`,
    `they went to ${listed(servers.map(String))}`,
  )
}
