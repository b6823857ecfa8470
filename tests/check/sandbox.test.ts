// A program in a sandbox: it is checked as usual, and does not see the files of the person who checks it.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { checkProgram, requirementsOf } from '../../src/main/check'
import { ranOffline, sandboxFault } from '../../src/main/programs'
import { startServer } from '../integration/program'

const fault = sandboxFault()
if (fault !== undefined) console.warn(`A sandbox is not tested: ${fault}`)

describe.skipIf(fault !== undefined)('a program in a sandbox', () => {
  it('is checked, may write into its own folder only, and does not see its user’s files', async () => {
    const home = mkdtempSync(join(homedir(), '.homework-sandbox-'))
    const folder = join(home, 'submission')
    mkdirSync(folder)
    writeFileSync(join(home, 'secret'), 'of the teacher')
    copyFileSync(join(import.meta.dirname, 'programs', 'proxy.mjs'), join(folder, 'proxy.mjs'))
    writeFileSync(
      join(folder, 'spy.mjs'),
      `import { existsSync, writeFileSync } from 'node:fs'
       const seen = [existsSync('../secret'), process.env.TEACHERS_TOKEN ?? 'no token']
       try { writeFileSync('../written', ''); writeFileSync('/etc/written', '') } catch (error) { seen.push(error.code) }
       writeFileSync('seen.json', JSON.stringify(seen))
       await import('./proxy.mjs')`,
    )
    const command = `"${process.execPath}" spy.mjs -port {port}`
    vi.stubEnv('TEACHERS_TOKEN', 'of the teacher')
    const source = { command, folder, isSandboxed: true }
    const tried = ['one-exchange', 'round-robin', 'server-gone', 'garbage-in']
    const ids = requirementsOf('proxy').map(({ id }) => id)
    const leaveOut = ids.filter((id) => !tried.includes(id))
    const { requirements } = await checkProgram({
      kind: 'proxy',
      source,
      program: 'spy',
      rubric: { leaveOut },
    })
    expect(requirements.map(({ outcome }) => outcome)).toEqual(tried.map(() => 'passed'))
    expect(JSON.parse(readFileSync(join(folder, 'seen.json'), 'utf8'))).toEqual([
      false,
      'no token',
      'EROFS',
    ])
    expect(existsSync(join(home, 'written'))).toBe(false)
    rmSync(home, { recursive: true })
  })
})

describe.skipIf(fault !== undefined)('a command that is run offline', () => {
  it('has a loopback of its own, and no other network', async () => {
    const { port, stop } = await startServer((socket) => socket.destroy())
    // Its exit status says what it reached: itself (1), the server of this test (2).
    const script = `
      const { connect, createServer } = require('node:net')
      const reaches = (port) => new Promise((resolve) => connect(port, '127.0.0.1', () => resolve(true)).once('error', () => resolve(false)))
      const own = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1', async () => {
        const reached = [await reaches(own.address().port), await reaches(${port})]
        process.exit(reached[0] + 2 * reached[1])
      })`
    const words = [process.execPath, '-e', script]
    const status = await ranOffline(words, new AbortController().signal)
    // Where a container allows no network namespaces, it says so.
    expect(typeof status === 'string' || status === 1).toBe(true)
    await stop()
  })
})
