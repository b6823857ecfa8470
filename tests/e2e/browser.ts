// One browser for all tests of a file: each test has its own context, with its own storage and
// clipboard permissions.
import { type Browser, chromium } from 'playwright-core'
import { chromiumPath } from './app-paths'

/** Chromium refuses to run as root with its sandbox. */
export const SANDBOX = process.getuid?.() === 0 ? ['--no-sandbox'] : []

let browser: Promise<Browser> | undefined

export function sharedBrowser(): Promise<Browser> {
  browser ??= chromium.launch({ executablePath: chromiumPath(), args: SANDBOX })
  return browser
}

export async function closeBrowser(): Promise<void> {
  const open = browser
  browser = undefined
  await (await open)?.close()
}
