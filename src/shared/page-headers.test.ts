import { describe, expect, it } from 'vitest'
import { pageHeaders } from './page-headers'

const directives = (connect?: string) =>
  new Map(
    (pageHeaders(connect)['Content-Security-Policy'] ?? '')
      .split('; ')
      .map((directive) => [directive.split(' ')[0], directive.split(' ').slice(1)]),
  )

describe('the policy of the page', () => {
  it('allows nothing but the own files', () => {
    const policy = directives()
    expect(policy.get('default-src')).toEqual(["'none'"])
    expect(policy.get('script-src')).toEqual(["'self'"])
    expect(policy.get('style-src')).toEqual(["'self'"])
    expect(policy.get('connect-src')).toEqual(["'none'"])
    for (const name of ['base-uri', 'form-action', 'frame-ancestors']) {
      expect(policy.get(name)).toEqual(["'none'"])
    }
    expect([...policy.values()].flat().join()).not.toContain('unsafe')
  })

  it('lets the page call the address that it is given, and no other', () => {
    expect(directives('ws://127.0.0.1:1').get('connect-src')).toEqual([
      "'self'",
      'ws://127.0.0.1:1',
    ])
  })

  it('lets the desktop’s page open neither a dialog of the system nor a window', () => {
    expect(directives().get('sandbox')).toEqual([
      'allow-scripts',
      'allow-same-origin',
      'allow-forms',
      'allow-downloads',
    ])
    // Together with Cross-Origin-Opener-Policy, some browsers would refuse the page.
    expect(directives('ws://127.0.0.1:1').has('sandbox')).toBe(false)
  })

  it('takes no text as code', () => {
    expect(directives().get('require-trusted-types-for')).toEqual(["'script'"])
    expect(directives().get('trusted-types')).toEqual(['default'])
  })
})

it('refuses each feature of the system but writing to the clipboard and the full screen', () => {
  const features = pageHeaders()['Permissions-Policy']?.split(', ') ?? []
  expect(features.length).toBeGreaterThan(20)
  expect(features.filter((feature) => !feature.endsWith('=()'))).toEqual([
    'clipboard-write=(self)',
    'fullscreen=(self)',
  ])
})
