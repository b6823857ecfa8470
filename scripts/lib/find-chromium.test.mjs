import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { systemChromium } from './find-chromium.mjs'

const only = (path) => (candidate) => candidate === path

describe('systemChromium', () => {
  it('looks through the path on Linux, Chromium before Chrome', () => {
    const env = { PATH: ['/opt/bin', '/usr/bin'].join(process.platform === 'win32' ? ';' : ':') }
    const chrome = join('/opt/bin', 'google-chrome')
    const chromium = join('/usr/bin', 'chromium')
    expect(systemChromium('linux', env, only(chrome))).toBe(chrome)
    expect(systemChromium('linux', env, (path) => [chrome, chromium].includes(path))).toBe(chromium)
  })

  it("looks in the user's applications on a Mac, too", () => {
    const path = join(
      '/Users/kim',
      'Applications',
      'Google Chrome.app/Contents/MacOS/Google Chrome',
    )
    expect(systemChromium('darwin', { HOME: '/Users/kim' }, only(path))).toBe(path)
  })

  it("looks in the user's programs on Windows, too", () => {
    const path = join('D:\\local', 'Google', 'Chrome', 'Application', 'chrome.exe')
    expect(systemChromium('win32', { LOCALAPPDATA: 'D:\\local' }, only(path))).toBe(path)
  })

  it.each(['linux', 'darwin', 'win32'])('finds none on a bare %s', (platform) => {
    expect(systemChromium(platform, {}, () => false)).toBeUndefined()
  })
})
