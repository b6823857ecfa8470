import { describe, expect, it } from 'vitest'
import { compare } from './explained.mjs'
import { scan } from './scan.mjs'

const rulesIn = async (file, content) =>
  (await scan([{ file, content }], '45.4.1'))
    .filter((one) => one.file === file)
    .map((one) => one.rule)

describe('scan', () => {
  it.each([
    ['contextIsolation: false', 'CONTEXT_ISOLATION_JS_CHECK'],
    ['sandbox: false', 'SANDBOX_JS_CHECK'],
    ['webSecurity: false', 'WEB_SECURITY_JS_CHECK'],
  ])('finds a window with %s', async (setting, rule) => {
    const content = `import { BrowserWindow } from 'electron'
      const window: BrowserWindow = new BrowserWindow({ webPreferences: { ${setting} } })`
    expect(await rulesIn('window.ts', content)).toContain(rule)
  })

  it('finds an address of the page that is opened outside', async () => {
    const content = `import { shell } from 'electron'
      export const open = (url: string) => shell.openExternal(url)`
    expect(await rulesIn('open.ts', content)).toEqual(['OPEN_EXTERNAL_JS_CHECK'])
  })

  it('finds a resource of the network in a page', async () => {
    const content = '<html><body><webview src="http://example.org"></webview></body></html>'
    expect(await rulesIn('index.html', content)).toContain('HTTP_RESOURCES_HTML_CHECK')
  })

  it('reads the newest TypeScript, with and without JSX', async () => {
    const content = `import { type Map } from './map'
      export const map = { a: 1 } as const satisfies Map
      export const View = ({ name }: { name: string }) => <p>{name}</p>`
    expect(await rulesIn('view.tsx', content)).toEqual([])
  })

  it('stops at a source that it cannot read', async () => {
    await expect(rulesIn('broken.ts', 'const = 1')).rejects.toThrow('Unexpected token')
  })
})

describe('compare', () => {
  const finding = { rule: 'PRELOAD_JS_CHECK', file: 'window.ts', line: 3, sample: 'preload,' }
  const entry = { rule: 'PRELOAD_JS_CHECK', file: 'window.ts', reason: 'It is thin.' }

  it('is content with a finding that has a reason', () => {
    expect(compare([finding], [entry])).toEqual([])
  })

  it('names a finding without a reason, wherever else the rule is explained', () => {
    const other = { ...entry, file: 'other-window.ts' }
    expect(compare([finding], [other])).toEqual([
      'PRELOAD_JS_CHECK in window.ts:3: preload,',
      'PRELOAD_JS_CHECK in other-window.ts is explained, but is found no longer.',
    ])
  })
})
