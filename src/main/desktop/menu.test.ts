import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, it } from 'vitest'
import { MENU_ACTIONS, type MenuAction } from '../../shared/contract'
import { menuTemplate } from './menu'

/** Accelerators by which text is edited, on one platform or another. */
const EDITING = ['A', 'C', 'V', 'X', 'Y', 'Z', 'Shift+Z', 'Left', 'Right', 'Backspace'].map(
  (key) => `CmdOrCtrl+${key}`,
)

function flat(template: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return template.flatMap((item) =>
    Array.isArray(item.submenu) ? [item, ...flat(item.submenu)] : [item],
  )
}

describe.each(['darwin', 'win32', 'linux'] as const)('the menu on %s', (platform) => {
  const chosen: MenuAction[] = []
  const items = flat(menuTemplate(platform, (action) => chosen.push(action), false))

  it('reaches every action once', () => {
    chosen.length = 0
    for (const item of items) (item.click as (() => void) | undefined)?.()
    expect(chosen.toSorted()).toEqual([...MENU_ACTIONS].toSorted())
  })

  it('gives each accelerator once, and none that edits text', () => {
    const accelerators = items.flatMap(({ accelerator }) => accelerator ?? [])
    expect(new Set(accelerators).size).toBe(accelerators.length)
    expect(accelerators.filter((key) => EDITING.includes(key))).toEqual([])
  })

  it("has the platform's own menus", () => {
    const roles = items.flatMap(({ role }) => role ?? [])
    expect(roles.includes('appMenu')).toBe(platform === 'darwin')
    expect(roles.includes('quit')).toBe(platform !== 'darwin')
    expect(roles).toContain('editMenu')
    expect(roles).toContain('reload')
    expect(roles).not.toContain('toggleDevTools')
  })
})

it('has the developer tools while developing', () => {
  expect(flat(menuTemplate('linux', () => {}, true))).toContainEqual({ role: 'toggleDevTools' })
})
