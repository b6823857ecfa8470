import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { type Asker, LookingBack } from './looking-back'

function createTime(paused = false) {
  return {
    paused,
    changes: 0,
    isForLookingBack: false,
    pause({ lookingBack = false } = {}) {
      this.changes++
      this.paused = true
      this.isForLookingBack = lookingBack
    },
    resume() {
      this.changes++
      this.paused = false
    },
  }
}

let time: ReturnType<typeof createTime>
let lookingBack: LookingBack
const [first, second]: [Asker, Asker] = [{ role: 'operator' }, { role: 'operator' }]

beforeEach(() => {
  time = createTime()
  lookingBack = new LookingBack(time)
})

describe('a lab that runs', () => {
  it('is paused while an operator looks back, and runs again afterwards', () => {
    lookingBack.begin(first, true)
    expect(time).toMatchObject({ paused: true, isForLookingBack: true })
    lookingBack.end(first)
    expect(time.paused).toBe(false)
  })

  it('runs on where the operator wants that', () => {
    lookingBack.begin(first, false)
    expect(time.paused).toBe(false)
    expect(lookingBack.has(first)).toBe(true)
    lookingBack.end(first)
    expect(time.paused).toBe(false)
  })

  it('runs again when the last operator is back', () => {
    lookingBack.begin(first, true)
    lookingBack.begin(second, true)
    lookingBack.end(first)
    expect(time.paused).toBe(true)
    lookingBack.end(second)
    expect(time.paused).toBe(false)
  })

  it('runs again when the operator changes their mind', () => {
    lookingBack.begin(first, true)
    lookingBack.begin(first, false)
    expect(time.paused).toBe(false)
    expect(lookingBack.has(first)).toBe(true)
  })

  it('stays paused where somebody has paused it by hand meanwhile', () => {
    lookingBack.begin(first, true)
    time.pause()
    lookingBack.end(first)
    expect(time.paused).toBe(true)
  })
})

describe('a lab that was paused', () => {
  it('stays paused', () => {
    time.paused = true
    lookingBack.begin(first, true)
    expect(time.isForLookingBack).toBe(false)
    lookingBack.end(first)
    expect(time.paused).toBe(true)
  })
})

it('leaves time as it was, whoever looks back and returns in whatever order', () => {
  const steps = fc.array(fc.tuple(fc.nat(3), fc.boolean(), fc.boolean()))
  fc.assert(
    fc.property(fc.boolean(), steps, (paused, changes) => {
      const anyTime = createTime(paused)
      const anyLookingBack = new LookingBack(anyTime)
      const askers: Asker[] = Array.from({ length: 4 }, () => ({ role: 'operator' }))
      for (const [index, begins, pauses] of changes) {
        const asker = askers[index]
        if (asker === undefined) continue
        if (begins) anyLookingBack.begin(asker, pauses)
        else anyLookingBack.end(asker)
      }
      for (const asker of askers) anyLookingBack.end(asker)
      expect(anyTime.paused).toBe(paused)
    }),
  )
})
