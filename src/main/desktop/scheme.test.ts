import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { APP_SCHEME, APP_URL, filePath, serveFolder } from './scheme'

it('has no right but to be a secure origin of its own, to be fetched from, and to be kept compiled', () => {
  expect(APP_SCHEME.privileges).toEqual({
    standard: true,
    secure: true,
    supportFetchAPI: true,
    codeCache: true,
  })
})

describe('filePath', () => {
  const folder = join('/', 'opt', 'renderer')

  it('finds files in the folder', () => {
    expect(filePath(folder, APP_URL)).toBe(join(folder, 'index.html'))
    expect(filePath(folder, 'app://roundabout/assets/index-B_x-1.js?x#y')).toBe(
      join(folder, 'assets', 'index-B_x-1.js'),
    )
  })

  it.each([
    'app://roundabout/%2e%2e%2fsecret.js',
    'app://roundabout/..%2f..%2fetc/secret.js',
    'app://roundabout/assets/..%2f..%2f..%2fsecret.js',
    'app://roundabout/..%2frenderer-of-another/secret.js',
    'app://elsewhere/index.html',
    'file:///opt/renderer/index.html',
    'app://roundabout/%00.js',
    'app://roundabout/%zz',
    'app://roundabout/..%5c..%5csecret.js',
    'app://roundabout/%5c%5cserver%5cshare%5csecret.js',
    'app://roundabout//server/share/secret.js',
    'app://roundabout/C:/secret.js',
    'app://roundabout/index.html:secret.js',
    'app://roundabout/.secret.js',
    'app://roundabout/assets/a%20b.js',
    'app://somebody@elsewhere/index.html',
    'nonsense',
  ])('refuses %s', (address) => expect(filePath(folder, address)).toBeUndefined())
})

describe('serveFolder', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'roundabout-scheme-'))
    writeFileSync(join(folder, 'index.html'), '<title>Roundabout</title>')
    writeFileSync(join(folder, 'notes.txt'), 'not served')
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it('serves the page under the strict headers', async () => {
    const response = await serveFolder(folder)(new Request(APP_URL))
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(await response.text()).toBe('<title>Roundabout</title>')
  })

  it.each([
    ['a missing file', 'app://roundabout/missing.js', 'GET', 404],
    ['a kind of file that the app has none of', 'app://roundabout/notes.txt', 'GET', 404],
    ['a folder', 'app://roundabout/', 'GET', 404],
    ['anything but GET', APP_URL, 'POST', 405],
  ])('refuses %s', async (_, url, method, status) => {
    const response = await serveFolder(folder)(new Request(url, { method }))
    expect(response.status).toBe(status)
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
  })
})
