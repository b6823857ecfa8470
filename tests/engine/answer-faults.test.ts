// What the switching table counts of a server's wrong answers.
import { expect, it } from 'vitest'
import { hashOf } from '../../src/main/engine/protocol/verdict'
import {
  composeAnswer,
  composeClientMessage,
  composeRegistration,
} from '../../src/shared/protocol/compose'
import { createTestLab } from '../support/test-lab'

const PORT = 7_000

it('a wrong hash and an answer that cannot be read are counted at the server that gave them', async () => {
  const lab = await createTestLab()
  const answers = [
    composeAnswer('7', '50', hashOf('x')),
    composeAnswer('7', '50', hashOf('xx')),
    new TextEncoder().encode('{"type": 2, what?}'),
  ]
  await lab.network.listen({
    host: lab.engine.proxy.host,
    port: PORT,
    accept(connection) {
      connection.setHandlers({
        data(bytes) {
          // A message may come in several reads: this one is whole with its last bracket.
          const answer = bytes.at(-1) === '}'.charCodeAt(0) ? answers.shift() : undefined
          if (answer) connection.write(answer)
        },
        ended: () => connection.end(),
        closed() {},
      })
    },
  })
  lab.program().send(composeRegistration('7', '222', PORT))
  lab.rest()
  const row = () => lab.engine.state.rows.get('7')
  for (const [wrongHashes, unreadable] of [
    [undefined, undefined],
    [1, undefined],
    [1, 1],
  ]) {
    lab.program().send(composeClientMessage('50', '222', 'x'))
    lab.rest()
    expect(row()?.wrongHashes).toBe(wrongHashes)
    expect(row()?.unreadable).toBe(unreadable)
  }
})
