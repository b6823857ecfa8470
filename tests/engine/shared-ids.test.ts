// Outside programs with the ids of clients of the lab, over the whole engine.
import { expect, it } from 'vitest'
import { composeClientMessage } from '../../src/shared/protocol/compose'
import { CLASSIC_POOL } from '../../src/shared/scenario'
import { clientsWithSharedId } from '../../src/shared/state/taken-ids'
import { createTestLab } from '../support/test-lab'

it('are noticed, and one undo takes back the other ids that the clients of the lab were given', async () => {
  const lab = await createTestLab({ scenario: CLASSIC_POOL })
  lab.rest()
  const shared = () => clientsWithSharedId(lab.engine.state).map(({ id }) => id)
  expect(shared()).toEqual([])
  for (const id of ['1', '2']) lab.program().send(composeClientMessage(id, '111', 'hello'))
  lab.rest()
  expect(shared()).toEqual(['client:1', 'client:2'])

  const update = { type: 'updateClient', node: 'client:1', id: '2001' }
  const first = await lab.engine.execute(update)
  if (!first.ok) throw new Error(first.error)
  const joins = first.change?.number
  await lab.engine.execute({ type: 'updateClient', node: 'client:2', id: '2002', joins })
  expect(shared()).toEqual([])
  await lab.engine.execute({ type: 'undo' })
  expect(shared().toSorted()).toEqual(['client:1', 'client:2'])
  await lab.engine.close()
})
