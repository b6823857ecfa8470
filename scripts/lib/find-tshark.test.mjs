import { delimiter, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { systemTsharks } from './find-tshark.mjs'

const only = (path) => (candidate) => candidate === path

describe('systemTsharks', () => {
  it('looks through the path on Linux', () => {
    const env = { PATH: ['/opt/bin', '/usr/bin'].join(delimiter) }
    const path = join('/usr/bin', 'tshark')
    expect(systemTsharks('linux', env, only(path))).toEqual([path])
  })

  it("looks into Wireshark's own folder on a Mac, too", () => {
    const path = '/Applications/Wireshark.app/Contents/MacOS/tshark'
    expect(systemTsharks('darwin', { PATH: '/usr/bin' }, only(path))).toEqual([path])
  })

  it("looks into Wireshark's own folder on Windows, too", () => {
    const path = join('C:\\Program Files', 'Wireshark', 'tshark.exe')
    const env = { PROGRAMFILES: 'C:\\Program Files' }
    expect(systemTsharks('win32', env, only(path))).toEqual([path])
  })

  it.each(['linux', 'darwin', 'win32'])('finds none on a bare %s', (platform) => {
    expect(systemTsharks(platform, {}, () => false)).toEqual([])
  })
})
