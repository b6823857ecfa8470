// Bytes that are no message end their connection. The proxy carries out nothing that follows them, wherever the reads are
// cut.
import { expect, it } from 'vitest'
import { UNKNOWN_PROGRAM } from '../../src/shared/ids'
import {
  composeAnswer,
  composeClientMessage,
  composeRegistration,
} from '../../src/shared/protocol/compose'
import { sha1OfText } from '../../src/shared/sha1'
import { createTestLab } from '../support/test-lab'

const REGISTRATION = '{"type":1,"id":666,"privPolyId":111,"listenport":4444}'
const POST = `POST / HTTP/1.1\r\nContent-Type: text/plain\r\n\r\n${REGISTRATION}`

it('an HTTP request registers nobody, cut at every byte, and its author is told at its node', async () => {
  const lab = await createTestLab()
  const encode = (text: string) => new TextEncoder().encode(text)
  for (let cut = 0; cut < POST.length; cut++) {
    const answer: Uint8Array[] = []
    let hasEnded = false
    const ended = () => {
      hasEnded = true
    }
    const data = (bytes: Uint8Array) => answer.push(bytes)
    const connection = lab.network.dial({
      ...lab.engine.proxy,
      handlers: { data, ended, closed: ended },
    })
    connection.write(encode(POST.slice(0, cut)))
    connection.write(encode(POST.slice(cut)))
    lab.rest()
    expect(Buffer.concat(answer).toString()).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/)
    expect(hasEnded).toBe(true)
  }
  expect(lab.engine.state.rows.has('666')).toBe(false)
  const told = lab.engine.state.logs.get(UNKNOWN_PROGRAM) ?? []
  expect(new Set(told.map(({ text }) => text))).toEqual(
    new Set([expect.stringContaining('These bytes are an HTTP request.')]),
  )
})

it('bytes that do not tell what they are get their answer after a moment of silence', async () => {
  const lab = await createTestLab()
  const program = lab.program()
  program.send('GE')
  lab.rest()
  expect(program.answers.map(({ error }) => error?.code)).toEqual(['NOT_JSON'])
})

it('a NUL byte after a message is skipped, noted once, and the next message is read', async () => {
  const lab = await createTestLab()
  const program = lab.program()
  for (const payload of ['a', 'b']) {
    program.send(composeClientMessage('50', 'nobody', payload))
    program.send('\0')
    lab.rest()
  }
  expect(program.answers.length).toBe(2)
  const logs = [...lab.engine.state.logs.values()].flat()
  expect(logs.filter(({ text }) => text.startsWith('A NUL byte follows'))).toHaveLength(1)
})

it.each(['with it', 'a moment later'])(
  'a NUL byte that a server sends after its answer, %s, is noted',
  async (when) => {
    const lab = await createTestLab()
    const { host } = lab.engine.proxy
    let hasAnswered = false
    await lab.network.listen({
      host,
      port: 5_007,
      accept: (connection) =>
        connection.setHandlers({
          data() {
            if (hasAnswered) return
            hasAnswered = true
            const answer = composeAnswer('7', '50', sha1OfText('x'))
            if (when === 'with it') connection.write(Uint8Array.of(...answer, 0))
            else {
              connection.write(answer)
              connection.write(Uint8Array.of(0))
            }
          },
          ended: () => connection.end(),
          closed() {},
        }),
    })
    lab.program().send(composeRegistration('7', '111', 5_007))
    lab.rest()
    lab.program().send(composeClientMessage('50', '111', 'x'))
    lab.rest()
    expect(lab.engine.state.totals.verdicts.correct).toBe(1)
    const logs = lab.engine.state.logs.get('outside:server:7') ?? []
    expect(logs.filter(({ text }) => text.startsWith('A NUL byte follows'))).toHaveLength(1)
    expect(lab.events.filter(({ type }) => type === 'socket.noted')).toEqual([])
  },
)

it('what a program sent behind a packet that a person edited to garbage is not carried out', async () => {
  const lab = await createTestLab({ latencyMs: 600 })
  const program = lab.program()
  await lab.engine.execute({ type: 'setBreakpoint', filter: 'type:0' })
  program.send(composeClientMessage('50', 'nobody', 'x'))
  program.send(composeRegistration('666', '111', 4444))
  lab.rest()
  const held = [...lab.engine.state.inFlight.values()].find(({ kind }) => kind === 0)
  const bytes = Buffer.from('garbage').toString('base64')
  expect(await lab.engine.execute({ type: 'edit', packet: held?.id, bytes })).toEqual({ ok: true })
  expect(await lab.engine.execute({ type: 'release', packet: held?.id })).toEqual({ ok: true })
  lab.rest()
  expect(program.answers.map(({ error }) => error?.code)).toEqual(['NOT_JSON'])
  expect(lab.engine.state.rows.has('666')).toBe(false)
})
