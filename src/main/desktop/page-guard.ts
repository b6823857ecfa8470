// What a page cannot do to its window, whatever it contains: lead it elsewhere, open another, embed others, keep it open,
// or talk past the contract. Each refusal is logged with its reason.
import type { WebContents } from 'electron'
import { isSamePage, shortAddress } from './origin'

export interface PageGuardOptions {
  contents: WebContents
  /** The one page that is trusted. */
  appUrl: string
  /** Whether anybody takes messages on this channel. */
  hasListener(channel: string): boolean
  warn(text: string): void
}

export function guardPage({ contents, appUrl, hasListener, warn }: PageGuardOptions): void {
  // Inner frames too: the app has none.
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
  // A `beforeunload` handler would otherwise keep the window from being closed.
  contents.on('will-prevent-unload', (event) => {
    event.preventDefault()
    warn('The page wanted to stay open: that was refused.')
  })
  contents.on('select-bluetooth-device', (event, _devices, answer) => {
    event.preventDefault()
    answer('')
    warn('A Bluetooth device was refused.')
  })
  // Else WebRTC sends packets to any address that the page names, which no policy of the page's covers.
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
  contents.on('ipc-message', (_event, channel) => warnIfUnheard(channel))
  contents.on('ipc-message-sync', (event, channel) => {
    // The page waits for it, with everything else standing still.
    event.returnValue = null
    warnIfUnheard(channel)
  })

  /** Electron asks nobody about `about:blank`, and a window that shows nothing is of no use. */
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

  /** Electron drops what nobody listens to without a word. */
  function warnIfUnheard(channel: string): void {
    if (hasListener(channel)) return
    const name = JSON.stringify(channel.slice(0, LOGGED_CHARS))
    warn(`A message on ${name} was refused: nobody takes any there.`)
  }
}

const LOGGED_CHARS = 80
