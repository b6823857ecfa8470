// A page of another origin, in the same browser as the app, tries to take part in the lab through the proxy’s port: with
// everything that sends bytes from a page without asking.
import { createServer } from 'node:http'
import type { Page } from 'playwright-core'
import { expect, onTestFinished } from 'vitest'
import { type App, appTest } from './app'
import { packets, proxyPort, switchingTable } from './screen'

const test = appTest({ latencyMs: 0, scope: 'file' })

const REGISTRATION = '{"type":1,"id":666,"privPolyId":111,"listenport":4444}'

/** Opens an empty page of another origin: another port. */
async function openForeignPage(app: App): Promise<Page> {
  const server = createServer((_, response) => {
    response.setHeader('Content-Type', 'text/html').end('<!doctype html><title>Elsewhere</title>')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('No port was given.')
  const page = await app.page.context().newPage()
  onTestFinished(() => page.close())
  await page.goto(`http://127.0.0.1:${address.port}/`)
  return page
}

test('a page of another origin registers no server, whichever way it sends', async ({ app }) => {
  const port = await proxyPort(app.page)
  const before = await switchingTable(app.page)
  const page = await openForeignPage(app)
  const tried = await page.evaluate(attack, { target: `127.0.0.1:${port}`, text: REGISTRATION })
  expect(tried).toEqual({
    'fetch text/plain': 'refused',
    'fetch urlencoded': 'refused',
    'fetch blob': 'refused',
    'fetch with credentials': 'refused',
    'fetch that reads': 'refused',
    'fetch json': 'refused',
    'fetch in a path': 'refused',
    'fetch over TLS': 'refused',
    beacon: 'sent',
    XMLHttpRequest: 'refused',
    WebSocket: 'refused',
    'WebSocket over TLS': 'refused',
    EventSource: 'refused',
    image: 'refused',
  })

  // A form’s text/plain body is NAME=VALUE, so that the registration stands in it as it is.
  await page.evaluate(
    ({ target, text }) => {
      const form = document.createElement('form')
      form.method = 'post'
      form.enctype = 'text/plain'
      form.action = `http://${target}/`
      const field = document.createElement('input')
      field.name = text.replace('}', ',"x":"')
      field.value = '"}'
      form.append(field)
      document.body.append(form)
      form.submit()
    },
    { target: `127.0.0.1:${port}`, text: REGISTRATION },
  )
  // The person who sees the answer reads what this port is, and where the app is.
  await page.getByText('This is the proxy of Roundabout').waitFor()
  const shown = (await page.textContent('body')) ?? ''
  expect(shown).toContain('These bytes are an HTTP request.')
  expect(shown).toContain(`the app is at ${new URL(app.url ?? '').origin}/`)
  expect(shown).not.toContain(new URL(app.url ?? '').searchParams.get('token'))

  await app.page.bringToFront()
  const rows = await packets(app.page)
  const answers = rows.filter(({ Type, From }) => Type === 'error' && From === 'proxy')
  expect(answers.length).toBeGreaterThan(10)
  // A message that was read would be a packet of its own type.
  expect(
    rows.filter(({ Type, From }) => Type === 'registration' && /666/.test(From ?? '')),
  ).toEqual([])
  expect(await switchingTable(app.page)).toEqual(before)
})

/** Runs in the page. */
async function attack({ target, text }: { target: string; text: string }) {
  const url = `http://${target}/`
  const outcome = (promise: Promise<Response>): Promise<string> =>
    promise.then(
      ({ type }) => type,
      () => 'refused',
    )
  const post = (body: BodyInit, init: RequestInit = {}, to = url) =>
    outcome(fetch(to, { method: 'POST', mode: 'no-cors', body, ...init }))
  const tried: Record<string, string> = {}
  tried['fetch text/plain'] = await post(text, { headers: { 'Content-Type': 'text/plain' } })
  tried['fetch urlencoded'] = await post(new URLSearchParams({ [text]: text }))
  tried['fetch blob'] = await post(new Blob([text]))
  tried['fetch with credentials'] = await post(text, { credentials: 'include' })
  tried['fetch that reads'] = await post(text, { mode: 'cors' })
  tried['fetch json'] = await post(text, {
    mode: 'cors',
    headers: { 'Content-Type': 'application/json', 'X-Text': text },
  })
  tried['fetch in a path'] = await outcome(fetch(`${url}${text}?${text}`, { mode: 'no-cors' }))
  tried['fetch over TLS'] = await post(text, {}, `https://${target}/`)
  tried.beacon = navigator.sendBeacon(url, text) ? 'sent' : 'refused'
  tried.XMLHttpRequest = await new Promise((resolve) => {
    const request = new XMLHttpRequest()
    request.onload = () => resolve('read')
    request.onerror = () => resolve('refused')
    request.open('POST', url)
    request.send(text)
  })
  const opened = (socket: WebSocket | EventSource): Promise<string> =>
    new Promise((resolve) => {
      socket.onopen = () => resolve('open')
      socket.onerror = () => {
        socket.close()
        resolve('refused')
      }
    })
  tried.WebSocket = await opened(new WebSocket(`ws://${target}/`, 'registration'))
  tried['WebSocket over TLS'] = await opened(new WebSocket(`wss://${target}/`))
  tried.EventSource = await opened(new EventSource(url))
  tried.image = await new Promise((resolve) => {
    const image = new Image()
    image.onload = () => resolve('shown')
    image.onerror = () => resolve('refused')
    image.src = url
  })
  return tried
}
