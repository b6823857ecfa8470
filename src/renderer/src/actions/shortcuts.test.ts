import { expect, it } from 'vitest'
import { MENU_ACTIONS } from '../../../shared/contract'
import {
  actionOfCombination,
  actionOfKey,
  CLICKER_KEYS,
  keyLabel,
  SHORTCUTS,
  shortcutOf,
} from './shortcuts'

it('gives no key to two actions', () => {
  const keys = SHORTCUTS.flatMap((shortcut) => shortcut.keys)
  expect(new Set(keys).size).toBe(keys.length)
})

it('lists every action of the native menu, each once', () => {
  const actions = SHORTCUTS.map((shortcut) => shortcut.action)
  expect(new Set(actions).size).toBe(actions.length)
  expect(actions).toEqual(expect.arrayContaining([...MENU_ACTIONS]))
})

it('finds the action of a key, whether or not capitals are locked', () => {
  expect(actionOfKey('s')).toBe('addServer')
  expect(actionOfKey('S')).toBe('addServer')
  expect(actionOfKey('Escape')).toBe('clearSelection')
  expect(actionOfKey('F5')).toBeUndefined()
})

it('finds undo and redo', () => {
  const press = { key: 'z', ctrlKey: true, metaKey: false, shiftKey: false, altKey: false }
  expect(actionOfCombination(press)).toBe('undo')
  expect(actionOfCombination({ ...press, key: 'Z', shiftKey: true })).toBe('redo')
  expect(actionOfCombination({ ...press, key: 'y' })).toBe('redo')
  expect(actionOfCombination({ ...press, ctrlKey: false })).toBeUndefined()
  expect(actionOfCombination({ ...press, altKey: true })).toBeUndefined()
  expect(actionOfCombination({ ...press, key: 's' })).toBeUndefined()
})

it('shows keys as a keyboard prints them', () => {
  expect(shortcutOf('togglePlay')).toBe('Space')
  expect(CLICKER_KEYS.map(keyLabel)).toEqual(['PgUp', 'PgDn'])
  expect(CLICKER_KEYS.map(actionOfKey)).toEqual(['previousEvent', 'step'])
  expect(shortcutOf('addServer')).toBe('S')
  expect(shortcutOf('undo')).toBe('Ctrl+Z')
  expect(shortcutOf('reset')).toBeUndefined()
})
