// The key of every action, and its place in the help. Menus, tooltips, the help dialog and the key handler read this
// table.
import { ACTION_WORDS } from '../../../shared/action-words'

export type Action = keyof typeof ACTION_WORDS

interface Shortcut {
  action: Action
  group: 'Lab' | 'Lesson' | 'Time' | 'Canvas' | 'Panels' | 'Screen'
  /**
   * As in `KeyboardEvent.key`, letters in lower case; `Mod+` in front of it is Ctrl, and Command on a Mac. The first one is
   * shown.
   */
  keys: readonly string[]
}

const IS_MAC = /Mac/.test(globalThis.navigator?.userAgent ?? '')

export const SHORTCUTS: readonly Shortcut[] = [
  { action: 'undo', group: 'Lab', keys: ['Mod+z'] },
  { action: 'redo', group: 'Lab', keys: IS_MAC ? ['Mod+Shift+z'] : ['Mod+y', 'Mod+Shift+z'] },
  { action: 'addServer', group: 'Lab', keys: ['s'] },
  { action: 'addClient', group: 'Lab', keys: ['c'] },
  { action: 'sendMessage', group: 'Lab', keys: ['m'] },
  { action: 'sendAll', group: 'Lab', keys: ['a'] },
  { action: 'toggleTraffic', group: 'Lab', keys: ['x'] },
  { action: 'holdNext', group: 'Lab', keys: ['h'] },
  { action: 'releaseHeld', group: 'Lab', keys: ['r'] },
  { action: 'removeSelected', group: 'Lab', keys: ['Delete'] },
  { action: 'openFile', group: 'Lab', keys: ['o'] },
  { action: 'openExample', group: 'Lab', keys: [] },
  { action: 'openRecent', group: 'Lab', keys: [] },
  { action: 'saveRecording', group: 'Lab', keys: [] },
  { action: 'saveScenario', group: 'Lab', keys: [] },
  { action: 'saveCapture', group: 'Lab', keys: [] },
  { action: 'exportPools', group: 'Lab', keys: [] },
  { action: 'checkProgram', group: 'Lab', keys: ['k'] },
  { action: 'swapProxy', group: 'Lab', keys: [] },
  { action: 'openRoom', group: 'Lab', keys: [] },
  { action: 'askClass', group: 'Lab', keys: ['u'] },
  { action: 'copyViewerAddress', group: 'Lab', keys: [] },
  { action: 'newSession', group: 'Lab', keys: [] },
  { action: 'reset', group: 'Lab', keys: [] },
  { action: 'openClassicPool', group: 'Lab', keys: [] },
  { action: 'goToLesson', group: 'Lesson', keys: ['q'] },
  { action: 'goOnWithLesson', group: 'Lesson', keys: ['y'] },
  { action: 'openLessons', group: 'Lesson', keys: ['0'] },
  { action: 'goBackInLesson', group: 'Lesson', keys: [] },
  { action: 'openNotes', group: 'Lesson', keys: [] },
  { action: 'closeLesson', group: 'Lesson', keys: [] },
  { action: 'togglePlay', group: 'Time', keys: [' ', 'p'] },
  { action: 'step', group: 'Time', keys: ['.', 'PageDown'] },
  { action: 'previousEvent', group: 'Time', keys: [',', 'PageUp'] },
  { action: 'previousMark', group: 'Time', keys: ['<'] },
  { action: 'nextMark', group: 'Time', keys: ['>'] },
  { action: 'showBookmarks', group: 'Time', keys: ['7'] },
  { action: 'previousBookmark', group: 'Time', keys: ['8'] },
  { action: 'nextBookmark', group: 'Time', keys: ['9'] },
  { action: 'stepToDecision', group: 'Time', keys: ['n'] },
  { action: 'stepToEnd', group: 'Time', keys: ['e'] },
  { action: 'followSelected', group: 'Time', keys: ['g'] },
  { action: 'backToNow', group: 'Time', keys: ['b'] },
  { action: 'slower', group: 'Time', keys: ['['] },
  { action: 'faster', group: 'Time', keys: [']'] },
  { action: 'normalSpeed', group: 'Time', keys: ['='] },
  { action: 'fitView', group: 'Canvas', keys: ['f'] },
  { action: 'zoomIn', group: 'Canvas', keys: ['+'] },
  { action: 'zoomOut', group: 'Canvas', keys: ['-'] },
  { action: 'tidyUp', group: 'Canvas', keys: ['t'] },
  { action: 'toggleTrafficView', group: 'Canvas', keys: ['v'] },
  { action: 'toggleSpotlight', group: 'Canvas', keys: ['z'] },
  { action: 'clearSelection', group: 'Canvas', keys: ['Escape'] },
  { action: 'showPackets', group: 'Panels', keys: ['1'] },
  { action: 'showSequence', group: 'Panels', keys: ['2'] },
  { action: 'fullSequence', group: 'Panels', keys: ['w'] },
  { action: 'showTable', group: 'Panels', keys: ['3'] },
  { action: 'showTerminals', group: 'Panels', keys: ['4'] },
  { action: 'showCharts', group: 'Panels', keys: ['5'] },
  { action: 'compare', group: 'Panels', keys: ['6'] },
  { action: 'focusFilter', group: 'Panels', keys: ['/'] },
  { action: 'toggleDock', group: 'Panels', keys: ['d'] },
  { action: 'toggleInspector', group: 'Panels', keys: ['i'] },
  { action: 'toggleTheme', group: 'Screen', keys: ['l'] },
  { action: 'toggleProjector', group: 'Screen', keys: ['j'] },
  { action: 'toggleStage', group: 'Screen', keys: ['*'] },
  { action: 'showNotices', group: 'Screen', keys: [] },
  { action: 'showShortcuts', group: 'Screen', keys: ['?'] },
]

/** The keys of a clicker. Outside projector mode they scroll. */
export const CLICKER_KEYS: readonly string[] = ['PageUp', 'PageDown']

const byKey = new Map(SHORTCUTS.flatMap(({ action, keys }) => keys.map((key) => [key, action])))
const byAction = new Map(SHORTCUTS.map((shortcut) => [shortcut.action, shortcut]))

/** The action of a key pressed without Ctrl, Alt or Meta. */
export function actionOfKey(key: string): Action | undefined {
  return byKey.get(key.length === 1 ? key.toLowerCase() : key)
}

/** The action of a key pressed with Ctrl or, on a Mac, with Command. */
export function actionOfCombination(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>,
): Action | undefined {
  const [mod, other] = IS_MAC ? [event.metaKey, event.ctrlKey] : [event.ctrlKey, event.metaKey]
  if (!mod || other || event.altKey) return undefined
  return byKey.get(`Mod+${event.shiftKey ? 'Shift+' : ''}${event.key.toLowerCase()}`)
}

/** The key shown for an action, as printed on a keyboard; undefined without a key. */
export function shortcutOf(action: Action): string | undefined {
  const key = byAction.get(action)?.keys[0]
  return key === undefined ? undefined : keyLabel(key)
}

/** The action's words without the ellipsis of a menu item. */
export function titleOf(action: Action): string {
  return ACTION_WORDS[action].replace(/…$/, '')
}

export function keyLabel(key: string): string {
  if (key === ' ') return 'Space'
  if (key === 'Escape') return 'Esc'
  if (key.startsWith('Mod+')) return combinationLabel(key)
  if (key === 'PageUp') return 'PgUp'
  if (key === 'PageDown') return 'PgDn'
  if (key.length > 1) return key
  return key.toUpperCase()
}

function combinationLabel(key: string): string {
  const letter = key.slice(-1).toUpperCase()
  const withShift = key.includes('Shift')
  if (IS_MAC) return `${withShift ? '⇧' : ''}⌘${letter}`
  return `Ctrl+${withShift ? 'Shift+' : ''}${letter}`
}
