// A client's connection as a stream: messages have no delimiter, and TCP keeps none of its own.
import type { ProxyStage } from '../../proxy-stage'
import { sendInTwoPieces } from '../../send-question'
import type { Requirement } from '../requirement'

export const STREAMS: readonly Requirement<ProxyStage>[] = [
  {
    id: 'split-message',
    title: 'A question in two pieces is put together',
    why: 'One write may come as two reads: the network decides where.',
    hint: 'Keep what came until the JSON object is whole: try json.loads, and read on while it fails.',
    points: 3,
    async run(stage) {
      await stage.server({ id: 100 })
      const asked = stage.question()
      const peer = await stage.client(asked.client)
      await sendInTwoPieces(stage, peer, stage.fields(asked))
      await stage.answered(peer, asked)
    },
  },
  {
    id: 'joined-messages',
    title: 'Two questions in one write are both answered, in order',
    why: 'Two writes may come as one read.',
    hint: 'After one object look whether more is there: json.JSONDecoder().raw_decode tells where it ended.',
    points: 3,
    async run(stage) {
      await stage.server({ id: 100 })
      const first = stage.question()
      const second = stage.question()
      const peer = await stage.client(1)
      peer.send([first, second].map((asked) => JSON.stringify(stage.fields(asked))).join(''))
      await stage.answered(peer, first)
      await stage.answered(peer, second)
    },
  },
  {
    id: 'second-message',
    title: 'A second question on the same connection is answered',
    why: 'A client may keep its connection and ask again.',
    hint: 'Serve the connection in a loop until recv returns nothing, and close it only then.',
    points: 3,
    async run(stage) {
      await stage.server({ id: 100 })
      const peer = await stage.client(1)
      for (const asked of [stage.question(), stage.question()]) {
        stage.send(peer, asked)
        await stage.answered(peer, asked)
      }
    },
  },
  {
    id: 'half-close',
    title: 'A client that has ended its side still gets its answer',
    why: 'An end says “I send no more”, not “I have gone”. netcat and many programs end first and read then.',
    hint: 'An empty recv() ends the reading. Close the connection only after the answers are sent.',
    points: 2,
    async run(stage) {
      await stage.server({ id: 100 })
      const asked = stage.question()
      const peer = await stage.client(1)
      peer.send(stage.fields(asked))
      peer.end()
      await stage.answered(peer, asked)
    },
  },
]
