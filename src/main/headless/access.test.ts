import { describe, expect, it } from 'vitest'
import { isOwnHost, isOwnOrigin, isToken, newToken } from './access'

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

describe('hosts and origins', () => {
  it('are loopback at this port', () => {
    expect(isOwnHost('127.0.0.1:5000', 5000)).toBe(true)
    expect(isOwnHost('localhost:5000', 5000)).toBe(true)
    expect(isOwnOrigin('http://127.0.0.1:5000', 5000)).toBe(true)
    expect(isOwnOrigin('http://localhost:5000', 5000)).toBe(true)
  })

  it.each([undefined, '', '127.0.0.1', '127.0.0.1:5001', 'rebound.example:5000'])(
    'refuse the host %j',
    (host) => expect(isOwnHost(host, 5000)).toBe(false),
  )

  it.each([
    undefined,
    'null',
    'https://127.0.0.1:5000',
    'http://127.0.0.1:5001',
    'http://localhost:5000.example',
  ])('refuse the origin %j', (origin) => expect(isOwnOrigin(origin, 5000)).toBe(false))
})
