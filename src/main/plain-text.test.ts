import { expect, it } from 'vitest'
import { plainText } from './plain-text'

it.each([
  ['Bring **p90** below **3.5 s**', 'Bring p90 below 3.5 s'],
  ['Press `Reset`, _then_ [look](https://example.com/a_b)', 'Press Reset, then look'],
  ['2 * 3 * 4, snake_case and `a*b*c`', '2 * 3 * 4, snake_case and a*b*c'],
  ['A text\nof two lines\\\nor three.', 'A text of two lines or three.'],
  ['Do\n\n1. one\n2. **two**\n\n> and more', 'Do\none\ntwo\nand more'],
  ['\\*as it is\\* &amp; more', '*as it is* & more'],
  ['### Look\n\n![two rings](pictures/rings.svg)', 'Look\ntwo rings'],
  ['', ''],
])('%j reads %j', (markdown, words) => {
  expect(plainText(markdown)).toBe(words)
})
