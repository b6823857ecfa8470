import { expect, it } from 'vitest'
import { isSameOrigin } from './origin'

it.each([
  ['app://roundabout/index.html', 'app://roundabout/index.html', true],
  ['app://roundabout/other.html#x', 'app://roundabout/index.html', true],
  ['http://127.0.0.1:5173/x', 'http://127.0.0.1:5173', true],
  ['http://127.0.0.1:5174/', 'http://127.0.0.1:5173', false],
  ['app://elsewhere/index.html', 'app://roundabout/index.html', false],
  ['https://roundabout/index.html', 'app://roundabout/index.html', false],
  ['file:///index.html', 'app://roundabout/index.html', false],
  ['about:blank', 'app://roundabout/index.html', false],
  ['', '', false],
])('isSameOrigin(%j, %j) is %j', (address, trusted, expected) => {
  expect(isSameOrigin(address, trusted)).toBe(expected)
})
