import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, it } from 'vitest'
import { type KeptSession, MENU_ACTIONS, type MenuAction } from '../../shared/contract'
import { type HelpActions, menuTemplate, type RecentSessions } from './menu'

/** Text editing accelerators of the platforms. */
const EDITING = ['A', 'C', 'V', 'X', 'Y', 'Z', 'Shift+Z', 'Left', 'Right', 'Backspace'].map(
  (key) => `CmdOrCtrl+${key}`,
)

let asked: unknown[] = []
const help: HelpActions = {
  showLog: () => asked.push('showLog'),
  logContents: (on) => asked.push(['logContents', on]),
  showLicences: () => asked.push('showLicences'),
}
const HELP_IDS = ['showLog', 'logContents', 'showLicences']
const OTHER_IDS = [...HELP_IDS, 'session-1-2-3']
const SESSION: KeptSession = {
  name: 'session-1-2-3',
  startedAt: 0,
  endedAt: 25 * 60_000,
  bytes: 1_000,
  messages: 1,
  scenario: 'Cats & dogs',
  crashed: false,
}
const RECENT: RecentSessions = {
  sessions: [SESSION],
  open: (name) => asked.push(['open', name]),
}
const STARTED = { contentsLogged: false, development: false }

function flat(template: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return template.flatMap((item) =>
    Array.isArray(item.submenu) ? [item, ...flat(item.submenu)] : [item],
  )
}

describe.each(['darwin', 'win32', 'linux'] as const)('the menu on %s', (platform) => {
  const chosen: MenuAction[] = []
  const items = flat(menuTemplate(platform, (action) => chosen.push(action), help, RECENT, STARTED))

  it('reaches every action once', () => {
    chosen.length = 0
    for (const item of items.filter(({ id = '' }) => !OTHER_IDS.includes(id))) {
      ;(item.click as (() => void) | undefined)?.()
    }
    expect(chosen.toSorted()).toEqual([...MENU_ACTIONS].toSorted())
  })

  it('asks the main process for what only that can do', () => {
    asked = []
    for (const id of HELP_IDS) {
      const click = items.find((item) => item.id === id)?.click as (item: object) => void
      click({ checked: true })
    }
    expect(asked).toEqual(['showLog', ['logContents', true], 'showLicences'])
  })

  it('opens kept sessions by name', () => {
    asked = []
    const item = items.find(({ id }) => id === SESSION.name)
    expect(item?.label).toMatch(/1970 .* · 25 min · 1 message · Cats && dogs$/)
    const click = item?.click as () => void
    click()
    expect(asked).toEqual([['open', SESSION.name]])
  })

  it('has one way to what the app is', () => {
    const about = items.filter(({ role }) => role === 'about' || role === 'appMenu')
    expect(about).toHaveLength(1)
  })

  it('gives each accelerator once, and of those that edit text only undo and redo, which the page decides about', () => {
    const others = items.filter(({ id }) => id !== 'undo' && id !== 'redo')
    const accelerators = others.flatMap(({ accelerator }) => accelerator ?? [])
    expect(new Set(accelerators).size).toBe(accelerators.length)
    expect(accelerators.filter((key) => EDITING.includes(key))).toEqual([])
  })

  it("has the platform's own menus", () => {
    const roles = items.flatMap(({ role }) => role ?? [])
    expect(roles.includes('appMenu')).toBe(platform === 'darwin')
    expect(roles.includes('quit')).toBe(platform !== 'darwin')
    expect(roles).toEqual(expect.arrayContaining(['cut', 'copy', 'paste', 'selectAll']))
    expect(roles).toContain('reload')
    expect(roles).not.toContain('toggleDevTools')
  })
})

it('has the developer tools while developing', () => {
  const template = menuTemplate('linux', () => {}, help, RECENT, { ...STARTED, development: true })
  expect(flat(template)).toContainEqual({ role: 'toggleDevTools' })
})

it.each([true, false])('shows whether contents are logged from the start: %s', (contentsLogged) => {
  const template = menuTemplate('linux', () => {}, help, RECENT, { ...STARTED, contentsLogged })
  expect(flat(template).find(({ id }) => id === 'logContents')).toMatchObject({
    type: 'checkbox',
    checked: contentsLogged,
  })
})
