// A check for a window: its updates, and that nothing of the program is left when it ends.

import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { requirementsOf, startProgramCheck } from '../../src/main/check'
import type { ProgramCheckUpdate } from '../../src/shared/check/program-check'

/** Collects the updates until the last one. */
function checked(request: unknown) {
  const updates: ProgramCheckUpdate[] = []
  let begun = () => {}
  const hasBegun = new Promise<void>((resolve) => {
    begun = resolve
  })
  let running: ReturnType<typeof startProgramCheck> | undefined
  const last = new Promise<ProgramCheckUpdate>((resolve) => {
    running = startProgramCheck(request, (update) => {
      updates.push(update)
      if (update.kind === 'began') begun()
      if (update.kind === 'done' || update.kind === 'failed') resolve(update)
    })
  })
  return { updates, last, hasBegun, end: () => running?.end() }
}

/** A folder with a program of Node's in it. */
async function folderWith(name: string, source: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'program-check-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await writeFile(join(folder, name), source)
  return folder
}

const node = (file: string) => `"${process.execPath}" ${file} {port}`

it('tells what will be tried, the dialect, each requirement, and that it is done', async () => {
  const folder = join(import.meta.dirname, 'programs')
  const command = `"${process.execPath}" proxy.mjs -port {port}`
  const { updates, last } = checked({ program: 'proxy', command, folder })
  expect((await last).kind).toBe('done')
  expect(updates[0]).toMatchObject({ kind: 'began' })
  expect(updates[1]).toEqual({ kind: 'dialect', dialect: 'as assigned' })
  const ids = updates.flatMap((update) =>
    update.kind === 'checked' ? [`${update.requirement.id} ${update.requirement.outcome}`] : [],
  )
  expect(ids.toSorted()).toEqual(
    requirementsOf('proxy')
      .map(({ id }) => `${id} passed`)
      .toSorted(),
  )
}, 60_000)

it.each([
  [{ program: 'proxy' }, 'Give either a command or a port.'],
  [{ program: 'proxy', command: 'a {port}', port: 2100 }, 'Give either a command or a port.'],
  [{ program: 'gateway', command: 'a' }, 'program: '],
  [{ program: 'proxy', command: 'a' }, 'The command needs {port}'],
  [{ program: 'proxy', command: 'a {port}', folder: 'no such folder' }, 'There is no folder '],
  [{ program: 'proxy', command: 'no-such-program {port}' }, 'could not be started'],
  [{ program: 'server', port: 2100 }, 'A server is started by the check'],
])('refuses %j', async (request, reason) => {
  expect(await checked(request).last).toEqual({
    kind: 'failed',
    error: expect.stringContaining(reason),
  })
})

it('ends a program that floods and never listens, and all that it has started', async () => {
  const folder = await folderWith(
    'flood.mjs',
    `import { spawn } from 'node:child_process'
     import { writeFileSync } from 'node:fs'
     const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
     writeFileSync(process.argv[2] + '.pid', String(child.pid))
     const write = () => process.stdout.write('x'.repeat(60000) + '\\n', write)
     write()`,
  )
  const { last, hasBegun, end } = checked({ program: 'proxy', command: node('flood.mjs'), folder })
  await hasBegun
  const pids = async () => (await readdir(folder)).filter((name) => name.endsWith('.pid'))
  await expect.poll(async () => (await pids()).length, { timeout: 20_000 }).toBeGreaterThan(0)
  const children = await Promise.all(
    (await pids()).map(async (name) => Number(await readFile(join(folder, name), 'utf8'))),
  )
  end()
  expect((await last).kind).toBe('done')
  for (const pid of children) await expect.poll(() => isRunning(pid)).toBe(false)
}, 30_000)

function isRunning(pid: number): boolean {
  if (!(pid > 0)) return false
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
