// Question after question, and connections that go wrong.
import { sendInTwoPieces } from '../../send-question'
import type { ServerStage } from '../../server-stage'
import type { Requirement } from '../requirement'

const FIVE = 5
const FIFTY = 50

export const SERVING: readonly Requirement<ServerStage>[] = [
  {
    id: 'fresh-hash',
    title: 'Hashes each payload by itself',
    why: 'One hash object for all gives the hash of everything so far, from the second question on.',
    hint: 'Create the hash object for each question: hashlib.sha1(payload), not one with update().',
    points: 6,
    async run(stage) {
      for (const payload of ['first', 'second', 'first']) await stage.ask(payload)
    },
  },
  {
    id: 'two-questions',
    title: 'Answers two questions on one connection',
    why: 'A proxy may keep its connection to a server.',
    hint: 'Serve a connection in a loop until recv returns nothing.',
    points: 3,
    async run(stage) {
      const peer = await stage.dial()
      for (const asked of [stage.question(), stage.question()]) {
        stage.send(peer, asked)
        await stage.answered(peer, asked)
      }
    },
  },
  {
    id: 'split-question',
    title: 'Puts a question in two pieces together',
    why: 'One write may come as two reads.',
    hint: 'Keep what came until the JSON object is whole.',
    points: 4,
    async run(stage) {
      const asked = stage.question()
      const peer = await stage.dial()
      await sendInTwoPieces(stage, peer, stage.fields(asked))
      await stage.answered(peer, asked)
    },
  },
  {
    id: 'half-close',
    title: 'Answers a question whose sender has ended its side',
    why: 'An end says “I send no more”, not “I have gone”.',
    hint: 'Answer first, then look for more; an empty recv ends only the reading.',
    points: 3,
    async run(stage) {
      const asked = stage.question()
      const peer = await stage.dial()
      peer.send(stage.fields(asked))
      peer.end()
      await stage.answered(peer, asked)
    },
  },
  {
    id: 'five-at-once',
    title: 'Answers five connections at once',
    why: 'The proxy does not wait for one client before it serves the next.',
    hint: 'Accept in a loop. One after the other is enough, if none is left waiting for good.',
    points: 4,
    async run(stage) {
      await stage.registered()
      const questions = Array.from({ length: FIVE }, () => stage.question())
      let connected = 0
      const areAll = () => connected === FIVE || undefined
      // A server that serves one after the other accepts the later ones only when the first have gone.
      const exchanges = questions.map(async (asked) => {
        const peer = await stage.dial()
        connected += 1
        stage.changes.changed()
        await stage.changes.until(areAll, stage.settleMs)
        stage.send(peer, asked)
        await stage.answered(peer, asked)
        peer.close()
      })
      for (const one of await Promise.allSettled(exchanges)) {
        if (one.status === 'rejected') throw one.reason
      }
    },
  },
  {
    id: 'fifty-in-a-row',
    title: 'Answers fifty questions, each on a connection of its own',
    why: 'What is never closed shows only after a while.',
    hint: 'Close each connection, also after an exception.',
    points: 3,
    async run(stage) {
      for (let count = 0; count < FIFTY; count++) await stage.ask()
    },
  },
  {
    id: 'empty-connection',
    title: 'Serves on after a connection without a question',
    why: 'A health check connects and leaves.',
    hint: 'recv returns nothing then: json.loads of nothing throws.',
    points: 4,
    async run(stage) {
      const peer = await stage.dial()
      peer.end()
      await stage.dealtWith(peer)
      await stage.stillServes('after a connection without a question')
    },
  },
  {
    id: 'garbage-in',
    title: 'Serves on after bytes that are no JSON',
    why: 'Anything can connect to an open port.',
    hint: 'Put a try around what you do for one connection.',
    points: 4,
    run: (stage) => survives(stage, 'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'),
  },
  {
    id: 'missing-fields',
    title: 'Serves on after a question without its fields',
    why: 'A client that is half done sends one.',
    hint: 'message["payload"] throws a KeyError: put a try around what you do for one connection.',
    points: 4,
    run: (stage) => survives(stage, '{"type": 0}'),
  },
  {
    id: 'reset',
    title: 'Serves on after a connection that breaks off',
    why: 'A proxy that is killed resets its connections.',
    hint: 'recv throws then: put a try around what you do for one connection.',
    points: 4,
    async run(stage) {
      const peer = await stage.dial()
      peer.send('{"type": 0, "srcid": 1')
      await stage.changes.pass(stage.settleMs / 2)
      peer.reset()
      await stage.changes.pass(stage.settleMs / 2)
      await stage.stillServes('after a connection that was reset')
    },
  },
]

async function survives(stage: ServerStage, bytes: string): Promise<void> {
  const peer = await stage.dial()
  peer.send(bytes)
  peer.end()
  await stage.dealtWith(peer)
  await stage.stillServes('after that')
}
