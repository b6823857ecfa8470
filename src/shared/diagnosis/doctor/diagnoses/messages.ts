// What can be wrong with a message by itself: the notes on it (message-notes.ts) as diagnoses.
import type { NoteId } from '../../message-notes'
import type { Diagnosis } from '../diagnosis'
import { beginningOf, fieldOf } from '../evidence'

/** Its words are those of the note. */
function byNote(words: Omit<Diagnosis, 'id' | 'seen'> & { readonly id: NoteId }): Diagnosis {
  return {
    ...words,
    seen(observation) {
      if (observation.of !== 'message') return undefined
      const { bytes, packet, notes } = observation
      const note = notes.find(({ id }) => id === words.id)
      if (note === undefined) return undefined
      const { text, field } = note
      const evidence =
        field === undefined ? beginningOf(bytes, packet) : fieldOf(bytes, field, packet)
      return { text, evidence }
    },
  }
}

export const unreadable = byNote({
  id: 'unreadable',
  gravity: 'stops',
  title: 'Sends bytes that are no JSON object',
  why: 'A message is one JSON object in UTF-8: without a length before it, without another format around it, and whole. After other bytes nobody can know where the next message begins, so their connection is closed.',
  mend: 'Send what json.dumps() or JSON.stringify() gives, and nothing else.',
  python: 's.sendall(json.dumps(message).encode("utf-8"))',
  node: 'socket.write(JSON.stringify(message))',
  covers: ['writes-in-pieces', 'closes-unread'],
})

export const noMessage = byNote({
  id: 'no-message',
  gravity: 'stops',
  title: 'Sends JSON that is no message',
  why: 'A message has a type, 0, 1 or 2, and all fields of this type, spelt as the protocol spells them.',
  mend: 'Compare it with the table of fields in examples/README.md.',
  python: '{"type": 0, "srcid": 1, "privPoliId": 111, "payloadsize": 4, "payload": "xyz1"}',
})

export const notAHash = byNote({
  id: 'not-a-hash',
  gravity: 'wrong',
  title: 'Answers with something that is no hash',
  why: 'The payload of an answer is a SHA-1 digest as 40 hexadecimal digits.',
  mend: 'Send the hexadecimal digest, not the payload, not the bytes of the digest, not another hash.',
  python: 'digest = hashlib.sha1(message["payload"].encode()).hexdigest()',
  node: "const digest = createHash('sha1').update(message.payload).digest('hex')",
  covers: ['wrong-hash'],
})

export const repeatedField = byNote({
  id: 'repeated-field',
  gravity: 'wrong',
  title: 'Sends a field twice',
  why: 'JSON does not say which of them counts: some programs take the first, some the last.',
  mend: 'Make the object as a dictionary, not as a text put together by hand.',
  python: 'json.dumps({"type": 0, "srcid": 1, …})',
  node: 'JSON.stringify({ type: 0, srcid: 1, … })',
})

export const hashInCapitals = byNote({
  id: 'hash-in-capitals',
  gravity: 'wrong',
  title: 'Sends the hash in capital letters',
  why: 'A client compares texts: "A9" is not "a9".',
  mend: 'Send lower-case letters.',
  python: 'digest = digest.lower()',
  node: 'digest = digest.toLowerCase()',
  covers: ['wrong-hash'],
})

export const payloadsizeWrong = byNote({
  id: 'payloadsize-wrong',
  gravity: 'fragile',
  title: 'Sends a wrong payloadsize',
  why: 'A program that reads as many bytes as payloadsize says reads too few, or waits for more.',
  mend: 'Count the payload itself: in characters, or in the bytes of its UTF-8.',
  python: '"payloadsize": len(payload)',
  node: 'payloadsize: payload.length',
})

export const payloadsizeMissing = byNote({
  id: 'payloadsize-missing',
  gravity: 'fragile',
  title: 'Sends no payloadsize',
  why: 'The protocol has this field in messages of type 0 and 2. Servers have been seen that end with a KeyError without it.',
  mend: 'Add the field.',
  python: '"payloadsize": len(payload)',
  node: 'payloadsize: payload.length',
})

export const policyKey = byNote({
  id: 'policy-key',
  gravity: 'fragile',
  title: 'Spells the policy’s key otherwise',
  why: 'It is "privPoliId" in messages of type 0 and "privPolyId" in registrations. Most programs take only one of the two.',
  mend: 'Use the spelling of the message’s type.',
  python: '{"type": 0, "privPoliId": 111, …}  {"type": 1, "privPolyId": 111, …}',
})

export const numbersAsTexts = byNote({
  id: 'numbers-as-texts',
  gravity: 'fragile',
  title: 'Sends numbers as texts',
  why: '"0" is not 0: a program that compares with the number finds no type that it knows. Roundabout takes both.',
  mend: 'Convert what comes from the command line before you send it.',
  python: '"type": 0, "srcid": int(arguments.id)',
  node: 'type: 0, srcid: Number(options.id)',
})
