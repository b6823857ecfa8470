// Clients that send nonsense, or leave.
import type { ProxyStage } from '../../proxy-stage'
import type { Requirement } from '../requirement'

const CATCH_HINT =
  'Put a try around what you do for one connection, so that its exception ends this connection and nothing else.'

export const CLIENTS: readonly Requirement<ProxyStage>[] = [
  {
    id: 'garbage-in',
    title: 'Bytes that are no JSON harm nobody else',
    why: 'Anything can connect to an open port: a browser, a scanner, a colleague’s mistake.',
    hint: `json.loads throws. ${CATCH_HINT}`,
    points: 2,
    async run(stage) {
      await stage.server({ id: 100 })
      const peer = await stage.client(1)
      peer.send('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n')
      peer.end()
      await stage.dealtWith(peer)
      await stage.stillServes('after bytes that are no JSON')
    },
  },
  {
    id: 'missing-fields',
    title: 'Messages without their fields harm nobody else',
    why: 'A program that is half done sends them.',
    hint: `message["srcid"] throws a KeyError. ${CATCH_HINT}`,
    points: 2,
    async run(stage) {
      await stage.server({ id: 100 })
      const type = (number: number) => (stage.dialect.types === 'texts' ? `${number}` : number)
      for (const message of [{}, { type: type(0) }, { type: type(1) }, { type: type(7) }]) {
        const peer = await stage.client(1)
        peer.send(message)
        peer.end()
        await stage.dealtWith(peer)
      }
      await stage.stillServes('after messages without their fields')
    },
  },
  {
    id: 'reset',
    title: 'A client that breaks off harms nobody else',
    why: 'A client that is killed resets its connection: recv throws instead of returning nothing.',
    hint: `ConnectionResetError comes from recv. ${CATCH_HINT}`,
    points: 3,
    async run(stage) {
      await stage.server({ id: 100 })
      for (const piece of ['', '{"type": 0, "srcid": 1']) {
        const peer = await stage.client(1)
        if (piece !== '') peer.send(piece)
        await stage.changes.pass(stage.settleMs / 2)
        peer.reset()
        await stage.changes.pass(stage.settleMs / 2)
      }
      await stage.stillServes('after a connection that was reset')
    },
  },
  {
    id: 'client-leaves',
    title: 'A client that leaves before its answer harms nobody else',
    why: 'Its answer can no longer be delivered: send throws.',
    hint: `BrokenPipeError comes from send. ${CATCH_HINT}`,
    points: 3,
    async run(stage) {
      let release = () => {}
      const behaviour: Parameters<typeof stage.server>[0]['behaviour'] = ({ peer, answer }) => {
        release = () => peer.send(answer())
      }
      await stage.server({ id: 100, behaviour })
      await stage.server({ id: 200, policy: 222 })
      const asked = stage.question()
      const peer = await stage.client(1)
      stage.send(peer, asked)
      const expected = 'the question to reach server 100'
      if ((await stage.reached(asked)) === undefined) {
        throw stage.failed('hangs', expected, 'it did not')
      }
      peer.reset()
      await stage.changes.pass(stage.settleMs)
      release()
      await stage.changes.pass(stage.settleMs)
      await stage.stillServes('after a client that left', 222)
    },
  },
]
