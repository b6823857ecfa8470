import { describe, expect, it } from 'vitest'
import { MAX_NESTING } from '../limits'
import { MAX_FAULT_BYTES, MessageScanner } from './scanner'
import { everywhere, QUESTION, scan, scanText, summary, utf8Of } from './scanner.testing'

describe('faults that the stream survives', () => {
  it.each([
    ['{}', 'MISSING_FIELD: The field "type" is missing.'],
    ['{"type":7}', 'UNKNOWN_TYPE: The field "type" is 7; it must be 0, 1 or 2.'],
  ])('%j gives one fault, and the next message is read', (bad, words) => {
    expect(summary(scanText(bad + QUESTION))).toEqual([words, 'xyz1'])
    expect(summary(scanText(bad + QUESTION, everywhere(utf8Of(bad))))).toEqual([words, 'xyz1'])
  })
})

describe('faults that end the stream', () => {
  const start = 'The bytes are not JSON: a message starts with {; found'
  const hint = 'Use json.dumps in Python, JSON.stringify in JavaScript.'
  it.each([
    ['hello ', `NOT_JSON: ${start} h at byte 0. ${hint}`],
    ['  } } ', `NOT_JSON: ${start} } at byte 0. ${hint}`],
    ['[1,2]', 'NOT_AN_OBJECT: A message is a JSON object, it starts with {; found [ at byte 0.'],
    [
      '"hi" "there"',
      'NOT_AN_OBJECT: A message is a JSON object, it starts with {; found " at byte 0.',
    ],
    ['-5 ', 'NOT_AN_OBJECT: A message is a JSON object, it starts with {; found - at byte 0.'],
    [
      '{"a":[1}],"b":2} ',
      'NOT_JSON: The message is not JSON: a closing bracket of the wrong kind (byte 7, near "{\\"a\\":[1}").',
    ],
    [
      '{"type":0,} ',
      'NOT_JSON: The message is not JSON: a comma before the closing bracket is too many (byte 10, near "{\\"type\\":0,}").',
    ],
    [
      "{'type': 0} ",
      'NOT_JSON: The message is not JSON: single quotes; JSON wants double ones: use json.dumps in Python, JSON.stringify in JavaScript (byte 1).',
    ],
  ])('%j, after which no message is read', (bad, words) => {
    expect(summary(scanText(bad + QUESTION))).toEqual([`fatal ${words}`])
    expect(summary(scanText(bad + QUESTION, everywhere(utf8Of(bad))))).toEqual([`fatal ${words}`])
  })

  it('an object that is not UTF-8, with the byte, its place and what it may be', () => {
    const text = QUESTION.replace('xyz1', 'M?ller')
    const bytes = utf8Of(QUESTION + text + QUESTION)
    const at = text.indexOf('?')
    bytes[QUESTION.length + at] = 0xfc
    expect(summary(scan(bytes))).toEqual([
      'xyz1',
      expect.stringContaining(
        `fatal NOT_UTF8: The bytes are not UTF-8: byte ${at} (fc), near "\\"payload\\":\\"Müller\\"}"; in Latin-1 it is "ü".`,
      ),
    ])
  })

  it('a run of garbage, at once, with its first bytes', () => {
    const scanner = new MessageScanner()
    const [first, ...others] = scanner.push(utf8Of('%'.repeat(3 * MAX_FAULT_BYTES)))
    expect(first).toMatchObject({ end: 3 * MAX_FAULT_BYTES, fatal: true })
    expect(first?.bytes).toHaveLength(MAX_FAULT_BYTES)
    expect(others).toEqual([])
    expect(scanner.push(utf8Of(QUESTION))).toEqual([])
    expect(scanner.pendingBytes).toBe(0)
  })

  it('a run that does not tell yet what it is, when nothing more comes', () => {
    const scanner = new MessageScanner()
    expect(scanner.push(utf8Of('GE'))).toEqual([])
    expect(scanner).toMatchObject({ isUndecided: true, pendingBytes: 2 })
    expect(scanner.giveUp()).toMatchObject({ fault: { code: 'NOT_JSON' }, fatal: true })
    expect(scanner).toMatchObject({ isUndecided: false, pendingBytes: 0 })
    const other = new MessageScanner()
    expect(summary([...other.push(utf8Of('GE')), ...other.push(utf8Of('T '))])).toEqual([
      expect.stringContaining('fatal OTHER_PROTOCOL: These bytes are an HTTP request.'),
    ])
  })

  it('an object whose quotes or brackets can never close, at once', () => {
    for (const text of [`{'payload': "it's}`, '{type: {{{', '{\u201ctype\u201d: {']) {
      expect(new MessageScanner().push(utf8Of(text))).toMatchObject([
        { fault: { code: 'NOT_JSON' }, fatal: true },
      ])
    }
  })

  it('an object with a mistake that was begun and not finished: the mistake is named', () => {
    expect(summary(scanText(`{"type": 0, "payload": 'say "hi'}`))).toEqual([
      expect.stringContaining('fatal NOT_JSON: The message is not JSON: single quotes;'),
    ])
  })

  it('a message past the size limit, as soon as the limit is passed', () => {
    const maxBytes = QUESTION.length
    expect(summary(scanText(QUESTION + QUESTION, [], { maxBytes }))).toEqual(['xyz1', 'xyz1'])
    for (const cut of [10, maxBytes - 1, maxBytes]) {
      const scanner = new MessageScanner({ maxBytes })
      const longer = utf8Of(QUESTION.replace('xyz1', 'xyz12'))
      expect(scanner.push(longer.slice(0, cut))).toEqual([])
      expect(scanner.pendingBytes).toBe(cut)
      const found = scanner.push(longer.slice(cut, maxBytes + 1))
      expect(summary(found)).toEqual([
        `fatal MESSAGE_TOO_LARGE: The message that starts at byte 0 is larger than ${maxBytes} bytes.`,
      ])
      expect(found).toMatchObject([{ end: maxBytes, bytes: longer.slice(0, maxBytes) }])
      expect(scanner.push(utf8Of(QUESTION))).toEqual([])
      expect(scanner.pendingBytes).toBe(0)
      expect(scanner.giveUp()).toBeUndefined()
    }
  })

  it('a message past the size limit whose limit falls inside a long string', () => {
    const longer = QUESTION.replace('xyz1', 'x'.repeat(500))
    for (const cuts of [[], [100], [300]]) {
      const found = scanText(longer, cuts, { maxBytes: 300 })
      expect(found).toMatchObject([{ fault: { code: 'MESSAGE_TOO_LARGE' }, end: 300 }])
    }
  })

  it('nesting past the limit', () => {
    const nested = (levels: number): string =>
      QUESTION.replace('}', `,"x":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`)
    expect(summary(scanText(nested(MAX_NESTING)))).toEqual(['xyz1'])
    expect(summary(scanText(nested(MAX_NESTING + 1) + QUESTION))).toEqual([
      `fatal NESTED_TOO_DEEPLY: The message that starts at byte 0 is nested deeper than ${MAX_NESTING} levels.`,
    ])
  })

  it('a message half sent says how much came and where it stops', () => {
    expect(summary(scanText(`${QUESTION}\n${QUESTION.slice(0, -1)}`))).toEqual([
      'xyz1',
      `fatal MESSAGE_HALF_SENT: The message that starts at byte ${QUESTION.length + 1} was begun and not finished: ${QUESTION.length - 1} bytes came, and it stops there.`,
    ])
    expect(summary(scanText('{"a'))).toEqual([
      'fatal MESSAGE_HALF_SENT: The message that starts at byte 0 was begun and not finished: 3 bytes came, and it stops there, inside a string.',
    ])
  })

  it('nothing is half sent between messages', () => {
    expect(new MessageScanner().giveUp()).toBeUndefined()
    expect(summary(scanText(`${QUESTION} \n`))).toEqual(['xyz1'])
  })
})
