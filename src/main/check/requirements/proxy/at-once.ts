// Several connections at the same time.
import { ANSWERS, type ProxyStage, type QuestionAtServer } from '../../proxy-stage'
import type { Requirement } from '../requirement'

const THREAD_HINT =
  'Accept in a loop and give each connection a thread (or a task) of its own, so that accept is never kept waiting.'

const TWENTY = 20
const FIFTY = 50

export const AT_ONCE: readonly Requirement<ProxyStage>[] = [
  {
    id: 'idle-client',
    title: 'A client that connects and says nothing blocks nobody',
    why: 'With one thread its silence stops the whole proxy.',
    hint: THREAD_HINT,
    points: 3,
    async run(stage) {
      await stage.server({ id: 100 })
      await stage.client(1)
      await stage.changes.pass(stage.settleMs / 2)
      await stage.stillServes('while a client is connected and silent')
    },
  },
  {
    id: 'open-registration',
    title: 'A server that keeps its registration open blocks nobody',
    why: 'The protocol does not say that the connection of a registration is closed.',
    hint: THREAD_HINT,
    points: 3,
    async run(stage) {
      await stage.server({ id: 100, keepsRegistrationOpen: true })
      await stage.stillServes('while the connection of a registration is open')
    },
  },
  {
    id: 'slow-server',
    title: 'A slow server holds up only its own client',
    why: 'Others must not wait for a server that they did not ask.',
    hint: `${THREAD_HINT} Hold no lock while you wait for a server.`,
    points: 3,
    async run(stage) {
      let release = () => {}
      const slow = (asked: QuestionAtServer) => {
        release = () => ANSWERS(asked)
      }
      await stage.server({ id: 100, behaviour: slow })
      await stage.server({ id: 200, policy: 222 })
      const asked = stage.question()
      const peer = await stage.client(1)
      stage.send(peer, asked)
      if ((await stage.reached(asked)) === undefined) {
        throw stage.failed('hangs', 'the question to reach server 100', 'it did not')
      }
      await stage.stillServes('while server 100 is slow', 222)
      release()
      await stage.answered(peer, asked)
    },
  },
  {
    id: 'twenty-at-once',
    title: 'Twenty clients at once all get their answers',
    why: 'A class presses Send at the same time.',
    hint: 'Share no variable between connections (a global “busy”, a global socket), and protect the table with a lock.',
    points: 3,
    async run(stage) {
      const held: QuestionAtServer[] = []
      let isHeld = true
      const behaviour = (asked: QuestionAtServer) => {
        if (isHeld) held.push(asked)
        else ANSWERS(asked)
      }
      await stage.server({ id: 100, behaviour })
      await stage.server({ id: 200, behaviour })
      const clients = Array.from({ length: TWENTY }, (_, index) =>
        stage.question({ client: index + 1 }),
      )
      // Each for itself: a proxy that serves one after the other accepts the later ones only when the first have gone.
      const exchanges = clients.map(async (asked) => {
        const peer = await stage.client(asked.client)
        stage.send(peer, asked)
        await stage.answered(peer, asked)
        peer.close()
      })
      const release = async () => {
        while ((await more(stage, held)) && held.length < TWENTY) {}
        isHeld = false
        for (const asked of held) ANSWERS(asked)
      }
      await all([...exchanges, release()])
    },
  },
  {
    id: 'right-client',
    title: 'Each client gets the answer to its own question',
    why: 'With a shared variable for “the client”, an answer goes to whoever came last.',
    hint: 'Keep the client’s socket in a local variable of the function that serves it, not in a global one.',
    points: 3,
    async run(stage) {
      const held: QuestionAtServer[] = []
      await stage.server({ id: 100, behaviour: (asked) => held.push(asked) })
      const first = stage.question({ client: 1 })
      const second = stage.question({ client: 2 })
      const peers = [await stage.client(1), await stage.client(2)] as const
      stage.send(peers[0], first)
      await stage.reached(first)
      stage.send(peers[1], second)
      // A proxy that serves one after the other sends the second question only after the first answer.
      await stage.reached(second, stage.answerMs / 2)
      for (const asked of [...held].reverse()) ANSWERS(asked)
      const before = held.length
      const rest = stage.reached(second).then((asked) => {
        if (before < 2 && asked !== undefined) ANSWERS(asked)
      })
      await all([stage.answered(peers[0], first), stage.answered(peers[1], second)])
      await rest
    },
  },
  {
    id: 'fifty-in-a-row',
    title: 'Fifty clients, one after the other',
    why: 'A connection that is never closed, or a thread that never ends, shows only after a while.',
    hint: 'Close what you open, also after an exception: with, or try … finally.',
    points: 2,
    async run(stage) {
      await stage.server({ id: 100 })
      for (let client = 1; client <= FIFTY; client++) await stage.ask({ client })
    },
  },
]

/** Whether another one comes in the time in which it would. */
async function more(stage: ProxyStage, asked: readonly unknown[]): Promise<boolean> {
  const count = asked.length
  const came = await stage.changes.until(() => asked.length > count || undefined, stage.settleMs)
  return came === true
}

/** Waits for all, so that none is left running when one has failed. */
async function all(promises: readonly Promise<unknown>[]): Promise<void> {
  const results = await Promise.allSettled(promises)
  for (const result of results) if (result.status === 'rejected') throw result.reason
}
