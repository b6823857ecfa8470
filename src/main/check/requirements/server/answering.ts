// The answer to one question.
import { ASSIGNED, asTexts } from '../../dialect'
import { quotedMessage } from '../../peer'
import { sendQuestion } from '../../send-question'
import type { ServerStage } from '../../server-stage'
import type { Requirement } from '../requirement'

export const ANSWERING: readonly Requirement<ServerStage>[] = [
  {
    id: 'one-answer',
    title: 'Answers a question with the SHA-1 of its payload',
    why: 'It is what a server is for.',
    hint: 'Listen, accept, read the question, send the SHA-1 of its payload’s UTF-8 in hex. There is no answer to the registration: do not wait for one.',
    points: 12,
    async run(stage) {
      await stage.ask()
    },
  },
  {
    id: 'answer-fields',
    title: 'Its answer names the server, the client and the size of the hash',
    why: 'The client compares destid with its own id; a debugger looks for srcid.',
    hint: 'srcid is the server’s own id (not its port), destid the question’s srcid, payloadsize 40: not the question’s.',
    points: 6,
    async run(stage) {
      const payload = 'another payload'
      const answer = await stage.ask(payload)
      const size = stage.hashing.of(payload).length
      const { srcid, destid, payloadsize } = answer.fields
      const { server } = await stage.registered()
      const isRight = `${srcid}` === server && `${destid}` === '1' && `${payloadsize}` === `${size}`
      if (isRight) return
      const expected = `srcid ${server}, destid 1 and payloadsize ${size}`
      throw stage.failed('wrong', expected, `the proxy got ${quotedMessage(answer)}`)
    },
  },
  {
    id: 'numbers',
    title: 'Takes a question in the assignment’s own spelling',
    why: 'The proxy sends on what the client wrote.',
    hint: 'Compare str(message["type"]), and read no more fields than you need.',
    points: 4,
    async run(stage) {
      stage.dialect = { ...ASSIGNED, readsToTheEnd: stage.dialect.readsToTheEnd }
      await stage.ask()
    },
  },
  {
    id: 'texts',
    title: 'Takes a question whose type and ids are texts',
    why: 'The tutorial’s clients send "type": "0".',
    hint: 'Compare str(message["type"]) with "0".',
    points: 4,
    async run(stage) {
      stage.dialect = asTexts(stage.dialect)
      await stage.ask()
    },
  },
  {
    id: 'no-payloadsize',
    title: 'Takes a question without payloadsize',
    why: 'Several published clients leave it out.',
    hint: 'Count the hash’s characters yourself; do not read payloadsize.',
    points: 4,
    async run(stage) {
      const asked = stage.question()
      const { payloadsize: _, ...fields } = { payloadsize: 0, ...stage.fields(asked) }
      const peer = await stage.dial()
      sendQuestion(stage, peer, fields)
      await stage.answered(peer, asked)
    },
  },
  {
    id: 'other-scripts',
    title: 'Hashes the UTF-8 bytes of a payload in other scripts',
    why: 'Client and server must hash the same bytes.',
    hint: 'payload.encode() is UTF-8. With "ascii" or the system’s own encoding the hash is another.',
    points: 5,
    async run(stage) {
      await stage.ask('grüße, 你好, \u{1F600}')
    },
  },
  {
    id: 'payload-1500',
    title: 'Takes a payload of 1,500 characters',
    why: 'A question may be longer than one packet, and than a buffer of 1,024.',
    hint: 'Read on until the JSON object is whole.',
    points: 4,
    async run(stage) {
      await stage.ask('x'.repeat(1_500))
    },
  },
  {
    id: 'payload-200000',
    title: 'Takes a payload of 200,000 characters',
    why: 'It comes in many reads.',
    hint: 'Read on until the JSON object is whole.',
    points: 3,
    async run(stage) {
      await stage.ask('abcdefghij'.repeat(20_000))
    },
  },
  {
    id: 'nothing-after',
    title: 'Sends one answer and nothing else',
    why: 'What follows an answer is taken for the answer to the next question.',
    hint: 'One send for one question.',
    points: 4,
    async run(stage) {
      const asked = stage.question()
      const peer = await stage.dial()
      stage.send(peer, asked)
      await stage.answered(peer, asked)
      const more = await stage.changes.until(() => peer.received[1], stage.settleMs)
      if (more === undefined) return
      throw stage.failed('wrong', 'one answer', `this came, too: ${quotedMessage(more)}`)
    },
  },
]
