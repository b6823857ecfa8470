// One browser for all files that share a process: each test has its own context, with its own storage and clipboard
// permissions. Playwright ends it with the process.
import { type Browser, chromium } from 'playwright-core'
import { chromiumPath } from './app-paths'

/** Chromium refuses to run as root with its sandbox. */
export const SANDBOX = process.getuid?.() === 0 ? ['--no-sandbox'] : []

let browser: Promise<Browser> | undefined

export async function sharedBrowser(): Promise<Browser> {
  browser ??= chromium.launch({ executablePath: chromiumPath(), args: SANDBOX })
  const shared = await browser
  if (shared.isConnected()) return shared
  // It has crashed in an earlier file, which has failed of it.
  browser = undefined
  return sharedBrowser()
}
