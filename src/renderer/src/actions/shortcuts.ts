// Every action with a key: its name, its keys, and its place in the help. Menus, tooltips, the help dialog and the key
// handler read this table.
import type { MenuAction } from '../../../shared/contract'

export type Action =
  | MenuAction
  | 'normalSpeed'
  | 'previousMark'
  | 'nextMark'
  | 'toggleProjector'
  | 'toggleDock'
  | 'toggleInspector'
  | 'clearSelection'
  | 'removeSelected'
  | 'holdNext'
  | 'releaseHeld'
  | 'focusFilter'
  | 'copyViewerAddress'

interface Shortcut {
  action: Action
  title: string
  group: 'Lab' | 'Time' | 'Canvas' | 'Panels' | 'Screen'
  /** As in `KeyboardEvent.key`, letters in lower case. The first one is shown. */
  keys: readonly string[]
}

export const SHORTCUTS: readonly Shortcut[] = [
  { action: 'addServer', title: 'Add server', group: 'Lab', keys: ['s'] },
  { action: 'addClient', title: 'Add client', group: 'Lab', keys: ['c'] },
  { action: 'sendMessage', title: 'Send message', group: 'Lab', keys: ['m'] },
  { action: 'sendAll', title: 'Send all', group: 'Lab', keys: ['a'] },
  {
    action: 'holdNext',
    title: 'Hold the next packet of the focused or selected node',
    group: 'Lab',
    keys: ['h'],
  },
  { action: 'removeSelected', title: 'Remove the selected node', group: 'Lab', keys: ['Delete'] },
  { action: 'releaseHeld', title: 'Release the held packet', group: 'Lab', keys: ['r'] },
  { action: 'openFile', title: 'Open a recording or a scenario', group: 'Lab', keys: ['o'] },
  { action: 'saveRecording', title: 'Save the recording', group: 'Lab', keys: [] },
  { action: 'saveScenario', title: 'Save the scenario', group: 'Lab', keys: [] },
  { action: 'saveCapture', title: 'Save a capture for Wireshark', group: 'Lab', keys: [] },
  {
    action: 'copyViewerAddress',
    title: 'Copy the address for viewers',
    group: 'Lab',
    keys: [],
  },
  { action: 'reset', title: 'Reset the lab', group: 'Lab', keys: [] },
  { action: 'openClassicPool', title: 'Back to the classic pool', group: 'Lab', keys: [] },
  { action: 'togglePlay', title: 'Play or pause', group: 'Time', keys: [' ', 'p'] },
  { action: 'step', title: 'Step to the next event', group: 'Time', keys: ['.'] },
  { action: 'previousEvent', title: 'Step back to the event before', group: 'Time', keys: [','] },
  { action: 'previousMark', title: 'Previous mark on the timeline', group: 'Time', keys: ['<'] },
  { action: 'nextMark', title: 'Next mark on the timeline', group: 'Time', keys: ['>'] },
  { action: 'stepToDecision', title: 'Step to the next decision', group: 'Time', keys: ['n'] },
  { action: 'stepToEnd', title: 'Step this message to its end', group: 'Time', keys: ['e'] },
  { action: 'backToNow', title: 'Back to now', group: 'Time', keys: ['b'] },
  { action: 'slower', title: 'Slower', group: 'Time', keys: ['['] },
  { action: 'faster', title: 'Faster', group: 'Time', keys: [']'] },
  { action: 'normalSpeed', title: 'Normal speed', group: 'Time', keys: ['='] },
  { action: 'fitView', title: 'Fit the view', group: 'Canvas', keys: ['f'] },
  { action: 'zoomIn', title: 'Zoom in', group: 'Canvas', keys: ['+'] },
  { action: 'zoomOut', title: 'Zoom out', group: 'Canvas', keys: ['-'] },
  { action: 'tidyUp', title: 'Tidy up', group: 'Canvas', keys: ['t'] },
  { action: 'clearSelection', title: 'Clear selection', group: 'Canvas', keys: ['Escape'] },
  { action: 'showPackets', title: 'Packets', group: 'Panels', keys: ['1'] },
  { action: 'showSequence', title: 'Sequence diagram', group: 'Panels', keys: ['2'] },
  { action: 'showTable', title: 'Switching table', group: 'Panels', keys: ['3'] },
  { action: 'showTerminals', title: 'Terminals', group: 'Panels', keys: ['4'] },
  { action: 'focusFilter', title: 'Filter the packets', group: 'Panels', keys: ['/'] },
  { action: 'toggleDock', title: 'Show or hide the panels below', group: 'Panels', keys: ['d'] },
  { action: 'toggleInspector', title: 'Show or hide the inspector', group: 'Panels', keys: ['i'] },
  { action: 'toggleTheme', title: 'Light or dark', group: 'Screen', keys: ['l'] },
  { action: 'toggleProjector', title: 'Projector mode', group: 'Screen', keys: ['j'] },
  { action: 'showShortcuts', title: 'Keyboard shortcuts', group: 'Screen', keys: ['?'] },
]

const byKey = new Map(SHORTCUTS.flatMap(({ action, keys }) => keys.map((key) => [key, action])))
const byAction = new Map(SHORTCUTS.map((shortcut) => [shortcut.action, shortcut]))

/** The action of a key pressed without Ctrl, Alt or Meta. */
export function actionOfKey(key: string): Action | undefined {
  return byKey.get(key.length === 1 ? key.toLowerCase() : key)
}

/** The key shown for an action, as printed on a keyboard; undefined without a key. */
export function shortcutOf(action: Action): string | undefined {
  const key = byAction.get(action)?.keys[0]
  return key === undefined ? undefined : keyLabel(key)
}

export function keyLabel(key: string): string {
  if (key === ' ') return 'Space'
  if (key === 'Escape') return 'Esc'
  return key.toUpperCase()
}
