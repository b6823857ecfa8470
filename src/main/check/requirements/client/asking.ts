// The question.
import { type ClientStage, payloadIn } from '../../client-stage'
import { quotedMessage } from '../../peer'
import type { Requirement } from '../requirement'

export const ASKING: readonly Requirement<ClientStage>[] = [
  {
    id: 'one-question',
    title: 'Sends a question to the proxy',
    why: 'It is what a client is for.',
    hint: 'Connect to the proxy’s port, and send the type-0 message with all of its fields.',
    points: 15,
    async run(stage) {
      await stage.asks()
    },
  },
  {
    id: 'question-fields',
    title: 'Its question has the id, the policy, the payload and the size that it was told',
    why: 'The proxy chooses the server by the policy, and the answer goes to the id.',
    hint: 'Take srcid from the command line, the rest from the packet; payloadsize counts the payload.',
    points: 10,
    async run(stage) {
      const came = await stage.asks()
      const { told } = stage
      const { fields, message } = came.received
      if (message?.type !== 0) return
      const isRight =
        (!stage.takes('id') || message.source === `${told.client}`) &&
        (!(stage.takes('packet') || stage.takes('policy')) ||
          message.policy === `${told.policy}`) &&
        (!stage.takes('packet') || message.payload === told.payload) &&
        !message.notes.includes('PAYLOAD_SIZE_WRONG') &&
        'payloadsize' in fields
      if (isRight) return
      const size = Buffer.byteLength(message.payload)
      const expected = `srcid ${told.client}, privPoliId ${told.policy}, payload “${told.payload}” and payloadsize ${size}`
      throw stage.failed('wrong', expected, `the proxy got ${quotedMessage(came.received)}`)
    },
  },
  {
    id: 'other-scripts',
    title: 'Sends a payload in other scripts as UTF-8',
    why: 'The hash is of the payload’s UTF-8 bytes.',
    hint: 'json.dumps(…).encode() is right. Read the packet’s file as UTF-8, whatever the system’s own encoding is.',
    points: 10,
    async run(stage) {
      if (!stage.takes('packet')) throw new Error('the command has no {packet}')
      const payload = 'grüße, 你好, \u{1F600}'
      const came = await stage.asks(payload)
      if (payloadIn(came) === payload) return
      const got = `the proxy got ${quotedMessage(came.received)}`
      throw stage.failed('wrong', `the payload “${payload}”`, got)
    },
  },
  {
    id: 'asks-once',
    title: 'Asks once',
    why: 'A second question takes another server’s turn.',
    hint: 'One send for one question; do not ask again while the answer is on its way.',
    points: 10,
    async run(stage) {
      const came = await stage.asks()
      await stage.changes.until(() => stage.questions[1], stage.settleMs)
      came.peer.send(stage.rightAnswer(came))
      await stage.changes.until(() => stage.questions[1] ?? stage.end, stage.settleMs)
      const second = stage.questions[1]
      if (second === undefined) return
      const again = `it came again: ${quotedMessage(second.received)}`
      throw stage.failed('wrong', 'one question', again)
    },
  },
]
