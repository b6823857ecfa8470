// The engine's own figures over 200,000 messages, each of which went through clients, proxy and servers in memory, agree with the
// formulas of the theory of queues. The seed decides every arrival and service, so the outcome is always the same; what another
// seed may differ by is in theory.test.ts. `npm run bench -- theory` does the same at 90 % over two million.
import { describe, expect, it } from 'vitest'
import { measureQueue } from '../support/measured-queue'
import type { Model } from '../support/queueing-theory'
import { compare, deviation } from '../support/theory-comparison'

const MESSAGES = 200_000
const SEED = 5
const TOLERANCE = 0.05

const QUEUES: readonly [name: string, queue: Omit<Model, 'utilisation'>][] = [
  ['M/M/1', { service: 'exponential', servers: 1, serviceMs: 0.5 }],
  ['M/M/4', { service: 'exponential', servers: 4, serviceMs: 2 }],
  ['M/D/1', { service: 'constant', servers: 1, serviceMs: 0.5 }],
]

describe.each(QUEUES)('%s', (_, queue) => {
  it.each([0.5, 0.8])(
    'has its means and percentiles at utilisation %d',
    { timeout: 180_000 },
    async (utilisation) => {
      const model = { ...queue, utilisation }
      const queueAt = queue.servers === 1 ? 'server' : 'proxy'
      const measured = await measureQueue(model, { messages: MESSAGES, seed: SEED, queueAt })
      expect(measured.answered).toBe(MESSAGES)
      const off = compare(model, measured).filter(
        (figure) => !(Math.abs(deviation(figure)) <= TOLERANCE),
      )
      expect(off).toEqual([])
    },
  )
})
