// What the client makes of its answer.
import { type ClientStage, payloadIn } from '../../client-stage'
import { sha1 } from '../../dialect'
import type { Requirement } from '../requirement'

const SENTENCE = 'Nobody serves policy 111 today'

export const HEARING: readonly Requirement<ClientStage>[] = [
  {
    id: 'shows-answer',
    title: 'Shows its answer, and ends with exit status 0',
    why: 'Its user wants to see the hash, and a script whether it went well.',
    hint: 'Print the payload of the answer, close the connection and return, without waiting for more.',
    points: 15,
    async run(stage) {
      const hash = await shows(stage, (bytes, send) => send(bytes))
      const { status, how } = await stage.ends('after its answer')
      if (status === 0) return
      const expected = `the output to have ${hash}, and exit status 0`
      throw stage.failed('wrong', expected, how)
    },
  },
  {
    id: 'split-answer',
    title: 'Reads an answer in two pieces',
    why: 'One write may come as two reads.',
    hint: 'Read on until the JSON object is whole.',
    points: 10,
    async run(stage) {
      await shows(stage, async (text, send) => {
        send(text.slice(0, 30))
        await stage.changes.until(() => stage.end, stage.settleMs)
        send(text.slice(30))
      })
    },
  },
  {
    id: 'late-answer',
    title: 'Waits for an answer that takes a second',
    why: 'A server may work on a message for a while.',
    hint: 'Set no time limit below some seconds.',
    points: 5,
    async run(stage) {
      await shows(stage, async (text, send) => {
        await stage.changes.until(() => stage.end, 1_000)
        send(text)
      })
    },
  },
  {
    id: 'wrong-hash',
    title: 'Notices a wrong hash',
    why: 'That is why the client knows the payload: it can calculate the hash, too.',
    hint: 'Compare the answer’s payload with the SHA-1 of your own, and say whether they are the same.',
    points: 10,
    async run(stage) {
      const wrong = sha1('something else')
      const said: string[] = []
      for (const payload of [undefined, wrong]) {
        const came = await stage.asks()
        came.peer.send(stage.rightAnswer(came, payload))
        // One that does not end by itself may still say it.
        const end = await stage.changes.until(() => stage.end, stage.answerMs)
        const hash = payload ?? sha1(payloadIn(came))
        const output = stage.output.replaceAll(hash, 'HASH').replace(/\d+/g, 'N')
        said.push(`${end?.status} ${output}`)
      }
      if (said[0] !== said[1]) return
      const came = `it ended alike both times, and ${stage.printed}`
      throw stage.failed('wrong', 'another output, or another exit status, for a wrong hash', came)
    },
  },
  {
    id: 'error-answer',
    title: 'Shows the words of an error answer',
    why: '“The hash is wrong” is not what happened, if nobody serves the policy.',
    hint: 'Look for "error" in the answer before you compare the hash, and print its message or the payload.',
    points: 5,
    async run(stage) {
      const came = await stage.asks()
      const error = { code: 'NO_SERVER_FOR_POLICY', message: SENTENCE }
      came.peer.send({ ...stage.rightAnswer(came, SENTENCE), error })
      await stage.prints(SENTENCE, 'after an error answer with that message')
    },
  },
  {
    id: 'no-answer',
    title: 'Says so if the proxy closes without an answer',
    why: 'A proxy may end. An empty recv is not JSON.',
    hint: 'Look whether recv returned nothing before you parse, and end with a sentence.',
    points: 5,
    async run(stage) {
      const came = await stage.asks()
      came.peer.end()
      await endsInWords(stage, 'after the proxy has closed the connection')
    },
  },
  {
    id: 'nobody-listens',
    title: 'Says so if no proxy is there',
    why: 'It is the first thing that goes wrong in class.',
    hint: 'Catch what connect throws (ConnectionRefusedError), and end with a sentence.',
    points: 5,
    async run(stage) {
      await stage.asksNobody()
      await endsInWords(stage, 'when its connection is refused')
    },
  },
]

/** Answers as told; returns the hash, when it has been printed. */
async function shows(
  stage: ClientStage,
  answer: (text: string, send: (bytes: string) => void) => void | Promise<void>,
): Promise<string> {
  const came = await stage.asks()
  await answer(JSON.stringify(stage.rightAnswer(came)), (bytes) => came.peer.send(bytes))
  const hash = sha1(payloadIn(came))
  await stage.prints(hash, 'after its answer')
  return hash
}

async function endsInWords(stage: ClientStage, when: string): Promise<void> {
  const { status } = await stage.ends(when)
  if (status !== 0 || stage.output.trim() !== '') return
  const expected = `a sentence, or an exit status other than 0, ${when}`
  throw stage.failed('wrong', expected, 'it printed nothing and ended with exit status 0')
}
