// Files between a test and the app: those that the page saves, in either shell, and those that it
// opens.
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ElectronApplication, Page } from 'playwright-core'
import { onTestFinished } from 'vitest'
import type { App } from './app'

interface SavedFile {
  /** The name that the app proposed. */
  name: string
  bytes: Buffer
}

/** Returns the file that the page saves during `act`. */
export async function savedBy(app: App, act: () => Promise<void>): Promise<SavedFile> {
  const folder = await mkdtemp(join(tmpdir(), 'roundabout-saved-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const path = join(folder, 'saved')
  if (app.electron) {
    const name = await savedByDesktop(app.electron, path, act)
    return { name, bytes: await readFile(path) }
  }
  const download = app.page.waitForEvent('download')
  await act()
  const file = await download
  await file.saveAs(path)
  return { name: file.suggestedFilename(), bytes: await readFile(path) }
}

/** Answers the save dialog with a path; returns the proposed name. */
async function savedByDesktop(
  electron: ElectronApplication,
  path: string,
  act: () => Promise<void>,
): Promise<string> {
  await electron.evaluate(({ session }, savePath) => {
    const saved = new Promise<string>((resolve, reject) => {
      session.defaultSession.once('will-download', (_event, item) => {
        item.setSavePath(savePath)
        item.once('done', (_done, state) => {
          if (state === 'completed') resolve(item.getFilename())
          else reject(new Error(`The download ended as ${state}.`))
        })
      })
    })
    Reflect.set(globalThis, 'roundaboutSaved', saved)
  }, path)
  await act()
  return electron.evaluate(() => Reflect.get(globalThis, 'roundaboutSaved'))
}

/** Opens a file with the app's own dialog. */
export async function openFile(page: Page, name: string, bytes: Buffer): Promise<void> {
  const asked = page.waitForEvent('filechooser')
  // The page must know of the file dialog's interception before the key, which takes another
  // channel.
  await page.evaluate(() => {})
  await page.keyboard.press('o')
  const chooser = await asked
  await chooser.setFiles({ name, mimeType: 'application/octet-stream', buffer: bytes })
}

/** Drags a file over the window, and drops it. */
export async function dropFile(page: Page, name: string, bytes: Buffer): Promise<void> {
  const transfer = await page.evaluateHandle(
    ([fileName, base64]) => {
      const content = Uint8Array.from(atob(base64 ?? ''), (character) => character.charCodeAt(0))
      const data = new DataTransfer()
      data.items.add(new File([content], fileName ?? ''))
      return data
    },
    [name, bytes.toString('base64')],
  )
  await page.dispatchEvent('body', 'dragover', { dataTransfer: transfer })
  await page.getByText('Drop a recording, a scenario or a lesson to open it').waitFor()
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer })
}

/** Chooses from the menu behind the three dots. */
export async function choose(page: Page, item: string): Promise<void> {
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: item }).click()
}
