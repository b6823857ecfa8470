// The deb in ordinary use: installed, started from the menu and by a double click as an ordinary
// user with the sandbox on, and removed while it runs. The tests of this file are consecutive
// steps.
import { execFileSync } from 'node:child_process'
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { ask, hashOf } from './exchange'
import { createPerson, type Person } from './person'
import { mainsOf, portsOf, processesOf, sandboxOf } from './processes'

const APP = '/usr/lib/roundabout'
const ENTRY = '/usr/share/applications/roundabout.desktop'
const RESULTS = resolve(import.meta.dirname, '../../test-results')
/** Starting takes seconds, and much longer while all processors are busy. */
const PATIENT = { timeout: 60_000, interval: 100 }
/** The proxy's port, which is the lowest, those of the classic pool's four servers, and the one in front of these. */
const LAB_PORTS = 6
const { deb } = inject('packages')

const installedBefore = existsSync(APP) || isInstalled()
let person: Person
/** All files that the package installs. */
let files: string[]

describe.skipIf(installedBefore)('the deb', () => {
  beforeAll(async () => {
    person = await createPerson()
    execFileSync('dpkg', ['--install', deb], { stdio: 'pipe' })
    files = dpkg('--listfiles').filter((path) => !lstatSync(path).isDirectory())
  })

  afterAll(async () => {
    if (isInstalled()) execFileSync('dpkg', ['--remove', 'roundabout'], { stdio: 'pipe' })
    await person?.leave()
  })

  it('has an entry that desktops take', () => {
    expect(execFileSync('desktop-file-validate', [ENTRY], { encoding: 'utf8' })).toBe('')
    expect(readFileSync(ENTRY, 'utf8')).toMatch(/^Exec=roundabout %F$/m)
  })

  it.each([
    ['a recording by its name', 'one.roundabout', 'recording', 'x'],
    ['a recording by how it begins', 'renamed', 'recording', 'RNDABOUT\r\n\u001a\n'],
    ['a scenario', 'two.roundabout-scenario', 'scenario+json', '{}'],
  ])('makes %s known, and itself the program that opens it', (_, name, kind, content) => {
    const type = `application/x-roundabout-${kind}`
    const file = person.put(name, content)
    const about = person.run('gio', 'info', '--attributes', 'standard::content-type', file)
    expect(about).toContain(`standard::content-type: ${type}`)
    expect(person.run('xdg-mime', 'query', 'default', type)).toBe('roundabout.desktop\n')
  })

  it('starts from its entry, as an ordinary user, with no word about sandboxes', async () => {
    await person.launch('gio', 'launch', ENTRY)
    await vi.waitFor(
      () => expect(person.windows()).toContainEqual(expect.stringMatching(/Roundabout$/)),
      PATIENT,
    )
    await vi.waitFor(() => expect(portsOf(main())).toHaveLength(LAB_PORTS), PATIENT)
    const all = processesOf(APP)
    expect(all.filter(({ command }) => command.includes('no-sandbox'))).toEqual([])
    for (const { pid } of all) {
      expect(lstatSync(`/proc/${pid}`).uid).not.toBe(0)
    }
  })

  it('keeps its page in a sandbox of namespaces and a filter of system calls', async () => {
    // The filter is set shortly after the process has started.
    await vi.waitFor(() => {
      expect(renderers()).not.toEqual([])
      const outside = sandboxOf(main())
      for (const pid of renderers()) {
        const inside = sandboxOf(pid)
        expect(inside).toMatchObject({ seccomp: 2, noNewPrivileges: 1 })
        expect(inside.processes).not.toBe(outside.processes)
        expect(inside.network).not.toBe(outside.network)
      }
    }, PATIENT)
  })

  it('passes its first run: the classic pool answers, and the window shows it', async () => {
    const [port = 0] = portsOf(main())
    expect(await ask(port, 'hello')).toMatchObject({ type: 2, payload: hashOf('hello') })
    await vi.waitFor(async () => {
      const { png, colours } = await person.look()
      mkdirSync(RESULTS, { recursive: true })
      writeFileSync(join(RESULTS, 'package-first-run.png'), png)
      expect(colours).toBeGreaterThan(100)
    }, PATIENT)
  })

  it('hands a file that is double-clicked over to the window that is open', async () => {
    const first = main()
    const file = person.put('lesson.roundabout', 'RNDABOUT\r\n\u001a\n')
    await person.launch('gio', 'open', file)
    const second = await vi.waitFor(() => {
      const other = mainsOf(APP).find(({ command }) => command.includes(file))
      expect(other).toBeDefined()
      return other
    }, PATIENT)
    await vi.waitFor(() => expect(existsSync(`/proc/${second?.pid}`)).toBe(false), PATIENT)
    expect(main()).toBe(first)
  })

  it('leaves a running app alone when it is updated', () => {
    const before = main()
    execFileSync('/var/lib/dpkg/info/roundabout.prerm', ['upgrade', '9.9.9'])
    expect(main()).toBe(before)
    expect(portsOf(before)).toHaveLength(LAB_PORTS)
  })

  it('is ended politely before its files go', async () => {
    const [port = 0] = portsOf(main())
    execFileSync('/var/lib/dpkg/info/roundabout.prerm', ['remove'])
    expect(processesOf(APP)).toEqual([])
    await expect(ask(port, 'anybody there')).rejects.toThrow('ECONNREFUSED')
    // The app closed its session: it is kept, and no crash will be reported.
    const folder = join(person.home, '.config/Roundabout/recordings')
    const labels = readdirSync(folder).filter((name) => /^session-.*\.json$/.test(name))
    expect(labels.map((name) => readFileSync(join(folder, name), 'utf8'))).toEqual([
      expect.stringMatching(/"closed": ?true/),
    ])
  })

  it('has a sandbox without user namespaces, too, where a system forbids them', async () => {
    person.start('/usr/bin/roundabout', ['--disable-namespace-sandbox'])
    // The filter is set shortly after the process has started.
    await vi.waitFor(() => {
      expect(renderers()).not.toEqual([])
      const outside = sandboxOf(main())
      for (const pid of renderers()) {
        const inside = sandboxOf(pid)
        expect(inside).toMatchObject({ seccomp: 2, noNewPrivileges: 1, user: outside.user })
        expect(inside.processes).not.toBe(outside.processes)
      }
    }, PATIENT)
    await vi.waitFor(() => expect(portsOf(main())).toHaveLength(LAB_PORTS), PATIENT)
    execFileSync('/var/lib/dpkg/info/roundabout.prerm', ['remove'])
  })

  it('can be used: a server is added by hand', async () => {
    const app = person.start('/usr/bin/roundabout', ['--remote-debugging-port=0'])
    const address = await vi.waitFor(() => {
      const found = app.output().match(/DevTools listening on (ws:\S+)/)?.[1]
      expect(found).toBeDefined()
      return found ?? ''
    }, PATIENT)
    // Electron has no browser contexts, which Playwright would set up by itself.
    const browser = await chromium.connectOverCDP(address, { noDefaults: true })
    const page = await vi.waitFor(() => {
      const found = browser.contexts()[0]?.pages()[0]
      expect(found).toBeDefined()
      return found as NonNullable<typeof found>
    }, PATIENT)
    await page.getByRole('button', { name: 'Add server', exact: true }).click()
    await page.getByRole('button', { name: /^Server 1001,/ }).waitFor()
    await browser.close()
  })

  it('goes without a trace while it runs, even where it no longer listens', async () => {
    await vi.waitFor(() => expect(mainsOf(APP)).toHaveLength(1), PATIENT)
    process.kill(main(), 'SIGSTOP')
    execFileSync('dpkg', ['--remove', 'roundabout'], { stdio: 'pipe' })
    expect(processesOf(APP)).toEqual([])
    // The system marks the path of a deleted program that still runs.
    expect(processesOf(`${APP} (deleted)`)).toEqual([])
    expect(files.length).toBeGreaterThan(20)
    expect(files.filter((path) => existsSync(path))).toEqual([])
    expect(existsSync(APP)).toBe(false)
    const type = 'application/x-roundabout-recording'
    expect(person.run('xdg-mime', 'query', 'default', type)).toBe('')
  })

  it('leaves what is the person’s own', () => {
    expect(existsSync(join(person.home, '.config/Roundabout'))).toBe(true)
  })
})

if (installedBefore) {
  it.skip('is not tried over a Roundabout that somebody has installed on this machine')
}

/** The one running app. */
function main(): number {
  const mains = mainsOf(APP)
  if (mains.length !== 1) throw new Error(`${mains.length} apps are running.`)
  return mains[0]?.pid ?? 0
}

function renderers(): number[] {
  return processesOf(APP)
    .filter(({ type }) => type === 'renderer')
    .map(({ pid }) => pid)
}

function dpkg(action: string): string[] {
  const args = [action, 'roundabout']
  return execFileSync('dpkg', args, { encoding: 'utf8', stdio: 'pipe' }).trim().split('\n')
}

function isInstalled(): boolean {
  try {
    return dpkg('--status').some((line) => /^Status: .* installed$/.test(line))
  } catch {
    return false
  }
}
