// The native menu as data: the platform's standard items, the app's actions, which go to the page,
// and actions of the main process.
import type { MenuItemConstructorOptions } from 'electron'
import type { MenuAction } from '../../shared/contract'

type Items = MenuItemConstructorOptions[]

/** Actions that the main process carries out. */
export interface HelpActions {
  showLog(): void
  /** Switches the logging of message contents on or off. */
  logContents(on: boolean): void
  showLicences(): void
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
  { contentsLogged, development }: { contentsLogged: boolean; development: boolean },
): Items {
  const isMac = platform === 'darwin'
  const item = (
    label: string,
    action: MenuAction,
    accelerator?: string,
  ): MenuItemConstructorOptions => ({
    id: action,
    label,
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
        item('Add Server', 'addServer', 'CmdOrCtrl+Shift+S'),
        item('Add Client', 'addClient', 'CmdOrCtrl+Shift+C'),
        separator,
        item('Send Message…', 'sendMessage', 'CmdOrCtrl+Shift+M'),
        item('Send All', 'sendAll', 'CmdOrCtrl+Shift+A'),
        separator,
        item('Open…', 'openFile', 'CmdOrCtrl+O'),
        item('Save Recording…', 'saveRecording', 'CmdOrCtrl+S'),
        item('Save Scenario…', 'saveScenario'),
        item('Save Capture for Wireshark…', 'saveCapture'),
        separator,
        item('Reset the Lab…', 'reset'),
        item('Back to the Classic Pool…', 'openClassicPool'),
        separator,
        { role: isMac ? 'close' : 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: '&Time',
      submenu: [
        item('Pause or Resume', 'togglePlay', 'CmdOrCtrl+P'),
        separator,
        item('Step', 'step'),
        item('Step to Next Decision', 'stepToDecision'),
        item('Step Message to Its End', 'stepToEnd'),
        separator,
        item('Step Back', 'previousEvent'),
        item('Back to Now', 'backToNow'),
        separator,
        item('Slower', 'slower', 'CmdOrCtrl+['),
        item('Faster', 'faster', 'CmdOrCtrl+]'),
      ],
    },
    {
      label: '&View',
      submenu: [
        item('Packets', 'showPackets', 'CmdOrCtrl+1'),
        item('Sequence Diagram', 'showSequence', 'CmdOrCtrl+2'),
        item('Switching Table', 'showTable', 'CmdOrCtrl+3'),
        item('Terminals', 'showTerminals', 'CmdOrCtrl+4'),
        separator,
        item('Fit to Window', 'fitView', 'CmdOrCtrl+0'),
        item('Zoom In', 'zoomIn', 'CmdOrCtrl+Plus'),
        item('Zoom Out', 'zoomOut', 'CmdOrCtrl+-'),
        item('Tidy Up', 'tidyUp', 'CmdOrCtrl+Shift+T'),
        separator,
        item('Light or Dark', 'toggleTheme', 'CmdOrCtrl+Shift+L'),
        { role: 'togglefullscreen' },
        separator,
        { role: 'reload' },
        ...developer,
      ],
    },
    { role: 'windowMenu' },
    {
      role: 'help',
      submenu: [
        item('Keyboard Shortcuts', 'showShortcuts', 'CmdOrCtrl+/'),
        separator,
        { id: 'showLog', label: 'Show Log File', click: () => help.showLog() },
        {
          id: 'logContents',
          label: 'Log Message Contents',
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
