// One browser for all files that share a process: each test has its own context, with its own storage and clipboard
// permissions. Playwright ends it with the process.
import { type Browser, chromium } from 'playwright-core'
import { chromiumPath } from './app-paths'

/** Chromium refuses to run as root with its sandbox. */
export const SANDBOX = process.getuid?.() === 0 ? ['--no-sandbox'] : []

/**
 * In each new window Chromium prepares the pages of a menu under its address bar, which nobody sees here: a third of the
 * processor time of a start. It takes the last list only, so that what Playwright (1.65) switches off stands here too.
 */
const FEATURES_OFF = [
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'AimEnabled',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'ThirdPartyStoragePartitioning',
]

let browser: Promise<Browser> | undefined

export async function sharedBrowser(): Promise<Browser> {
  browser ??= chromium.launch({
    executablePath: chromiumPath(),
    args: [...SANDBOX, `--disable-features=${FEATURES_OFF}`],
  })
  const shared = await browser
  if (shared.isConnected()) return shared
  // It has crashed in an earlier file, which has failed of it.
  browser = undefined
  return sharedBrowser()
}
