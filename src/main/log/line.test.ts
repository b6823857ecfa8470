import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lineBytes, lineOf, MAX_ENTRY_CHARS, oneLine } from './line'

describe('a line of the log', () => {
  it('begins with when, and how bad it is', () => {
    const at = new Date(Date.UTC(2026, 0, 2, 3, 4, 5, 6))
    expect(lineOf(at, 'warn', 'No.')).toBe('2026-01-02T03:04:05.006Z warn    No.')
    expect(lineOf(at, 'content', 'No.')).toBe('2026-01-02T03:04:05.006Z content No.')
  })

  it('is measured as the file has it', () => {
    const line = `${lineOf(new Date(), 'info', 'Grüße, 世界 👋')}\r\n`
    expect(lineBytes('Grüße, 世界 👋')).toBe(Buffer.byteLength(line))
  })

  it.each([
    ['one\ntwo\r\nthree', 'one\\ntwo\\r\\nthree'],
    ['\u001b[2Jgone', '\\u{1b}[2Jgone'],
    ['a\u2028b\u0085c', 'a\\u{2028}b\\u{85}c'],
    ['abc\u202edef', 'abc\\u{202e}def'],
    ['half \ud800', 'half \\u{d800}'],
    ['Grüße, 世界 👋 C:\\new', 'Grüße, 世界 👋 C:\\new'],
  ])('%j is written in characters that are seen', (text, line) => {
    expect(oneLine(text)).toBe(line)
  })

  it('stays one, and bounded, whatever it says', () => {
    const units = fc.array(fc.oneof(fc.nat(0x2100), fc.nat(0xffff)), { maxLength: 50 })
    const texts = fc.tuple(
      units.map((codes) => String.fromCharCode(...codes)),
      fc.integer({ min: 1, max: 300 }),
    )
    fc.assert(
      fc.property(texts, ([text, times]) => {
        const line = oneLine(text.repeat(times))
        expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u)
        expect(line.length).toBeLessThan(MAX_ENTRY_CHARS + 50)
      }),
      { numRuns: 100 },
    )
  })

  it('says that it was cut, and how long it was', () => {
    expect(oneLine('x'.repeat(MAX_ENTRY_CHARS))).toBe('x'.repeat(MAX_ENTRY_CHARS))
    const cut = `${'x'.repeat(MAX_ENTRY_CHARS)}… (cut: it has ${MAX_ENTRY_CHARS + 1} characters)`
    expect(oneLine('x'.repeat(MAX_ENTRY_CHARS + 1))).toBe(cut)
    expect(oneLine('\n'.repeat(MAX_ENTRY_CHARS))).toMatch(/… \(cut: it has 2000 characters\)$/)
  })
})
