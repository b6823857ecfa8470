import type { Session } from 'electron'
import { beforeEach, describe, expect, it } from 'vitest'
import { isAllowed, refusePermissions } from './permissions'

const PAGE = 'app://roundabout/index.html'

it.each([
  ['clipboard-sanitized-write', PAGE, true, true],
  ['clipboard-sanitized-write', 'app://roundabout', true, true],
  ['clipboard-sanitized-write', PAGE, false, false],
  ['clipboard-sanitized-write', 'https://example.org/', true, false],
  ['clipboard-sanitized-write', '', true, false],
  ['fullscreen', PAGE, true, true],
  ['fullscreen', PAGE, false, false],
  ['fullscreen', 'https://example.org/', true, false],
  ['clipboard-read', PAGE, true, false],
  ['media', PAGE, true, false],
  ['something new', PAGE, true, false],
])('%s for %j, main frame %j: %j', (permission, address, isMainFrame, expected) => {
  expect(isAllowed(permission, address, isMainFrame, PAGE)).toBe(expected)
})

type Handler = (...args: unknown[]) => unknown

describe('a session', () => {
  let handlers: Record<'request' | 'check' | 'device', Handler>
  let warnings: string[]
  beforeEach(() => {
    warnings = []
    const missing = () => expect.fail('Nobody answers.')
    handlers = { request: missing, check: missing, device: missing }
    const session = {
      setPermissionRequestHandler: (handler: Handler) =>
        Object.assign(handlers, { request: handler }),
      setPermissionCheckHandler: (handler: Handler) => Object.assign(handlers, { check: handler }),
      setDevicePermissionHandler: (handler: Handler) =>
        Object.assign(handlers, { device: handler }),
    }
    refusePermissions(session as unknown as Session, PAGE, (text) => warnings.push(text))
  })

  /** The answer to a page that requests a permission. */
  function asked(permission: string, requestingUrl: string, isMainFrame = true): unknown {
    let answer: unknown
    const take = (allowed: boolean) => {
      answer = allowed
    }
    handlers.request(null, permission, take, { requestingUrl, isMainFrame })
    return answer
  }

  it('is given what is allowed, and asks for all else in vain', () => {
    expect(asked('clipboard-sanitized-write', PAGE)).toBe(true)
    expect(warnings).toEqual([])
    expect(asked('clipboard-sanitized-write', PAGE, false)).toBe(false)
    expect(asked('clipboard-sanitized-write', 'https://example.org/')).toBe(false)
    expect(asked('media', PAGE)).toBe(false)
    expect(warnings).toContain('The permission "media" was refused.')
  })

  it('has what is allowed, and nothing else; each refusal is logged once', () => {
    const has = (permission: string, origin: string, details: object) =>
      handlers.check(null, permission, origin, { isMainFrame: true, ...details })
    expect(has('clipboard-sanitized-write', '', { requestingUrl: PAGE })).toBe(true)
    // The origin decides if the address is unknown.
    expect(has('clipboard-sanitized-write', 'app://roundabout', {})).toBe(true)
    expect(warnings).toEqual([])
    expect(has('clipboard-sanitized-write', 'https://example.org', {})).toBe(false)
    expect(has('clipboard-sanitized-write', '', { requestingUrl: PAGE, isMainFrame: false })).toBe(
      false,
    )
    for (let time = 0; time < 3; time++)
      expect(has('midi', '', { requestingUrl: PAGE })).toBe(false)
    expect(warnings).toEqual([
      'The permission "clipboard-sanitized-write" is not given.',
      'The permission "midi" is not given.',
    ])
  })

  it('gets no device', () => {
    for (const deviceType of ['hid', 'serial', 'usb'])
      expect(handlers.device({ deviceType, origin: 'app://roundabout' })).toBe(false)
    expect(warnings).toHaveLength(3)
  })
})
