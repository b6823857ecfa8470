// Native dialogs, for questions and messages that the page cannot show.
import { type BrowserWindow, clipboard, dialog } from 'electron'
import type { Problem } from '../../shared/contract'
import { withVisibleControls } from '../../shared/visible-controls'
import type { Opening } from '../room'

const AFTER_CRASH = ['reload', 'quit'] as const

export async function askAfterCrash(
  window: BrowserWindow,
  reason: string,
): Promise<'reload' | 'quit'> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    message: 'The window has crashed again',
    detail: `Its page ended (${reason}). The proxy, the servers and the clients are still running.`,
    buttons: ['Reload', 'Quit'],
    defaultId: 0,
    cancelId: 0,
  })
  return AFTER_CRASH[response] ?? 'reload'
}

const IN_HANG = ['wait', 'reload'] as const

/** `signal` closes the dialog, which then resolves to `wait`. */
export async function askInHang(
  window: BrowserWindow,
  signal: AbortSignal,
): Promise<'wait' | 'reload'> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message: 'The window does not answer',
    detail:
      'The proxy, the servers and the clients go on meanwhile. You can wait for the window, or load it anew.',
    buttons: ['Wait', 'Reload'],
    defaultId: 0,
    cancelId: 0,
    signal,
  })
  return IN_HANG[response] ?? 'wait'
}

const START = 1

/** Whether this command may be run. `folder`: where; empty: where the app was started. */
export async function askBeforeStart(
  window: BrowserWindow,
  command: string,
  folder: string,
): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: 'Start this program?',
    detail: [
      withVisibleControls(command),
      folder === '' ? '' : `In the folder ${withVisibleControls(folder)}`,
      'It runs with your rights. If you have not asked for this just now, do not start it. You are asked once for each command until Roundabout ends.',
    ]
      .filter((part) => part !== '')
      .join('\n\n'),
    buttons: ['Do not start', 'Start'],
    defaultId: 0,
    cancelId: 0,
  })
  return response === START
}

const OPEN = 1

const OPENING: Record<Opening['what'], { message: string; detail: string }> = {
  class: {
    message: 'Open the lab to this network?',
    detail:
      'Whoever has the code of the class can see every message from other machines, and the past of this session. It ends with “End” in the window, or when Roundabout closes.',
  },
  programs: {
    message: 'Let programs of this network join the lab?',
    detail:
      'Other machines can then connect to the proxy, as servers and clients. It ends with the class, or when Roundabout closes.',
  },
}

/** Whether this machine may be reached from its network. */
export async function askBeforeOpening(
  window: BrowserWindow,
  { what, address }: Opening,
): Promise<boolean> {
  const { message, detail } = OPENING[what]
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message,
    detail: `${detail}\n\nAddress of this computer: ${withVisibleControls(address)}\n\nIf you have not asked for this just now, do not open it.`,
    buttons: ['Do not open', 'Open'],
    defaultId: 0,
    cancelId: 0,
  })
  return response === OPEN
}

const CLOSE = 1

/** Whether to close although this is lost. */
export async function askBeforeLoss(window: BrowserWindow, atStake: string): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message: 'Close Roundabout?',
    detail: atStake,
    buttons: ['Keep it open', 'Close'],
    defaultId: 0,
    cancelId: 0,
  })
  return response === CLOSE
}

const COPY = 1

/** Resolves when the person has closed it. */
export async function openProblemDialog(
  window: BrowserWindow,
  { message, details }: Problem,
): Promise<void> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    message: 'Something went wrong',
    detail: message,
    buttons: ['Go on', 'Copy details'],
    defaultId: 0,
    cancelId: 0,
  })
  // Since Electron 44 writing is asynchronous and can fail; before, it returned nothing.
  if (response === COPY) await clipboard.writeText(details)
}
