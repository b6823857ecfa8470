import { expect, it } from 'vitest'
import { isAllowed } from './permissions'

const PAGE = 'app://roundabout/index.html'

it.each([
  ['clipboard-sanitized-write', PAGE, true, true],
  ['clipboard-sanitized-write', 'app://roundabout', true, true],
  ['clipboard-sanitized-write', PAGE, false, false],
  ['clipboard-sanitized-write', 'https://example.org/', true, false],
  ['clipboard-sanitized-write', '', true, false],
  ['clipboard-read', PAGE, true, false],
  ['media', PAGE, true, false],
  ['something new', PAGE, true, false],
])('%s for %j, main frame %j: %j', (permission, address, isMainFrame, expected) => {
  expect(isAllowed(permission, address, isMainFrame, PAGE)).toBe(expected)
})
