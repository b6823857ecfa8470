import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { firstThatRuns, systemChromiums } from './find-chromium.mjs'

const only = (path) => (candidate) => candidate === path

describe('systemChromiums', () => {
  it('looks through the path on Linux, Chromium before Chrome', () => {
    const env = { PATH: ['/opt/bin', '/usr/bin'].join(process.platform === 'win32' ? ';' : ':') }
    const chrome = join('/opt/bin', 'google-chrome')
    const chromium = join('/usr/bin', 'chromium')
    expect(systemChromiums('linux', env, only(chrome))).toEqual([chrome])
    expect(systemChromiums('linux', env, (path) => [chrome, chromium].includes(path))).toEqual([
      chromium,
      chrome,
    ])
  })

  it("looks in the user's applications on a Mac, too", () => {
    const path = join(
      '/Users/kim',
      'Applications',
      'Google Chrome.app/Contents/MacOS/Google Chrome',
    )
    expect(systemChromiums('darwin', { HOME: '/Users/kim' }, only(path))).toEqual([path])
  })

  it("looks in the user's programs on Windows, too", () => {
    const path = join('D:\\local', 'Google', 'Chrome', 'Application', 'chrome.exe')
    expect(systemChromiums('win32', { LOCALAPPDATA: 'D:\\local' }, only(path))).toEqual([path])
  })

  it.each(['linux', 'darwin', 'win32'])('finds none on a bare %s', (platform) => {
    expect(systemChromiums(platform, {}, () => false)).toEqual([])
  })
})

describe('firstThatRuns', () => {
  const runs =
    (...working) =>
    async (path) => ({ code: working.includes(path) ? 0 : 1, output: '' })

  it('passes over a stub on Linux', async () => {
    expect(await firstThatRuns(['/stub', '/chrome'], 'linux', runs('/chrome'))).toBe('/chrome')
    expect(await firstThatRuns(['/stub'], 'linux', runs())).toBeUndefined()
  })

  it('starts none elsewhere', async () => {
    expect(await firstThatRuns(['C:/chrome.exe'], 'win32', runs())).toBe('C:/chrome.exe')
  })
})
