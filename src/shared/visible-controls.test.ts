import { expect, it } from 'vitest'
import { withVisibleControls } from './visible-controls'

it.each([
  ['a\nb', 'a\\u000ab'],
  ['\u0000\u009f', '\\u0000\\u009f'],
  ['1\u202e23', '1\\u202e23'],
  ['\u2066x\u2069', '\\u2066x\\u2069'],
])('shows controls as escapes', (text, shown) => {
  expect(withVisibleControls(text)).toBe(shown)
})

it.each(['server 100', 'Zoë', 'שרת', '服务器', '👩‍🏫'])('leaves %s as it is', (text) => {
  expect(withVisibleControls(text)).toBe(text)
})
