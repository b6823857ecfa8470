// A page that tries to escape: to other addresses, windows, files, the network, the system's
// devices. Each attempt is made twice: in the app's page, and in one without the app's headers,
// where only the app's own checks are left. Chromium reports what it refuses by itself on the
// page's console; everything else is in the log.
import { createSocket } from 'node:dgram'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { type AttackedApp, expectToServe, attackedTest as test } from './hostile-app'

const OWN = 'app://roundabout/index.html'
const AWAY = 'https://example.invalid/'

/** An outside target that must not be reached, by either way. */
let outside: Server
const reached: string[] = []
const udp = createSocket('udp4', () => reached.push('UDP'))
let addresses: { http: string; port: number; udp: number }

beforeAll(async () => {
  outside = createServer((request, response) => {
    reached.push(request.url ?? '')
    response.setHeader('Access-Control-Allow-Origin', '*')
    response.end()
  })
  outside.on('connection', () => reached.push('TCP'))
  await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve))
  await new Promise<void>((resolve) => udp.bind(0, '127.0.0.1', resolve))
  const { port } = outside.address() as AddressInfo
  addresses = { http: `http://127.0.0.1:${port}/`, port, udp: udp.address().port }
})
afterAll(() => {
  outside.close()
  udp.close()
})

describe('the app’s page', () => {
  test('goes nowhere', async ({ app }) => {
    for (const [address, words] of [
      [AWAY, `Navigation to ${AWAY} was refused.`],
      ['app://elsewhere/index.html', 'Navigation to app://elsewhere/… was refused.'],
      ['app://roundabout/../../etc/hostname', 'Navigation to app://roundabout/… was refused.'],
      ['mailto:somebody@example.invalid', 'Navigation to mailto:… was refused.'],
      ['file:///etc/hostname', 'Not allowed to load local resource: file:///etc/hostname'],
      ['chrome://gpu/', 'Not allowed to load local resource: chrome://gpu/'],
      ['data:text/html,there', 'Not allowed to navigate top frame to data URL'],
      ['javascript:void(0)', 'Refused to run the JavaScript URL'],
    ] as const) {
      await expectTold(app, words, () =>
        app.page.evaluate((to) => {
          location.href = to
        }, address),
      )
    }
    const blob = () => URL.createObjectURL(new Blob(['there'], { type: 'text/html' }))
    await expectTold(app, 'Navigation to blob:… was refused.', () =>
      app.page.evaluate(`location.href = (${blob})()`),
    )
    expect(app.page.url()).toBe(OWN)
  })

  test('is not led away by a form, a refresh, a link or its history', async ({ app }) => {
    await expectTold(app, 'Refused to send form data', () => submitForm(app.page))
    await expectTold(app, 'Navigation to https://refresh.invalid/ was', () => refresh(app.page))
    await expectTold(app, 'Navigation to https://link.invalid/ was', () => follow(app.page))
    const pushed = await app.page.evaluate(() => {
      try {
        history.pushState(null, '', 'app://elsewhere/')
        return 'pushed'
      } catch (error) {
        return error instanceof Error ? error.name : ''
      }
    })
    expect(pushed).toBe('SecurityError')
    expect(app.page.url()).toBe(OWN)
  })

  test('comes back when it empties itself', async ({ app }) => {
    await app.page.evaluate(() => {
      location.href = 'about:blank'
    })
    await expect.poll(app.log).toContain('The page went to about:…: that was refused')
    await app.page.getByRole('button', { name: 'Add server', exact: true }).waitFor()
    expect(app.page.url()).toBe(OWN)
  })

  test('opens no window, whichever way', async ({ app }) => {
    await openWindows(app, app.page, (address) => `Blocked opening '${address}' in a new window`)
    const local = 'file:///etc/hostname'
    await expectTold(app, `Not allowed to load local resource: ${local}`, async () => {
      expect(await app.page.evaluate((to) => window.open(to) === null, local)).toBe(true)
    })
  })

  test('opens no dialog of the system, and goes on', async ({ app }) => {
    for (const name of ['print', 'alert', 'confirm'] as const) {
      await expectTold(app, `Ignored call to '${name}()'`, () =>
        app.page.evaluate((asked) => {
          window[asked]()
        }, name),
      )
    }
    expect(await app.page.evaluate(() => 'answered')).toBe('answered')
  })

  test('embeds nothing, whichever way', async ({ app }) => {
    for (const [tag, source] of [
      ['iframe', OWN],
      ['iframe', AWAY],
      ['iframe', 'data:text/html,there'],
      ['embed', OWN],
      ['object', OWN],
    ] as const) {
      await expectTold(app, 'Content Security Policy', () =>
        app.page.evaluate(
          ([name, from]) => {
            const element = document.createElement(name)
            element.setAttribute(name === 'object' ? 'data' : 'src', from)
            document.body.append(element)
          },
          [tag, source] as const,
        ),
      )
    }
    const views = await app.page.evaluate(() => {
      const view = document.createElement('webview')
      const frame = document.createElement('iframe')
      document.body.append(view, frame)
      const bridge = Object.keys(frame.contentWindow ?? {}).includes('roundabout')
      for (const made of document.querySelectorAll('iframe, embed, object, webview')) made.remove()
      return { webview: 'getWebContentsId' in view, bridgeInFrame: bridge }
    })
    expect(views).toEqual({ webview: false, bridgeInFrame: false })
  })

  test('stays where a file is dropped on it', async ({ app }) => {
    const session = await app.page.context().newCDPSession(app.page)
    const data = { items: [], files: [import.meta.filename], dragOperationsMask: 1 }
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      await session.send('Input.dispatchDragEvent', { type, x: 300, y: 300, data })
    }
    await session.detach()
    // The app itself has read it.
    await app.page.getByText('hostile-pages.desktop.e2e.ts').first().waitFor()
    expect(app.page.url()).toBe(OWN)
  })

  test('is given nothing of the system but to write to the clipboard', async ({ app }) => {
    expect(await askForEverything(app.page, true)).toEqual(['clipboard-write'])
  })

  test('opens no file by itself', async ({ app }) => {
    const other = await app.open(OWN)
    const asked = await app.electron.evaluate(async ({ webContents }, id) => {
      const contents = webContents.fromId(id)
      // Without the user gesture that Playwright's own `evaluate` counts as.
      return contents?.executeJavaScript('showOpenFilePicker().catch((error) => error.name)', false)
    }, other.id)
    expect(asked).toBe('SecurityError')
    await other.page.close()
  })
})

describe('a page without the app’s headers', () => {
  test('reaches nothing outside, whichever way', async ({ app }) => {
    const { page } = await app.open('app://roundabout/bare.html', 'bare')
    const ways = await page.evaluate(
      async ([http, port, udpPort]) => {
        const loads = (tag: 'img' | 'script') =>
          new Promise<void>((resolve) => {
            const element = document.createElement(tag)
            element.onload = element.onerror = () => resolve()
            element.src = http
            document.body.append(element)
          })
        await Promise.allSettled([fetch(http), loads('img'), loads('script')])
        const socket = new WebSocket(http.replace('http', 'ws'))
        await new Promise((resolve) => socket.addEventListener('close', resolve))
        const peer = new RTCPeerConnection({
          iceServers: [
            { urls: `stun:127.0.0.1:${udpPort}` },
            { urls: `turn:127.0.0.1:${port}?transport=tcp`, username: 'a', credential: 'b' },
          ],
        })
        peer.createDataChannel('out')
        const found: unknown[] = []
        const searched = new Promise<void>((resolve) => {
          peer.onicecandidate = ({ candidate }) => (candidate ? found.push(candidate) : resolve())
        })
        await peer.setLocalDescription(await peer.createOffer())
        await searched
        return found
      },
      [addresses.http, addresses.port, addresses.udp] as const,
    )
    expect(ways).toEqual([])
    for (const kind of ['xhr', 'script', 'image', 'webSocket']) {
      await expect.poll(app.log).toContain(`A request (${kind}) for `)
    }
    expect(reached).toEqual([])
    await page.close()
  })

  test('looks up no name', async ({ app }) => {
    for (const name of ['localhost', '127.0.0.1', 'example.org']) {
      const answer = app.electron.evaluate(
        ({ session }, host) => session.defaultSession.resolveHost(host),
        name,
      )
      await expect(answer).rejects.toThrow('ERR_NAME_NOT_RESOLVED')
    }
  })

  test('is not led away by a form, a refresh, a link or a redirect, in no frame', async ({
    app,
  }) => {
    const { page } = await app.open('app://roundabout/index.html', 'bare')
    await expectTold(app, 'Navigation to https://form.invalid/ was', () => submitForm(page))
    await expectTold(app, 'Navigation to https://link.invalid/ was', () => follow(page))
    await expectTold(app, 'Navigation of an inner frame to', () =>
      page.evaluate((to) => {
        const frame = document.createElement('iframe')
        frame.src = to
        document.body.append(frame)
      }, 'app://roundabout/bare.html'),
    )
    await page.close()
    expect(await app.fail('app://roundabout/redirect.html', 'bare')).toContain('ERR_')
  })

  test('opens no window, by the app’s own word', async ({ app }) => {
    const { page } = await app.open('app://roundabout/index.html', 'bare')
    const places = new Map([
      [OWN, 'app://roundabout/…'],
      ['about:blank', 'about:…'],
    ])
    const placeOf = (address: string) => places.get(address) ?? address
    await openWindows(app, page, (address) => `A new window for ${placeOf(address)} was refused.`)
    await page.close()
  })

  test('saves nothing but what it has made', async ({ app }) => {
    const { page } = await app.open('app://roundabout/index.html', 'bare')
    await expectTold(app, 'A download of data:… was refused.', () =>
      page.evaluate(() => {
        const link = document.createElement('a')
        Object.assign(link, { href: 'data:text/plain,there', download: 'there' })
        link.click()
      }),
    )
    await page.close()
  })

  test('cannot keep its window from being closed', async ({ app }) => {
    const { page, id } = await app.open('app://roundabout/index.html', 'bare')
    await page.evaluate(() => {
      addEventListener('beforeunload', (event) => event.preventDefault())
    })
    const closed = page.waitForEvent('close')
    await expectTold(app, 'The page wanted to stay open: that was refused.', async () => {
      await app.electron.evaluate(({ BrowserWindow, webContents }, own) => {
        const contents = webContents.fromId(own)
        if (contents) BrowserWindow.fromWebContents(contents)?.close()
      }, id)
    })
    await closed
  })

  test('is given nothing of the system, by the app’s own word', async ({ app }) => {
    const { page } = await app.open('app://roundabout/bare.html', 'bare')
    expect(await askForEverything(page, false)).toEqual(['clipboard-write'])
    for (const name of ['geolocation', 'media', 'midi', 'notifications', 'clipboard-read']) {
      await expect
        .poll(app.log)
        .toMatch(new RegExp(`permission "${name}" (was refused|is not given)`))
    }
    await page.close()
  })

  test('has no other page’s address to itself, and no file', async ({ app }) => {
    for (const address of ['file:///etc/hostname', 'data:text/html,there', addresses.http, AWAY]) {
      expect(await app.fail(address), address).toContain('ERR_')
    }
    expect(reached).toEqual([])
  })
})

test('and after all of it a server is added, and messages cross the proxy', async ({ app }) => {
  await expectToServe(app)
})

/** Expects these words in the log, or on the page's console if Chromium refuses by itself. */
async function expectTold(app: AttackedApp, words: string | RegExp, act: () => Promise<unknown>) {
  const before = app.told().length
  await act()
  await expect.poll(() => app.told().slice(before), { timeout: 5_000 }).toMatch(words)
}

/** Tries each way to another window; `refused` are the words for one that a script opens. */
async function openWindows(app: AttackedApp, page: Page, refused: (address: string) => string) {
  const windows = app.electron.windows().length
  for (const address of [AWAY, OWN, 'about:blank']) {
    await expectTold(app, refused(address), async () => {
      expect(await page.evaluate((to) => window.open(to) === null, address)).toBe(true)
    })
  }
  for (const [place, how] of [
    { button: 'middle' as const },
    { modifiers: ['Shift' as const] },
    {},
  ].entries()) {
    const address = `https://click-${place}.invalid/`
    // Chromium asks the app about some clicks, whatever the page's policy says.
    const words = new RegExp(`(Blocked opening '|A new window for )${address}`)
    await expectTold(app, words, async () => {
      await page.evaluate((to) => {
        const link = document.createElement('a')
        Object.assign(link, { href: to, id: 'out', target: '_blank', textContent: 'out' })
        link.style.cssText = 'position: fixed; inset: 0; z-index: 99999'
        document.body.append(link)
      }, address)
      await page.click('#out', how)
      await page.evaluate(() => document.querySelector('#out')?.remove())
    })
  }
  expect(app.electron.windows()).toHaveLength(windows)
}

const submitForm = (page: Page) =>
  page.evaluate(() => {
    const form = document.createElement('form')
    Object.assign(form, { method: 'post', action: 'https://form.invalid/' })
    document.body.append(form)
    form.submit()
  })

const refresh = (page: Page) =>
  page.evaluate(() => {
    const meta = document.createElement('meta')
    Object.assign(meta, { httpEquiv: 'refresh', content: '0;url=https://refresh.invalid/' })
    document.head.append(meta)
  })

const follow = (page: Page) =>
  page.evaluate(() => {
    const link = document.createElement('a')
    Object.assign(link, { href: 'https://link.invalid/', target: '_top' })
    document.body.append(link)
    link.click()
  })

/**
 * Requests everything that a page can request, and returns what it gets; `devices`: connected
 * devices too.
 */
async function askForEverything(page: Page, devices: boolean): Promise<string[]> {
  return page.evaluate(async (withDevices) => {
    const asks: Record<string, () => Promise<unknown>> = {
      geolocation: () =>
        new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, reject)),
      notifications: async () => {
        if ((await Notification.requestPermission()) !== 'granted') throw new Error()
      },
      camera: () => navigator.mediaDevices.getUserMedia({ video: true }),
      microphone: () => navigator.mediaDevices.getUserMedia({ audio: true }),
      screen: () => navigator.mediaDevices.getDisplayMedia({ video: true }),
      midi: () => navigator.requestMIDIAccess({ sysex: true }),
      'clipboard-read': () => navigator.clipboard.readText(),
      'clipboard-write': () => navigator.clipboard.writeText('written'),
      'persistent-storage': async () => {
        if (!(await navigator.storage.persist())) throw new Error()
      },
      'wake-lock': () => navigator.wakeLock.request('screen'),
      'service-worker': () => navigator.serviceWorker.register('/worker.js'),
      idle: async () => {
        const state = await Reflect.get(window, 'IdleDetector').requestPermission()
        if (state !== 'granted') throw new Error()
      },
      screens: () => Reflect.get(window, 'getScreenDetails').call(window),
      fonts: async () => {
        const fonts = await Reflect.get(window, 'queryLocalFonts').call(window)
        if (fonts.length === 0) throw new Error()
      },
    }
    const devices: typeof asks = {
      serial: () => Reflect.get(navigator, 'serial').requestPort(),
      usb: () => Reflect.get(navigator, 'usb').requestDevice({ filters: [] }),
      hid: async () => {
        const devices = await Reflect.get(navigator, 'hid').requestDevice({ filters: [] })
        if (devices.length === 0) throw new Error()
      },
      bluetooth: () =>
        Reflect.get(navigator, 'bluetooth').requestDevice({ acceptAllDevices: true }),
    }
    const given: string[] = []
    for (const [name, ask] of Object.entries(withDevices ? { ...asks, ...devices } : asks)) {
      await Promise.resolve()
        .then(ask)
        .then(
          () => given.push(name),
          () => {},
        )
    }
    const states = [
      'camera',
      'geolocation',
      'microphone',
      'midi',
      'notifications',
      'clipboard-read',
    ]
    for (const name of states) {
      const { state } = await navigator.permissions.query({ name: name as PermissionName })
      if (state !== 'denied') given.push(`${name} (${state})`)
    }
    return given
  }, devices)
}
