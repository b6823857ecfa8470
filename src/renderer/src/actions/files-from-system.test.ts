import { beforeEach, expect, it } from 'vitest'
import type { Bridge, SystemFile } from '../../../shared/contract'
import { useUi } from '../choices/ui'
import { useLab } from '../lab/lab'
import { promisesSettled } from '../lab/testing'
import { fakeBridge } from '../line/testing'
import { startGiven } from './files-from-system'

const file = (name: string): SystemFile => ({ name, bytes: new TextEncoder().encode(name) })

/** A bridge that hands over files; an Error stands for one that cannot be read. */
function givingBridge() {
  const waiting: (SystemFile | Error)[] = []
  const listeners = new Set<() => void>()
  let asked = 0
  const bridge: Bridge = {
    ...fakeBridge().bridge,
    takeFile: async () => {
      asked++
      const next = waiting.shift() ?? null
      if (next instanceof Error) throw next
      return next
    },
    onFileGiven: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  return {
    bridge,
    get asked() {
      return asked
    },
    give(...files: (SystemFile | Error)[]) {
      waiting.push(...files)
      for (const listener of listeners) listener()
    },
  }
}

let opened: string[] = []
const open = async (given: File) => {
  opened.push(`${given.name}: ${await given.text()}`)
}

beforeEach(() => {
  opened = []
  useUi.setState({ notices: [] })
  useLab.setState({ connected: true })
})

it('opens what was given before, once the lab is there, and what is given later', async () => {
  useLab.setState({ connected: false })
  const line = givingBridge()
  line.give(file('a'), file('b'))
  const stop = startGiven(line.bridge, open)
  await promisesSettled()
  expect([line.asked, opened]).toEqual([0, []])
  useLab.setState({ connected: true })
  await promisesSettled()
  expect(opened).toEqual(['a: a', 'b: b'])
  line.give(file('c'))
  await promisesSettled()
  expect(opened).toEqual(['a: a', 'b: b', 'c: c'])
  stop()
  line.give(file('d'))
  await promisesSettled()
  expect(opened).toHaveLength(3)
})

it('opens one after another', async () => {
  const line = givingBridge()
  const doing: (() => void)[] = []
  startGiven(line.bridge, (given) => {
    opened.push(given.name)
    return new Promise<void>((resolve) => doing.push(resolve))
  })
  line.give(file('a'))
  line.give(file('b'))
  await promisesSettled()
  expect(opened).toEqual(['a'])
  doing.shift()?.()
  await promisesSettled()
  expect(opened).toEqual(['a', 'b'])
})

it('says what cannot be read, and goes on', async () => {
  const line = givingBridge()
  startGiven(line.bridge, open)
  line.give(new Error('x.png was not opened.'), file('a'))
  await promisesSettled()
  expect(useUi.getState().notices).toMatchObject([
    { level: 'error', text: 'x.png was not opened.' },
  ])
  expect(opened).toEqual(['a: a'])
})

it('does not ask for ever where it is refused each time', async () => {
  const line = givingBridge()
  let asked = 0
  line.bridge.takeFile = async () => {
    asked++
    throw new Error('No.')
  }
  startGiven(line.bridge, open)
  for (let turn = 0; turn < 10; turn++) await promisesSettled()
  expect(asked).toBeGreaterThan(1)
  const before = asked
  await promisesSettled()
  expect(asked).toBe(before)
})
