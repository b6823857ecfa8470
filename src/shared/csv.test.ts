import { expect, it } from 'vitest'
import { csvTable } from './csv'

it.each([
  ['plain text', 'Server 100 - up', 'Server 100 - up'],
  ['a formula', '=1+1', "'=1+1"],
  ['a formula after spaces', '  @SUM(1)', "'  @SUM(1)"],
  ['a formula after a semicolon', 'Ana;=1+1', "Ana;'=1+1"],
  ['a formula after a semicolon and a space', 'Ana; -1', "Ana;' -1"],
  ['a formula after a tab', 'Ana\t+1', "Ana\t'+1"],
  ['a formula after a line break', 'Ana\r\n=1', '"Ana\r\'\n\'=1"'],
  ['a comma and quotes', '"a", b', '"""a"", b"'],
])('writes %s so that no spreadsheet calculates it', (_, text, written) => {
  expect(csvTable([[text]])).toBe(written)
})

it('separates cells by commas and rows by line breaks', () => {
  expect(
    csvTable([
      ['a', 'b'],
      ['c', ''],
    ]),
  ).toBe('a,b\r\nc,')
})
