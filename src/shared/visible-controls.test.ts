import { describe, expect, it } from 'vitest'
import { PacketComments } from './capture/packet-comments'
import { decisionOf } from './decision/testing'
import { captionOf, reasonOf, receiptOf, textOf } from './decision/words'
import { notesOnRegistration, refusedRegistrationWords } from './diagnosis/registration-notes'
import { closedWords, refusalWords, silenceWords } from './diagnosis/waiting'
import { shortenedId } from './format'
import { nodeId, PROXY } from './ids'
import { composeAnswer, composeClientMessage, composeRegistration } from './protocol/compose'
import { readBytes } from './protocol/reading'
import { sentPacket } from './state/sent-packet'
import { sharedIdsWords, takenIdsWords } from './state/taken-ids'
import { describeLine } from './state/terminal'
import { visibly, withVisibleControls } from './visible-controls'

it.each([
  ['a\nb\r\tc', 'a\\nb\\r\\tc'],
  ['\u0000\u009f', '\\u0000\\u009F'],
  ['1\u202e23', '1\\u202E23'],
  ['\u2066x\u2069', '\\u2066x\\u2069'],
  ['a\u2028b', 'a\\u2028b'],
])('shows controls as escapes', (text, shown) => {
  expect(withVisibleControls(text)).toBe(shown)
})

it.each(['server 100', 'Zoë', 'שרת', '服务器', '👩‍🏫'])('leaves %s as it is', (text) => {
  expect(withVisibleControls(text)).toBe(text)
})

it('changes only what stands in a sentence, not the sentence', () => {
  expect(visibly`${'1\n'}2\n${3}`).toBe('1\\n2\n3')
})

const NASTY = ['7\n8', '7\r\n[error] 8', '7\u202e8', '7\u2067\u20698', '7\u001b[31m8', '7\u00858']

/** Every sentence that the engine makes of an id, or the screen of the engine's events. */
const MAKERS: Readonly<Record<string, (id: string) => string | readonly string[]>> = {
  'refused connection': (id) => refusalWords(serverOf(id), 'ECONNREFUSED'),
  'server in silence': (id) => silenceWords(serverOf(id), 2),
  'closed connection': closedWords,
  'refused registration': (id) => refusedRegistrationWords(id, id, 'It is full.'),
  'port with two ids': (id) =>
    notesOnRegistration(rowOf(id), undefined, [rowOf(`${id}9`)]).map(({ text }) => text),
  'changed registration': (id) =>
    notesOnRegistration(rowOf(id), { ...rowOf(id), policy: `${id}0`, listenPort: 1 }, []).map(
      ({ text }) => text,
    ),
  'id that was taken over': (id) =>
    notesOnRegistration(rowOf(id), { ...rowOf(id), node: nodeId('inside', 'server', id) }, []).map(
      ({ text }) => text,
    ),
  'taken ids': (id) => [{ protocolId: id }].map((one) => takenIdsWords([one, one])),
  'taken id': (id) => takenIdsWords([{ protocolId: id }]),
  'shared id': (id) => sharedIdsWords([{ protocolId: id }]),
  receipt: (id) => {
    const { title, lines } = receiptOf(nastyDecision(id))
    return [title, ...lines.map(textOf)]
  },
  caption: (id) => textOf(captionOf(nastyDecision(id))),
  reason: (id) => reasonOf(nastyDecision(id)),
  'reason of a later attempt': (id) =>
    reasonOf({
      ...nastyDecision(id),
      attempt: 2,
      passedOver: [{ server: id, why: 'tried' }],
    }),
  'comment in a capture': (id) => {
    const comments = new PacketComments()
    const node = nodeId('outside', 'server', id)
    comments.addNode({ id: node, origin: 'outside', role: 'server', protocolId: id })
    return [node, `${node}2`].map((each) => comments.name(each))
  },
  'line of a terminal': (id) =>
    (['sent', 'received'] as const).flatMap((kind) =>
      [
        composeClientMessage(id, id, id),
        composeRegistration(id, id, 4_007),
        composeAnswer(id, id, id),
        new TextEncoder().encode(id),
      ].flatMap((bytes) =>
        (['proxy', 'server', 'client'] as const).map((role) =>
          describeLine(
            { key: '', at: 0, kind, packet: packetOf(id, bytes) },
            { id: role, role, origin: 'inside', protocolId: id },
          ),
        ),
      ),
    ),
  'log line of an earlier version': (id) =>
    describeLine(
      { key: '', at: 0, kind: 'log', level: 'info', text: `Server ${id} is up` },
      { id: PROXY, role: 'proxy', origin: 'inside' },
    ),
  'unreadable field': (id) => {
    const reading = readBytes(new TextEncoder().encode(JSON.stringify({ type: id })))
    return reading.kind === 'message' ? [] : reading.problem
  },
  'short id': (id) => shortenedId(id, 12),
}

describe.each(Object.entries(MAKERS))('a sentence with an id: %s', (_, sentencesOf) => {
  it.each(NASTY)('is one line in one direction for %j', (id) => {
    const sentences = [sentencesOf(id)].flat()
    expect(sentences).not.toEqual([])
    for (const sentence of sentences) expect(sentence).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u)
    expect(sentences.join()).toContain('\\')
  })
})

function serverOf(id: string) {
  return { id, address: '127.0.0.1', port: 4_007, answers: 0, registrationIsOpen: true }
}

function rowOf(id: string) {
  const node = nodeId('outside', 'server', id)
  return { server: id, policy: id, listenPort: 4_007, address: '127.0.0.1', node }
}

function nastyDecision(id: string) {
  return decisionOf({
    policy: id,
    server: `${id}1`,
    candidates: [id, `${id}1`],
    passedOver: [{ server: id, why: 'down' }],
    reason: { by: 'round-robin', turn: id },
    next: id,
  })
}

function packetOf(id: string, bytes: Uint8Array) {
  return sentPacket({
    id: 1,
    exchange: 1,
    kind: 0,
    from: 'client:1',
    to: nodeId('outside', 'server', id),
    connection: 1,
    bytes,
    sentAt: 0,
    dueAt: 600,
  })
}
