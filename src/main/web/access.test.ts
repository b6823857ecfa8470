import { describe, expect, it } from 'vitest'
import { isOwnHost, isToken, newToken, refusalOf } from './access'

describe('tokens', () => {
  it('are at least 32 hex digits and never the same', () => {
    const [first, second] = [newToken(), newToken()]
    expect(first).toMatch(/^[0-9a-f]{32,}$/)
    expect(first).not.toBe(second)
  })

  it.each([null, '', 'x', '0'.repeat(48), '0'.repeat(4096)])('refuse %j', (given) => {
    expect(isToken(given, newToken())).toBe(false)
  })

  it('let themselves in', () => {
    const token = newToken()
    expect(isToken(token, token)).toBe(true)
  })
})

describe('hosts', () => {
  it('are loopback at this port, which goes unsaid where it is HTTP’s own', () => {
    expect(isOwnHost('127.0.0.1:5000', 5000)).toBe(true)
    expect(isOwnHost('localhost:5000', 5000)).toBe(true)
    expect(isOwnHost('127.0.0.1', 80)).toBe(true)
  })

  it.each([
    undefined,
    '',
    '127.0.0.1',
    '127.0.0.1:5001',
    'LOCALHOST:5000',
    'localhost.:5000',
    '[::1]:5000',
    '127.1:5000',
    '2130706433:5000',
    '127.0.0.1:5000:5000',
    'user@127.0.0.1:5000',
    '127.0.0.1:5000.example',
    'rebound.example:5000',
  ])('are not %j', (host) => expect(isOwnHost(host, 5000)).toBe(false))
})

type Headers = Record<string, string>

const ask = (headers: Headers, isSocket: boolean, url = '/') =>
  refusalOf({ url, headers, rawHeaders: Object.entries(headers).flat() }, 5000, isSocket)

const HOST = { host: '127.0.0.1:5000' }
const OWN = { ...HOST, origin: 'http://127.0.0.1:5000' }

describe('a request', () => {
  it.each<[string, Headers]>([
    ['of a program', HOST],
    ['of the page itself', { ...OWN, 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors' }],
    ['typed by a person', { ...HOST, 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' }],
    [
      'by a link elsewhere',
      {
        ...HOST,
        'sec-fetch-site': 'cross-site',
        'sec-fetch-mode': 'navigate',
        'sec-fetch-dest': 'document',
      },
    ],
  ])('%s may go on', (_, headers) => expect(ask(headers, false)).toBeUndefined())

  it.each<[string, number, Headers]>([
    ['no host', 400, {}],
    ['another host', 421, { host: 'rebound.example:5000' }],
    ['the origin of another port', 403, { ...HOST, origin: 'http://127.0.0.1:5001' }],
    ['the origin of a file', 403, { ...HOST, origin: 'null' }],
    ['the other name as its origin', 403, { ...HOST, origin: 'http://localhost:5000' }],
    ['a script of another site', 403, { ...HOST, 'sec-fetch-site': 'cross-site' }],
    [
      'a frame of another port',
      403,
      {
        ...HOST,
        'sec-fetch-site': 'same-site',
        'sec-fetch-mode': 'navigate',
        'sec-fetch-dest': 'iframe',
      },
    ],
  ])('with %s is refused', (_, status, headers) => {
    expect(ask(headers, false)).toMatchObject({ status, reason: expect.stringMatching(/\.$/) })
  })

  it.each(['http://127.0.0.1:5000/', 'http://rebound.example/', '*', '127.0.0.1:5000'])(
    'whose first line names %s is refused',
    (url) => expect(ask(HOST, false, url)).toMatchObject({ status: 400 }),
  )

  it('is reported without everything that it sent', () => {
    const refusal = ask({ host: 'x'.repeat(5_000) }, false)
    expect(refusal?.reason.length).toBeLessThan(200)
  })

  it('that names two hosts is refused, even where both are this one', () => {
    const rawHeaders = ['Host', HOST.host, 'HOST', HOST.host]
    const refusal = refusalOf({ url: '/', headers: HOST, rawHeaders }, 5000, false)
    expect(refusal).toMatchObject({ status: 400 })
  })
})

describe('a WebSocket', () => {
  it('comes from the page itself', () => {
    expect(ask(OWN, true)).toBeUndefined()
    expect(ask({ ...OWN, 'sec-fetch-site': 'same-origin' }, true)).toBeUndefined()
  })

  it.each<[string, Headers]>([
    ['no origin', HOST],
    ['the origin of a file', { ...HOST, origin: 'null' }],
    ['two origins', { ...HOST, origin: `${OWN.origin}, ${OWN.origin}` }],
    ['an origin that begins alike', { ...HOST, origin: `${OWN.origin}.example` }],
    ['an origin over TLS', { ...HOST, origin: 'https://127.0.0.1:5000' }],
    ['its own origin and a browser that says otherwise', { ...OWN, 'sec-fetch-site': 'same-site' }],
  ])('with %s is refused', (_, headers) => {
    expect(ask(headers, true)).toMatchObject({ status: 403 })
  })
})
