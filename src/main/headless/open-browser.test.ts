import { expect, it } from 'vitest'
import { openCommand } from './open-browser'

it("uses each platform's own way to open a file, and no shell", () => {
  expect(openCommand('darwin', '/tmp/a b/x.html')).toEqual(['open', '/tmp/a b/x.html'])
  expect(openCommand('win32', 'C:\\a & b\\x.html')).toEqual(['explorer', 'C:\\a & b\\x.html'])
  expect(openCommand('linux', '/home/ada/x.html')).toEqual(['xdg-open', '/home/ada/x.html'])
})
