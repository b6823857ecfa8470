// The Help menu's actions that a page could not carry out: shows the log and the licences in the
// system's own programs, and sets what the about panel says.
import { join } from 'node:path'
import { type App, shell } from 'electron'
import type { ContentsLog, Log } from '../log'
import type { HelpActions } from './menu'

type AppPaths = Pick<App, 'isPackaged' | 'getAppPath'>

export function helpActions(app: AppPaths, log: Log, contents: ContentsLog): HelpActions {
  return {
    showLog: () => shell.showItemInFolder(log.path),
    logContents: (on) => contents.set(on),
    showLicences() {
      const path = join(licencesFolder(app), 'third-party.md')
      void shell.openPath(path).then((problem) => {
        if (problem === '') return
        log.warn(`The licences could not be opened (${problem}); the folder is shown instead.`)
        shell.showItemInFolder(path)
      })
    },
  }
}

/** In a package the files lie beside the archive, because other programs cannot read inside it. */
function licencesFolder(app: AppPaths): string {
  return app.isPackaged
    ? join(process.resourcesPath, 'licenses')
    : join(app.getAppPath(), 'resources/licenses')
}

/** Sets what "About Roundabout" shows. */
export function describeApp(app: Pick<App, 'setAboutPanelOptions' | 'getVersion'>): void {
  app.setAboutPanelOptions({
    applicationName: 'Roundabout',
    applicationVersion: app.getVersion(),
    copyright: 'Free software under the MIT licence.',
    credits:
      'A desktop lab that shows a real reverse proxy at work. Help › Licences names whose work it stands on.',
    authors: ['The Roundabout authors'],
  })
}
