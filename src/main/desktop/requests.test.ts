import { describe, expect, it } from 'vitest'
import { isOwnRequest } from './requests'

describe('what a page may load', () => {
  const built = 'app://roundabout/index.html'
  const developed = 'http://127.0.0.1:5173/'

  it.each([
    [built, 'app://roundabout/assets/index.js', true],
    [built, 'blob:app://roundabout/1b2c', true],
    [built, 'devtools://devtools/bundled/inspector.html', true],
    [built, 'app://elsewhere/index.js', false],
    [built, 'file:///etc/hostname', false],
    [built, 'data:text/html,there', false],
    [built, 'http://roundabout/index.html', false],
    [built, 'ws://roundabout/', false],
    [built, 'http://127.0.0.1:5173/', false],
    [developed, 'http://127.0.0.1:5173/src/main.tsx', true],
    [developed, 'ws://127.0.0.1:5173/?token=x', true],
    [developed, 'http://127.0.0.1:5174/', false],
    [developed, 'app://roundabout/index.html', false],
    [developed, 'https://example.org/', false],
  ])('%s loads %s: %j', (page, address, expected) => {
    expect(isOwnRequest(address, page)).toBe(expected)
  })
})
