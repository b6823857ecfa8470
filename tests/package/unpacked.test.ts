// The tar.gz in ordinary use: unpacked into a home and started there, with the sandbox on; and what
// its fuses keep outsiders from making the program do.
import { execFileSync, spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses'
import { afterAll, afterEach, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { createPerson, type Person } from './person'
import { mainsOf, portsOf, processesOf, sandboxOf } from './processes'

const PATIENT = { timeout: 60_000, interval: 100 }
/** The proxy's port, those of the classic pool's four servers, and the one in front of these. */
const LAB_PORTS = 6
const { tarball } = inject('packages')
let person: Person
let folder: string

beforeAll(async () => {
  person = await createPerson()
  person.run('tar', 'xzf', tarball)
  folder = join(person.home, person.run('ls').match(/^roundabout-\S+$/m)?.[0] ?? '')
})

afterEach(() => {
  for (const { pid } of processesOf(person.home)) process.kill(pid, 'SIGKILL')
})

afterAll(() => person?.leave())

/**
 * Without user namespaces an app that root has not installed has no sandbox, and Chromium refuses
 * to start.
 */
const namespaces = () => {
  const { status } = spawnSync('setpriv', [
    ...['--reuid', 'nobody', '--regid', 'nogroup', '--clear-groups'],
    ...['unshare', '--user', 'true'],
  ])
  return status === 0
}

describe.skipIf(!namespaces())('the tar.gz, where users may make namespaces', () => {
  it('starts where it is unpacked, with its page in a sandbox', async () => {
    person.start(join(folder, 'roundabout'))
    // The filter is set shortly after the process has started.
    await vi.waitFor(() => {
      expect(renderers()).not.toEqual([])
      const outside = sandboxOf(main())
      for (const pid of renderers()) {
        const inside = sandboxOf(pid)
        expect(inside).toMatchObject({ seccomp: 2, noNewPrivileges: 1 })
        expect(inside.user).not.toBe(outside.user)
        expect(inside.processes).not.toBe(outside.processes)
      }
    }, PATIENT)
    await vi.waitFor(() => expect(portsOf(main())).toHaveLength(LAB_PORTS), PATIENT)
  })

  it('runs no script of another’s as Node, from NODE_OPTIONS, or through an inspector', async () => {
    const marks = tryToTakeOver(folder)
    await vi.waitFor(
      () => expect(person.windows()).toContainEqual(expect.stringMatching(/Roundabout$/)),
      PATIENT,
    )
    expect(marks().ranAsNode).toBe(false)
    expect(marks().ranOptions).toBe(false)
    // No ports but the lab's own.
    await vi.waitFor(() => expect(portsOf(main())).toHaveLength(LAB_PORTS), PATIENT)
    expect(marks().output).not.toContain('Debugger listening')
  })

  it('loads no app but its own archive', async () => {
    const copy = copyOf('loose')
    const mark = plantLooseApp(copy)
    const { process: child } = person.start(join(copy, 'roundabout'))
    await vi.waitFor(
      () => expect(child.exitCode !== null || person.windows().length > 0).toBe(true),
      PATIENT,
    )
    expect(existsSync(mark)).toBe(false)
  })

  it('would do all of it with its fuses the other way, so that these tests see it', async () => {
    const copy = copyOf('unfused')
    await flipFuses(join(copy, 'roundabout'), {
      version: FuseVersion.V1,
      [FuseV1Options.RunAsNode]: true,
      [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: true,
      [FuseV1Options.EnableNodeCliInspectArguments]: true,
      [FuseV1Options.OnlyLoadAppFromAsar]: false,
    })
    const node = tryToTakeOver(copy)
    await vi.waitFor(
      () => expect(node()).toMatchObject({ ranAsNode: true, ranOptions: true }),
      PATIENT,
    )

    const inspected = person.start(join(copy, 'roundabout'), ['--inspect=127.0.0.1:0'])
    await vi.waitFor(() => expect(inspected.output()).toContain('Debugger listening'), PATIENT)
    inspected.process.kill('SIGKILL')

    const mark = plantLooseApp(copy)
    person.start(join(copy, 'roundabout'))
    await vi.waitFor(() => expect(existsSync(mark)).toBe(true), PATIENT)
  })
})

describe('the command line of the tar.gz, without a display', () => {
  const roundabout = (...args: string[]) =>
    person.start(join(folder, 'roundabout'), args, { DISPLAY: '', XDG_RUNTIME_DIR: '' })

  it('plays a scenario as the clone does, and gives the exit status', async () => {
    const name = 'fewest-in-flight.roundabout-scenario'
    const scenario = readFileSync(join(import.meta.dirname, '../../examples', name))
    person.put(name, scenario)
    const played = roundabout('run', name, '--json')
    await vi.waitFor(() => expect(played.process.exitCode).toBe(0), PATIENT)
    const [line = ''] = played.output().match(/^\{.*\}$/m) ?? []
    expect(JSON.parse(line).messages).toMatchObject({ sent: 12, answered: 12 })
    const wrong = roundabout('rnu')
    await vi.waitFor(() => expect(wrong.process.exitCode).toBe(2), PATIENT)
    expect(wrong.output()).toContain('There is no command "rnu". Is "run" meant?')
  })

  it('runs the programs of the homework, which end in order on Ctrl+C', async () => {
    const proxy = roundabout('proxy', '-port', '0')
    const port = () => /Listening on .* port (\d+)/.exec(proxy.output())?.[1] ?? ''
    await vi.waitFor(() => expect(port()).not.toBe(''), PATIENT)
    const args = ['-id', '100', '-pp', '111', '-listen', '0', '-revproc', port()]
    const server = roundabout('server', ...args)
    await vi.waitFor(() => expect(proxy.output()).toContain('from server 100 '), PATIENT)
    const client = roundabout('client', '-id', '1', '-pp', '111', '-revproc', port())
    await vi.waitFor(() => expect(client.process.exitCode).toBe(0), PATIENT)
    expect(client.output()).toContain('Hash of payload is correct')
    for (const program of [server, proxy]) {
      program.process.kill('SIGINT')
      await vi.waitFor(() => expect(program.process.exitCode).toBe(0), PATIENT)
    }
  })
})

/** Starts the program in a way that would make it run a foreign script. */
function tryToTakeOver(app: string) {
  const asNode = join(person.home, 'ran-as-node')
  const byOptions = join(person.home, 'ran-by-options')
  for (const mark of [asNode, byOptions]) rmSync(mark, { force: true })
  const script = (mark: string) => `require('fs').writeFileSync(${JSON.stringify(mark)}, '')`
  const required = person.put('required.cjs', script(byOptions))
  const run = person.put('run.cjs', script(asNode))
  const started = person.start(join(app, 'roundabout'), ['--inspect=127.0.0.1:0', run], {
    ELECTRON_RUN_AS_NODE: '1',
    NODE_OPTIONS: `--require ${required}`,
  })
  return () => ({
    ranAsNode: existsSync(asNode),
    ranOptions: existsSync(byOptions),
    output: started.output(),
  })
}

function copyOf(name: string): string {
  const copy = join(person.home, name)
  cpSync(folder, copy, { recursive: true })
  return copy
}

/**
 * Replaces the archive by a folder with a foreign app; returns the file that this app would write.
 */
function plantLooseApp(app: string): string {
  const mark = join(person.home, 'loose-app-ran')
  const loose = join(app, 'resources/app')
  renameSync(join(app, 'resources/app.asar'), join(app, 'resources/moved.asar'))
  mkdirSync(loose)
  writeFileSync(join(loose, 'package.json'), '{"name":"loose","main":"main.cjs"}')
  writeFileSync(
    join(loose, 'main.cjs'),
    `require('fs').writeFileSync(${JSON.stringify(mark)}, '')\nrequire('electron').app.quit()\n`,
  )
  execFileSync('chmod', ['-R', 'a+rX', loose])
  return mark
}

/** The one running app. */
function main(): number {
  const mains = mainsOf(person.home)
  if (mains.length !== 1) throw new Error(`${mains.length} apps are running.`)
  return mains[0]?.pid ?? 0
}

function renderers(): number[] {
  return processesOf(person.home)
    .filter(({ type }) => type === 'renderer')
    .map(({ pid }) => pid)
}
