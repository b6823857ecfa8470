import { expect, it } from 'vitest'
import { nodeId } from '../../shared/ids'
import { createMemoryLab } from '../engine/index'
import { UnderWay } from './under-way'

it('is over when all messages have ended that a client sends', async () => {
  const lab = await createMemoryLab({
    isRecorded: false,
    scenario: {
      name: 'Two messages',
      servers: [{ id: '100', policy: '111' }],
      clients: [{ id: '1', policy: '111', payload: 'x' }],
      latencyMs: 10,
    },
  })
  const underWay = new UnderWay(lab.engine)
  expect(underWay.isOver).toBe(false)
  for (const payload of ['one', 'two']) {
    const client = nodeId('inside', 'client', '1')
    await lab.engine.execute({ type: 'sendMessage', client, policy: '111', payload })
  }
  expect(underWay.isOver).toBe(false)
  lab.pass(15)
  // One that begins to count in the middle agrees.
  const later = new UnderWay(lab.engine)
  expect([underWay.isOver, later.isOver]).toEqual([false, false])
  lab.pass(100)
  expect([underWay.isOver, later.isOver]).toEqual([true, true])
  await lab.engine.close()
})
