// The desktop app. Wiring only: its parts are in desktop/, the simulation is in engine/.
import { join } from 'node:path'
import {
  app,
  type BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  protocol,
  type WebContents,
} from 'electron'
import { CHANNELS, type KeptSession, type MenuAction, NOTES_FRAGMENT } from '../shared/contract'
import { errorText } from '../shared/error-text'
import { CLASSIC_POOL } from '../shared/scenario'
import { NOT_ALLOWED, programChecks, requirementsOf } from './check'
import { createCompare } from './compare'
import { commandIn, ownArguments, runInThread } from './desktop/command-line'
import { logHelperEnds, recoverFromCrashes } from './desktop/crash'
import {
  askAfterCrash,
  askBeforeLoss,
  askBeforeOpening,
  askBeforeStart,
  askInHang,
  openProblemDialog,
} from './desktop/dialogs'
import { absolutePaths, FilesFromSystem } from './desktop/files-from-system'
import { loadFirst } from './desktop/first-load'
import { askWhenHung } from './desktop/hang'
import { describeApp, helpActions } from './desktop/help'
import { refuseOtherWindows, serveWindow } from './desktop/ipc'
import { reportShown } from './desktop/launcher'
import { blockChromiumNetwork, lockDown } from './desktop/lockdown'
import { menuTemplate } from './desktop/menu'
import { crashNotice, createProblemDisplay } from './desktop/problem-display'
import { restQuietly } from './desktop/rest'
import { APP_SCHEME, APP_URL, serveFolder } from './desktop/scheme'
import {
  canBeSent,
  handOverOf,
  messageOf,
  readHandOver,
  secondStartText,
  TOO_MANY_FILES,
} from './desktop/second-start'
import { askBeforeClosing, closeBeforeQuit, quitOnSignals } from './desktop/shutdown'
import { askedOnce, withConsent } from './desktop/start-consent'
import { startFault } from './desktop/start-fault'
import { createNotesWindow, createWindow, focusWindow } from './desktop/window'
import { createEngine } from './engine'
import { createLessons, lessonLibrary, readingThread } from './lessons'
import {
  createLog,
  type Log,
  locationLines,
  logMessageContents,
  oneLine,
  problemText,
  programLine,
} from './log'
import { APP_OPTIONS, logsFolderIn } from './options/app'
import { helpText } from './options/help'
import { asksForHelp, parseOptions } from './options/parse'
import { Problems, watchProcess } from './problems'
import { proxyPrograms } from './programs'
import { createRooms } from './room'

const FAILED = 1

const command = app.isPackaged ? commandIn(process.argv.slice(1)) : undefined
if (command !== undefined) {
  process.exit(runInThread(join(import.meta.dirname, 'packaged-cli.cjs'), command))
}

/**
 * Only the one running app writes a log; a second start, which only brings it to the front, does
 * not.
 */
let log: Log | undefined
const warn = (text: string) => (log ? log.warn(text) : console.error(oneLine(text)))
/** The development server sets the variable; a packaged app ignores it. */
const appUrl = (!app.isPackaged && process.env.ELECTRON_RENDERER_URL) || APP_URL

const problems = new Problems({
  version: app.getVersion(),
  log: (problem) => log?.error(`The engine had a fault: ${problemText(problem)}`),
  failToStart: fail,
  end: (words) => endWith('Roundabout has to end', words),
})
watchProcess(problems)

protocol.registerSchemesAsPrivileged([APP_SCHEME])
blockChromiumNetwork(app, appUrl)
restQuietly(app)
// As root, Chromium only runs with --no-sandbox, and then the sandbox must not be enabled as well.
const isSandboxed = !app.commandLine.hasSwitch('no-sandbox')
if (isSandboxed) app.enableSandbox()

const parsed = options(process.argv)
const files = absolutePaths(parsed.ok ? parsed.words : [], process.cwd())
const filesFromSystem = new FilesFromSystem(warn)
// macOS opens files with this event, possibly before the app is ready.
app.on('open-file', (event, path) => {
  event.preventDefault()
  filesFromSystem.add([path])
})

// A second start sends its own command line: Chromium has reordered the one in this event. The
// event may arrive while this process is still starting, for example when two files are opened at
// once.
app.on('second-instance', (_event, _argv, _folder, data) => {
  const { files, others } = readHandOver(data)
  filesFromSystem.add(files, others)
})
const message = messageOf(handOverOf(files))
if (asksForHelp(ownArguments(process.argv))) {
  process.stdout.write(helpText(APP_OPTIONS), () => app.exit())
} else if (!canBeSent(process.argv, process.cwd(), message)) {
  // Asking for the lock would send this command line, which is too long.
  endWith('Roundabout cannot open these files', TOO_MANY_FILES)
} else if (app.requestSingleInstanceLock(message)) {
  filesFromSystem.add(files)
  app.whenReady().then(start).catch(fail)
} else {
  warn(secondStartText(files))
  reportShown()
  app.quit()
}

async function start(): Promise<void> {
  log = startLog(logsFolderIn(ownArguments(process.argv)) ?? app.getPath('logs'))
  if (!isSandboxed) log.info('The window runs without its sandbox: --no-sandbox.')
  if (!parsed.ok) throw new Error(parsed.error)
  protocol.handle(APP_SCHEME.scheme, serveFolder(join(import.meta.dirname, '../renderer')))
  lockDown(app, appUrl, warn)
  const isSignalled = quitOnSignals(app)

  const mayStart = askedOnce((command, folder) => askBeforeStart(window, command, folder))
  const { proxyPort, latency, fresh, logContents: contentsLogged } = parsed.given
  const recordingsFolder = join(app.getPath('userData'), 'recordings')
  const engine = await createEngine({
    proxyPort,
    latencyMs: latency,
    scenario: fresh ? CLASSIC_POOL : undefined,
    recordingsFolder,
    version: app.getVersion(),
    warn,
    programs: withConsent(proxyPrograms, (...start) => mayStart(...start), NOT_ALLOWED),
  })
  const lessons = await createLessons({
    engine,
    library: lessonLibrary({
      shipped: join(import.meta.dirname, '../../resources/lessons'),
      own: join(app.getPath('userData'), 'lessons'),
      read: readingThread(join(import.meta.dirname, 'read-lesson.cjs')),
      warn,
    }),
    progressFile: join(app.getPath('userData'), 'lessons.json'),
    checks: {
      start: programChecks(mayStart),
      requirements: requirementsOf,
    },
    warn,
  })
  const rooms = createRooms({
    engine,
    folder: join(import.meta.dirname, '../renderer'),
    lessons: lessons.serve,
    askBeforeOpening: (opening) => askBeforeOpening(window, opening),
    warn,
  })
  const close = async () => {
    await rooms.close()
    await lessons.close()
    await engine.close()
  }
  closeBeforeQuit(app, close, warn)
  for (const line of locationLines({ proxy: engine.proxy, recordingsFolder })) log.info(line)
  const contents = logMessageContents(engine, log)
  if (contentsLogged) contents.set(true)

  // The engine starts nothing before there is a window to ask for it.
  const preload = join(import.meta.dirname, '../preload/index.cjs')
  const icon = join(app.getAppPath(), 'resources/icon.png')
  const window: BrowserWindow = createWindow({ preload, icon, warn })
  const ask = (atStake: string) => askBeforeLoss(window, atStake)
  askBeforeClosing({ app, window, atStake: rooms.atStake, ask, isSignalled })
  window.once('show', () => reportShown())
  app.on('second-instance', () => {
    if (!window.isDestroyed()) focusWindow(window)
  })
  filesFromSystem.onAdded(() => {
    if (window.isDestroyed()) return
    window.webContents.send(CHANNELS.fileGiven)
    focusWindow(window)
  })
  const compare = createCompare(join(import.meta.dirname, 'compare-lab.cjs'))
  const serve = (contents: WebContents) =>
    serveWindow({
      ipc: contents.ipc,
      contents,
      engine,
      takeFile: () => filesFromSystem.next(),
      compare,
      checkProgram: programChecks(mayStart),
      lessons: lessons.serve,
      rooms: rooms.serve,
      openNotes,
      reportProblem: (problem) => warn(`The page had a fault: ${problemText(problem)}`),
      appUrl,
      warn,
    })
  let notes: BrowserWindow | undefined
  function openNotes(): void {
    if (notes !== undefined && !notes.isDestroyed()) {
      focusWindow(notes)
      return
    }
    notes = createNotesWindow({ preload, icon })
    serve(notes.webContents)
    notes
      .loadURL(`${appUrl}${NOTES_FRAGMENT}`)
      .catch((error) => warn(`The notes could not be loaded: ${errorText(error)}`))
  }
  window.once('closed', () => notes?.destroy())
  const isServed = (contents: WebContents) =>
    [window, notes].some((one) => one?.isDestroyed() === false && one.webContents === contents)
  refuseOtherWindows(ipcMain, isServed, warn)
  serve(window.webContents)
  const show = createProblemDisplay({
    contents: window.webContents,
    openDialog: (problem) => openProblemDialog(window, problem),
  })
  problems.keepRunning(show)
  const page = recoverFromCrashes({
    contents: window.webContents,
    ask: (reason) => askAfterCrash(window, reason),
    onReload: (reason) => show(crashNotice(reason, app.getVersion())),
    quit: () => app.quit(),
    warn,
  })
  askWhenHung({
    contents: window.webContents,
    ask: (signal) => askInHang(window, signal),
    restart: page.restart,
    warn,
  })
  logHelperEnds(app, warn)
  const choose = (action: MenuAction) => window.webContents.send(CHANNELS.menu, action)
  const openSession = (name: string) => window.webContents.send(CHANNELS.openSession, name)
  const help = helpActions(app, log, contents)
  const showMenu = (sessions: readonly KeptSession[]) => {
    const recent = { sessions, open: openSession }
    const template = menuTemplate(process.platform, choose, help, recent, {
      contentsLogged: contents.on,
      development: !app.isPackaged,
    })
    Menu.setApplicationMenu(Menu.buildFromTemplate(template))
  }
  const listInMenu = () => void engine.listSessions().then(showMenu)
  describeApp(app)
  // The window loads at once; the list of sessions needs the disk.
  showMenu([])
  await loadFirst(window, appUrl)
  engine.onSessionsChange(listInMenu)
  listInMenu()
}

function startLog(folder: string): Log {
  const started = createLog({ folder, console: (text) => console.error(text) })
  started.info(programLine(app.getVersion()))
  app.once('quit', (_event, code) => started.end(`Ended with code ${code}.`))
  return started
}

/**
 * Reads the arguments after `--`. Without `--` it reads all of them, Electron's and Chromium's
 * among them.
 */
function options(argv: readonly string[]) {
  const args = ownArguments(argv)
  if (argv.includes('--')) return parseOptions(args, APP_OPTIONS, { words: 'keep' })
  // In development the first argument is the app's own folder.
  const words = app.isPackaged ? 'keep' : 'refuse'
  return parseOptions(args, APP_OPTIONS, { unknown: 'ignore', words })
}

function fail(reason: unknown): void {
  const { message, logText } = startFault(reason, app.getVersion())
  if (logText !== undefined) log?.error(logText)
  endWith('Roundabout cannot start', message)
}

function endWith(title: string, message: string): void {
  if (log) log.error(message)
  else warn(message)
  reportShown()
  dialog.showErrorBox(title, message)
  app.exit(FAILED)
}
