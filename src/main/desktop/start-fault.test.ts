import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { startFault } from './start-fault'

function caught(work: () => unknown): unknown {
  try {
    return work()
  } catch (error) {
    return error
  }
}

it.each([
  ['of the language', () => caught(() => Reflect.get(undefined as never, 'x')), 'TypeError'],
  ['of the system', () => caught(() => readFileSync('/nowhere/at/all')), 'Error [ENOENT]'],
  ['in a few words', () => new Error('not ready'), 'Error'],
])('a fault %s has where it happened', (_, make, name) => {
  const { message, logText } = startFault(make(), '1.2.3')
  expect(message).not.toBe('')
  expect(logText).toContain(`${name} (Roundabout 1.2.3, engine) at `)
  expect(logText).toContain('start-fault.test.ts')
})

it('a sentence of ours is enough', () => {
  const message = 'Port 2100 is in use by another program. Stop it, or choose another port.'
  expect(startFault(new Error(message), '1.2.3')).toEqual({ message })
  const option = 'Unknown option "--x". There are: --logs.'
  expect(startFault(new Error(option), '1.2.3')).toEqual({ message: option })
})
