import { describe, expect, it } from 'vitest'
import { logsFolder, stateFolder } from './state-folder'

describe("the app's own folder", () => {
  it.each([
    ['linux', {}, '/home/ada/.local/state/roundabout'],
    ['linux', { XDG_STATE_HOME: '/state' }, '/state/roundabout'],
    ['linux', { XDG_STATE_HOME: 'relative' }, '/home/ada/.local/state/roundabout'],
    ['darwin', {}, '/home/ada/Library/Application Support/Roundabout'],
  ] as const)('on %s with %j', (platform, environment, folder) => {
    expect(stateFolder(platform, environment, '/home/ada')).toBe(folder)
  })

  it('on Windows is where local data are', () => {
    const local = 'D:\\Data'
    expect(stateFolder('win32', { LOCALAPPDATA: local }, 'C:\\Users\\ada')).toBe(
      'D:\\Data\\Roundabout',
    )
    expect(stateFolder('win32', {}, 'C:\\Users\\ada')).toBe(
      'C:\\Users\\ada\\AppData\\Local\\Roundabout',
    )
  })
})

describe('the folder of its log', () => {
  it.each([
    ['linux', {}, '/home/ada/.local/state/roundabout/logs'],
    ['linux', { XDG_STATE_HOME: '/state' }, '/state/roundabout/logs'],
    ['darwin', {}, '/home/ada/Library/Logs/Roundabout'],
  ] as const)('on %s with %j', (platform, environment, folder) => {
    expect(logsFolder(platform, environment, '/home/ada')).toBe(folder)
  })

  it('on Windows is beside the other local data', () => {
    expect(logsFolder('win32', {}, 'C:\\Users\\ada')).toBe(
      'C:\\Users\\ada\\AppData\\Local\\Roundabout\\Logs',
    )
  })
})
