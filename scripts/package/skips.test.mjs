import { expect, it } from 'vitest'
import { canNotarize, unsignedNote } from './signing.mjs'
import { Skips, unreachable } from './skips.mjs'

it('fails where what was asked for by name is left out, and only there', () => {
  const skips = new Skips()
  skips.add('AppImage for x64', 'its tools are out of reach', false)
  expect(skips.exitCode).toBe(0)
  skips.add('rpm for x64', 'rpmbuild is missing: install it', true)
  skips.add('AppImage for arm64', 'its tools are out of reach', false)
  expect(skips.exitCode).toBe(1)
  expect(skips.lines).toContain('Skipped: rpm for x64, because rpmbuild is missing: install it.')
})

it('tells a download out of reach from a fault', () => {
  const refused = new Error('getaddrinfo ENOTFOUND example.org')
  expect(unreachable(refused)).toContain('ENOTFOUND example.org')
  expect(unreachable(new Error('ENOENT: no such file or directory'))).toBeUndefined()
})

it('says what is not signed, and how to', () => {
  const account = { APPLE_ID: 'a', APPLE_APP_SPECIFIC_PASSWORD: 'b', APPLE_TEAM_ID: 'c' }
  expect(unsignedNote('darwin', {})).toContain('CSC_LINK')
  expect(unsignedNote('darwin', account)).toContain('CSC_LINK')
  expect(unsignedNote('darwin', { CSC_NAME: 'd' })).toContain('not notarised')
  expect(unsignedNote('darwin', { CSC_NAME: 'd', ...account })).toBeUndefined()
  expect(unsignedNote('win32', {})).toContain('WIN_CSC_LINK')
  expect(unsignedNote('win32', { WIN_CSC_LINK: 'e' })).toBeUndefined()
  expect(unsignedNote('linux', {})).toBeUndefined()
  expect(canNotarize(account)).toBe(false)
})
