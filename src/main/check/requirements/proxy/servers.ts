// Servers that are gone, odd or late.
import { freePort } from '../../../programs'
import type { ProxyStage } from '../../proxy-stage'
import type { Requirement } from '../requirement'

/** How long after its registration a late server begins to listen. */
const LATE_MS = 250

const ANSWER_HINT =
  'Catch the exception around that one exchange, answer the client with a message of type 2 that says so, and carry on.'

export const SERVERS: readonly Requirement<ProxyStage>[] = [
  {
    id: 'nobody-serves',
    title: 'A question for a policy that nobody serves is answered',
    why: 'A client that gets nothing waits for ever, and its user does not learn why.',
    hint: 'Look whether the policy is in the table, and answer with a message of type 2 that says that it is not.',
    points: 3,
    async run(stage) {
      await stage.server({ id: 100 })
      await expectRefusal(stage, 999)
      await stage.stillServes('after that')
    },
  },
  {
    id: 'server-gone',
    title: 'A question for a server that is gone is answered',
    why: 'Servers end without a word. The next connection to one is refused.',
    hint: `connect() throws. ${ANSWER_HINT}`,
    points: 3,
    async run(stage) {
      const server = await stage.server({ id: 100 })
      await stage.server({ id: 200, policy: 222 })
      await server.stop()
      await expectRefusal(stage, 111)
      await stage.stillServes('after that', 222)
    },
  },
  {
    id: 'server-hangs-up',
    title: 'A server that hangs up without an answer: the client is answered',
    why: 'A server may fail in the middle of a message. recv() then returns nothing.',
    hint: `An empty recv() is the end, not a message. ${ANSWER_HINT}`,
    points: 3,
    async run(stage) {
      await stage.server({ id: 100, behaviour: ({ peer }) => peer.close() })
      await stage.server({ id: 200, policy: 222 })
      await expectRefusal(stage, 111)
      await stage.stillServes('after that', 222)
    },
  },
  {
    id: 'server-garbage',
    title: 'A server that answers nonsense: the client gets an error answer',
    why: 'What a server sends is input, too. A client must not get what is no message.',
    hint: `Parse the server's answer before you send it on. ${ANSWER_HINT}`,
    points: 2,
    async run(stage) {
      const behaviour: Parameters<typeof stage.server>[0]['behaviour'] = ({ peer }) => {
        peer.send('this is no JSON\n')
        peer.end()
      }
      await stage.server({ id: 100, behaviour })
      await stage.server({ id: 200, policy: 222 })
      await expectRefusal(stage, 111)
      await stage.stillServes('after that', 222)
    },
  },
  {
    id: 'split-answer',
    title: 'A server’s answer in two pieces arrives whole',
    why: 'TCP is a stream: one write may come as two reads.',
    hint: 'Read from the server until the JSON object is whole, not once.',
    points: 3,
    async run(stage) {
      const behaviour: Parameters<typeof stage.server>[0]['behaviour'] = ({ peer, answer }) => {
        const text = JSON.stringify(answer())
        peer.send(text.slice(0, 30))
        void stage.changes.pass(stage.settleMs).then(() => peer.send(text.slice(30)))
      }
      await stage.server({ id: 100, behaviour })
      await stage.ask()
    },
  },
  {
    id: 'late-listener',
    title: 'A server that listens a moment after it registered is reached',
    why: 'Many servers register first and listen then: between the two a connection is refused.',
    hint: 'Try a refused connection again for about a second, say every 100 ms, before you give up.',
    points: 2,
    async run(stage) {
      const port = await freePort()
      await stage.register({ id: 100 }, port)
      const asked = stage.question()
      const peer = await stage.client(asked.client)
      stage.send(peer, asked)
      // A proxy that gives up at the first refusal says so before that.
      await stage.changes.until(() => peer.received[0] ?? (peer.isOver || undefined), LATE_MS)
      await stage.listenAs({ id: 100 }, port)
      await stage.answered(peer, asked)
    },
  },
]

async function expectRefusal(stage: ProxyStage, policy: number): Promise<void> {
  const asked = stage.question({ policy })
  const peer = await stage.client(asked.client)
  stage.send(peer, asked)
  await stage.refused(peer, asked)
}
