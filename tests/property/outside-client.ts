// Clients as students write them: they pipeline, half-close, or leave before their answers arrive.
import { expect } from 'vitest'
import { hashOf } from '../../src/main/engine/protocol/verdict'
import { type NodeId, nodeId } from '../../src/shared/ids'
import { composeClientMessage } from '../../src/shared/protocol/compose'
import type { AnswerMessage } from '../../src/shared/protocol/message'
import { MessageScanner } from '../../src/shared/protocol/scanner'
import { type Surroundings, WRONG_HASH } from './outside-server'

export interface OutsideClient {
  node: NodeId
  close(): void
  /** Throws unless it has received everything that it was due. */
  check(): void
}

/** The answer of a server inside that is set to a wrong hash. */
const insideWrongHash = (payload: string) => hashOf(`not ${payload}`)

export function createOutsideClient(
  { network, proxy, random, clock }: Surroundings,
  {
    id,
    policy,
    count,
    manner,
  }: { id: string; policy: string; count: number; manner: 'stays' | 'half-closes' | 'leaves' },
): OutsideClient {
  const scanner = new MessageScanner()
  const payloads = Array.from({ length: count }, (_, index) => `${id} asks ${index}`)
  const answers: AnswerMessage[] = []
  /** Messages from the proxy that are no answers: edited on their way. */
  let noAnswers = 0
  const connection = network.dial({
    ...proxy,
    handlers: {
      data(bytes) {
        for (const item of scanner.push(bytes)) {
          if (item.kind === 'message' && item.message.type === 2) answers.push(item.message)
          else noAnswers++
        }
      },
      ended: () => connection.end(),
      closed() {},
    },
  })
  for (const payload of payloads) connection.write(composeClientMessage(id, policy, payload))
  if (manner === 'half-closes') connection.end()
  if (manner === 'leaves') clock.schedule(random.integer(2_000), () => connection.destroy())

  return {
    node: nodeId('outside', 'client', id),
    close: () => connection.destroy(),
    check() {
      expect(noAnswers).toBe(0)
      if (manner === 'leaves') return
      expect(answers.length).toBe(count)
      answers.forEach((answer, index) => {
        // A server inside may be set to answer with another's `destid`, which has one more zero.
        expect([id, `${id}0`]).toContain(answer.destination)
        if (answer.error) return
        const payload = payloads[index] ?? ''
        expect([hashOf(payload), WRONG_HASH, insideWrongHash(payload)]).toContain(answer.payload)
      })
    },
  }
}
