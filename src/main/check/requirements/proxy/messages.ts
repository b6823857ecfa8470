// The messages themselves: how they may be spelled, and what may be in them.
import { ASSIGNED, asTexts } from '../../dialect'
import { quotedMessage } from '../../peer'
import type { ProxyStage } from '../../proxy-stage'
import { sendQuestion } from '../../send-question'
import type { Requirement } from '../requirement'

export const MESSAGES: readonly Requirement<ProxyStage>[] = [
  {
    id: 'one-exchange',
    title: 'One server, one client, one answer',
    why: 'It is the whole assignment in its smallest form: a registration, a question, an answer.',
    hint: 'Follow one message by hand: is the registration in the table, is the server found by its policy, is its answer sent on?',
    points: 10,
    async run(stage) {
      const { id } = await stage.server({ id: 100 })
      const asked = stage.question()
      const peer = await stage.client(asked.client)
      stage.send(peer, asked)
      const answer = await stage.answered(peer, asked)
      const expected = `an answer from server ${id} to client ${asked.client}`
      const [question] = stage.asked
      const { srcid, destid } = answer.fields
      const isRight =
        sameId(srcid, question?.answer(), 'srcid') && sameId(destid, question?.answer(), 'destid')
      if (!isRight) throw stage.failed('wrong', expected, `the client got ${quotedMessage(answer)}`)
    },
  },
  {
    id: 'numbers',
    title: 'Takes the assignment’s own spelling: numbers, privPolyId and privPoliId',
    why: 'A class’s programs must understand one another, and the assignment is what they have in common.',
    hint: 'Compare with both: str(message["type"]) == "0". Take the policy from whichever of the two keys is there.',
    points: 4,
    async run(stage) {
      stage.dialect = { ...ASSIGNED, readsToTheEnd: stage.dialect.readsToTheEnd }
      await stage.server({ id: 100 })
      await stage.ask()
    },
  },
  {
    id: 'texts',
    title: 'Takes types, ids and ports that are texts',
    why: 'The tutorial’s programs send "type": "0", and a colleague may have built on them.',
    hint: 'Turn what you compare into one form first: str(…) on both sides, int(…) for the port.',
    points: 3,
    async run(stage) {
      stage.dialect = asTexts(stage.dialect)
      await stage.server({ id: 100 })
      await stage.ask()
    },
  },
  {
    id: 'no-payloadsize',
    title: 'Takes a question without payloadsize',
    why: 'Several published clients leave it out, and nothing depends on it: the object says where it ends.',
    hint: 'Do not read payloadsize, or read it with a default.',
    points: 2,
    async run(stage) {
      await stage.server({ id: 100 })
      const asked = stage.question()
      const { payloadsize: _, ...fields } = { payloadsize: 0, ...stage.fields(asked) }
      const peer = await stage.client(asked.client)
      sendQuestion(stage, peer, fields)
      await stage.answered(peer, asked)
    },
  },
  {
    id: 'payload-1500',
    title: 'Carries a payload of 1,500 characters',
    why: 'A question may be longer than one packet of Ethernet, and than a buffer of 1,024.',
    hint: 'One recv(1024) is not one message. Read on until the JSON object is whole.',
    points: 3,
    run: (stage) => carries(stage, 'x'.repeat(1_500)),
  },
  {
    id: 'payload-200000',
    title: 'Carries a payload of 200,000 characters',
    why: 'It comes in many reads and cannot be written at once.',
    hint: 'Read until the object is whole, and write with sendall: send may take only a part.',
    points: 2,
    run: (stage) => carries(stage, 'abcdefghij'.repeat(20_000)),
  },
  {
    id: 'other-scripts',
    title: 'Carries other scripts unchanged',
    why: 'The hash is of the payload’s UTF-8 bytes: a changed character is another hash.',
    hint: 'Send on the bytes as they came. If you decode them, do it as UTF-8, and only when the object is whole.',
    points: 2,
    run: (stage) => carries(stage, 'grüße, 你好, \u{1F600} \\ "quoted"'),
  },
  {
    id: 'asked-once-unchanged',
    title: 'A server gets each question once, with the same fields',
    why: 'A server that sees a question twice answers twice, and the second answer is somebody else’s.',
    hint: 'Send the question on once, as it came, and nothing else on that connection.',
    points: 3,
    async run(stage) {
      await stage.server({ id: 100 })
      const asked = stage.question()
      const peer = await stage.client(asked.client)
      const sent = stage.fields(asked)
      stage.send(peer, asked)
      await stage.answered(peer, asked)
      // A second copy would come now.
      await stage.changes.until(() => stage.asked[1], stage.settleMs)
      const [first, second] = stage.asked
      const expected = `server 100 to get ${JSON.stringify(sent)} once`
      if (second !== undefined) {
        throw stage.failed('wrong', expected, `it also got ${quotedMessage(second.received)}`)
      }
      if (first !== undefined && !sameFields(first.received.fields, sent)) {
        throw stage.failed('wrong', expected, `it got ${quotedMessage(first.received)}`)
      }
    },
  },
]

async function carries(stage: ProxyStage, payload: string): Promise<void> {
  await stage.server({ id: 100 })
  await stage.ask({ payload })
}

/** As number or text alike. */
function sameId(id: unknown, answer: object | undefined, key: string): boolean {
  return answer === undefined || String(id) === String(Reflect.get(answer, key))
}

function sameFields(one: object, other: object): boolean {
  const sorted = (fields: object) => JSON.stringify(Object.entries(fields).sort())
  return sorted(one) === sorted(other)
}
