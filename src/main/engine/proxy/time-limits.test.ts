import { expect, it } from 'vitest'
import { Effects } from './effects'
import { TimeLimits } from './time-limits'

it('starts a limit, says what one that is up was for, and stops one once', () => {
  const effects = new Effects()
  const limits = new TimeLimits<{ purpose: 'connect' | 'reply'; of: string }>(effects)
  const dial = limits.start({ purpose: 'connect', of: 'dial' })
  const reply = limits.start({ purpose: 'reply', of: 'reply' }, 7)
  expect(effects.flush()).toEqual([
    { type: 'startTimer', timer: dial, purpose: 'connect', exchange: 0, isOutside: false },
    { type: 'startTimer', timer: reply, purpose: 'reply', exchange: 7, isOutside: false },
  ])
  expect(limits.up(dial)?.of).toBe('dial')
  limits.stop(dial)
  limits.stop(undefined)
  expect(effects.flush()).toEqual([])
  limits.stop(reply)
  limits.stop(reply)
  expect(effects.flush()).toEqual([{ type: 'stopTimer', timer: reply }])
})

it('ignores one that is up when it has been stopped, and throws for one that never ran', () => {
  const limits = new TimeLimits(new Effects())
  const timer = limits.start({ purpose: 'retry' })
  limits.stop(timer)
  expect(limits.up(timer)).toBeUndefined()
  expect(() => limits.up(timer + 1)).toThrow('was ever started')
})
