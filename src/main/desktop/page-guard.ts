// Keeps a page in its window: it cannot navigate elsewhere, open windows, embed pages, prevent
// closing or send messages outside the contract. Logs each refusal with its reason.
import type { WebContents } from 'electron'
import { isSamePage, shortAddress } from './origin'

interface PageGuardOptions {
  contents: WebContents
  /** The one trusted page. */
  appUrl: string
  /** Returns whether the main process listens on this channel. */
  hasListener(channel: string): boolean
  warn(text: string): void
}

export function guardPage({ contents, appUrl, hasListener, warn }: PageGuardOptions): void {
  // Inner frames too: the app does not use any.
  contents.on('will-frame-navigate', (event) => {
    if (event.isMainFrame && isSamePage(event.url, appUrl)) return
    event.preventDefault()
    const whose = event.isMainFrame ? '' : ' of an inner frame'
    warn(`Navigation${whose} to ${shortAddress(event.url)} was refused.`)
  })
  contents.on('will-redirect', (event) => {
    event.preventDefault()
    warn(`A redirect to ${shortAddress(event.url)} was refused.`)
  })
  reloadAfterEscape()
  contents.setWindowOpenHandler(({ url }) => {
    warn(`A new window for ${shortAddress(url)} was refused.`)
    return { action: 'deny' }
  })
  contents.on('will-attach-webview', (event) => {
    event.preventDefault()
    warn('A webview was refused.')
  })
  // A `beforeunload` handler would otherwise keep the window from closing.
  contents.on('will-prevent-unload', (event) => {
    event.preventDefault()
    warn('The page wanted to stay open: that was refused.')
  })
  contents.on('select-bluetooth-device', (event, _devices, answer) => {
    event.preventDefault()
    answer('')
    warn('A Bluetooth device was refused.')
  })
  // Otherwise WebRTC sends packets to any address that the page names; a content security policy
  // does not cover it.
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
  contents.on('ipc-message', (_event, channel) => warnIfUnheard(channel))
  contents.on('ipc-message-sync', (event, channel) => {
    // The page is blocked until it gets a value.
    event.returnValue = null
    warnIfUnheard(channel)
  })

  /**
   * Loads the app again after a navigation to `about:blank`, for which Electron raises no event
   * that could be refused.
   */
  function reloadAfterEscape(): void {
    let wasHere = false
    contents.on('did-navigate', (_event, url) => {
      if (isSamePage(url, appUrl)) {
        wasHere = true
      } else if (wasHere) {
        wasHere = false
        warn(`The page went to ${shortAddress(url)}: that was refused, it is loaded again.`)
        contents.loadURL(appUrl).catch((error) => warn(`The page cannot be loaded: ${error}`))
      }
    })
  }

  /** Electron silently drops messages on channels without a listener. */
  function warnIfUnheard(channel: string): void {
    if (hasListener(channel)) return
    const name = JSON.stringify(channel.slice(0, LOGGED_CHARS))
    warn(`A message on ${name} was refused: nobody takes any there.`)
  }
}

const LOGGED_CHARS = 80
