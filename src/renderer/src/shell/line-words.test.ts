import { describe, expect, it } from 'vitest'
import { lineWords } from './line-words'

describe('while the line is down', () => {
  it('it is being connected until it has been there once', () => {
    expect(lineWords(undefined, undefined)).toBe('Connecting to the engine…')
  })

  it.each([
    [undefined, 'Trying again…'],
    [{ kind: 'silent' } as const, 'Start it again, and open the new address that it prints.'],
    [{ kind: 'stale' } as const, 'Open the address that it has printed in the terminal.'],
    [{ kind: 'full' } as const, 'Close one, and this one connects by itself.'],
    [{ kind: 'cutOff', reason: 'It sent too much.' } as const, 'It sent too much.'],
  ])('%j: it says what can be seen and what to do', (fault, advice) => {
    expect(lineWords(fault, 'now')).toContain('What you see is the last known state.')
    expect(lineWords(fault, 'now')).toContain(advice)
    expect(lineWords(fault, 'past')).toContain('the past can still be looked at')
  })

  it('nothing is said of a lab that has never been seen', () => {
    expect(lineWords({ kind: 'stale' }, undefined)).not.toContain('can')
    expect(lineWords({ kind: 'silent' }, undefined)).not.toContain('see')
  })
})
