// The native menu as data: the platform's standard items, the app's actions, which go to the page,
// and actions of the main process.
import type { MenuItemConstructorOptions } from 'electron'
import { ACTION_WORDS } from '../../shared/action-words'
import type { KeptSession, MenuAction } from '../../shared/contract'
import { sessionWords } from '../../shared/session-words'

type Items = MenuItemConstructorOptions[]

/** Actions that the main process carries out. */
export interface HelpActions {
  showLog(): void
  /** Switches the logging of message contents on or off. */
  logContents(on: boolean): void
  showLicences(): void
}

/** The sessions that can be opened again. */
export interface RecentSessions {
  sessions: readonly KeptSession[]
  open(name: string): void
}

/**
 * Accelerators avoid the text editing keys and use the letters of the page's own shortcuts.
 * `contentsLogged`: whether the log has message contents from the start. `development` adds the
 * developer tools.
 */
export function menuTemplate(
  platform: NodeJS.Platform,
  choose: (action: MenuAction) => void,
  help: HelpActions,
  recent: RecentSessions,
  { contentsLogged, development }: { contentsLogged: boolean; development: boolean },
): Items {
  const isMac = platform === 'darwin'
  const item = (action: MenuAction, accelerator?: string): MenuItemConstructorOptions => ({
    id: action,
    label: ACTION_WORDS[action],
    click: () => choose(action),
    ...(accelerator === undefined ? {} : { accelerator }),
  })
  const separator: MenuItemConstructorOptions = { type: 'separator' }
  const developer: Items = development ? [separator, { role: 'toggleDevTools' }] : []

  return [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    {
      label: '&Lab',
      submenu: [
        item('addServer', 'CmdOrCtrl+Shift+S'),
        item('addClient', 'CmdOrCtrl+Shift+C'),
        separator,
        item('sendMessage', 'CmdOrCtrl+Shift+M'),
        item('sendAll', 'CmdOrCtrl+Shift+A'),
        separator,
        item('openFile', 'CmdOrCtrl+O'),
        item('openExample', 'CmdOrCtrl+E'),
        item('openLessons', 'CmdOrCtrl+L'),
        item('openNotes'),
        item('closeLesson'),
        {
          label: 'Open recent',
          submenu: [
            ...recentItems(recent),
            separator,
            { ...item('openRecent', 'CmdOrCtrl+Shift+O'), label: 'All sessions…' },
          ],
        },
        item('saveRecording', 'CmdOrCtrl+S'),
        item('saveScenario'),
        item('saveCapture'),
        item('exportPools'),
        item('checkProgram', 'CmdOrCtrl+K'),
        item('swapProxy'),
        separator,
        item('openRoom'),
        item('askClass'),
        separator,
        item('newSession', 'CmdOrCtrl+N'),
        item('reset'),
        item('openClassicPool'),
        separator,
        { role: isMac ? 'close' : 'quit' },
      ],
    },
    {
      label: '&Edit',
      submenu: [
        // Not the roles: the page knows whether text in a field or the lab's last change is meant.
        item('undo', 'CmdOrCtrl+Z'),
        item('redo', isMac ? 'Shift+Cmd+Z' : 'Ctrl+Y'),
        separator,
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'delete' },
        separator,
        { role: 'selectAll' },
      ],
    },
    {
      label: '&Time',
      submenu: [
        item('togglePlay', 'CmdOrCtrl+P'),
        separator,
        item('step'),
        item('stepToDecision'),
        item('stepToEnd'),
        separator,
        item('previousEvent'),
        item('backToNow'),
        separator,
        item('showBookmarks'),
        separator,
        item('slower', 'CmdOrCtrl+['),
        item('faster', 'CmdOrCtrl+]'),
      ],
    },
    {
      label: '&View',
      submenu: [
        item('showPackets', 'CmdOrCtrl+1'),
        item('showSequence', 'CmdOrCtrl+2'),
        item('fullSequence'),
        item('showTable', 'CmdOrCtrl+3'),
        item('showTerminals', 'CmdOrCtrl+4'),
        item('showCharts', 'CmdOrCtrl+5'),
        item('compare', 'CmdOrCtrl+6'),
        separator,
        item('fitView'),
        item('zoomIn'),
        item('zoomOut'),
        item('tidyUp', 'CmdOrCtrl+Shift+T'),
        item('toggleTrafficView'),
        separator,
        item('toggleTheme', 'CmdOrCtrl+Shift+L'),
        item('toggleProjector', 'CmdOrCtrl+Shift+J'),
        item('toggleStage'),
        separator,
        { role: 'zoomIn', label: 'Zoom in', accelerator: 'CmdOrCtrl+Plus' },
        // The same key without Shift, where the plus sign needs it.
        { role: 'zoomIn', accelerator: 'CmdOrCtrl+=', visible: false },
        { role: 'zoomOut', label: 'Zoom out', accelerator: 'CmdOrCtrl+-' },
        { role: 'resetZoom', label: 'Actual size', accelerator: 'CmdOrCtrl+0' },
        separator,
        { role: 'togglefullscreen', label: 'Full screen' },
        { role: 'reload' },
        ...developer,
      ],
    },
    { role: 'windowMenu' },
    {
      role: 'help',
      submenu: [
        item('showShortcuts', 'CmdOrCtrl+/'),
        separator,
        { id: 'showLog', label: 'Show the log file', click: () => help.showLog() },
        {
          id: 'logContents',
          label: 'Log the contents of messages',
          type: 'checkbox',
          checked: contentsLogged,
          click: ({ checked }) => help.logContents(checked),
        },
        separator,
        { id: 'showLicences', label: 'Licences', click: () => help.showLicences() },
        // On macOS the app's own menu has it.
        ...(isMac ? [] : [{ role: 'about' } as const]),
      ],
    },
  ]
}

function recentItems({ sessions, open }: RecentSessions): Items {
  if (sessions.length === 0) return [{ label: 'No earlier session', enabled: false }]
  return sessions.map((session) => ({
    id: session.name,
    // An ampersand would underline the letter behind it.
    label: sessionWords(session, Date.now()).replaceAll('&', '&&'),
    click: () => open(session.name),
  }))
}
