import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { Batches } from './batches'

function setUp() {
  const batches = new Batches()
  const did: string[] = []
  const member = (name: string, takeIn: () => void = () => {}) => {
    const one = {
      takeIn: () => {
        did.push(`reads ${name}`)
        takeIn()
      },
      flush: () => did.push(`writes ${name}`),
    }
    return one
  }
  return { batches, did, member }
}

it('hands on together what comes in turn after turn, then writes what that has caused', async () => {
  const { batches, did, member } = setUp()
  for (const name of ['a', 'b', 'c']) {
    const one = member(name, () => batches.hasWritten(one))
    batches.hasRead(one)
    await nextTurn()
    expect(did).toEqual([])
  }
  await nextTurn()
  expect(did).toEqual(['reads a', 'reads b', 'reads c', 'writes a', 'writes b', 'writes c'])
})

it('waits no longer once it has many', async () => {
  const { batches, did, member } = setUp()
  for (let index = 0; index < 40; index++) batches.hasRead(member(`${index}`))
  await nextTurn()
  expect(did).toHaveLength(40)
})

it('waits for some turns only', async () => {
  const { batches, did, member } = setUp()
  let turns = 0
  for (; did.length === 0; turns++) {
    batches.hasRead(member(`${turns}`))
    await nextTurn()
  }
  expect(turns).toBeLessThan(20)
})

it('writes at the end of the turn what no read has caused', async () => {
  const { batches, did, member } = setUp()
  batches.hasRead(member('a'))
  batches.hasWritten(member('b'))
  await nextTurn()
  expect(did).toEqual(['writes b'])
})
