import { expect, it } from 'vitest'
import { openCommand } from './open-browser'

it("uses each platform's own way to open an address", () => {
  expect(openCommand('darwin', 'http://x')).toEqual(['open', 'http://x'])
  expect(openCommand('win32', 'http://x')).toEqual(['cmd', '/c', 'start', '""', 'http://x'])
  expect(openCommand('linux', 'http://x')).toEqual(['xdg-open', 'http://x'])
})
