// An ordinary user account for the test: with a home, a screen, and no other rights.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chownSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import sharp from 'sharp'
import { processesOf } from './processes'

const SCREEN = { width: 1600, height: 1000 }

export interface Person {
  readonly home: string
  /** Starts a program as this user, on their screen. */
  start(program: string, args?: readonly string[], env?: Record<string, string>): Started
  /** Runs a program and returns its output; throws if it fails. */
  run(program: string, ...args: readonly string[]): string
  /** Starts an app through a program that ends at once, as a menu does. */
  launch(program: string, ...args: readonly string[]): Promise<void>
  /** Puts a file into their home. */
  put(name: string, content: string | Uint8Array): string
  /** Titles of the visible windows on their screen. */
  windows(): string[]
  /** Takes a picture of their screen as a PNG, and counts its colours. */
  look(): Promise<{ png: Buffer; colours: number }>
  /** Ends their programs and removes the account. */
  leave(): Promise<void>
}

interface Started {
  readonly process: ChildProcess
  /** Output so far. */
  output(): string
}

export async function createPerson(): Promise<Person> {
  const name = `roundabout-test-${randomBytes(3).toString('hex')}`
  execFileSync('useradd', ['--create-home', '--shell', '/bin/sh', name])
  const [, , uidText, gidText, , home = ''] = execFileSync('getent', ['passwd', name], {
    encoding: 'utf8',
  }).split(':')
  const [uid, gid] = [Number(uidText), Number(gidText)]
  const own: ChildProcess[] = []
  const env: Record<string, string> = {
    HOME: home,
    USER: name,
    PATH: '/usr/local/bin:/usr/bin:/bin',
    LANG: 'C.UTF-8',
  }

  const start: Person['start'] = (program, args = [], extra = {}) => {
    const child = spawn(program, args, {
      uid,
      gid,
      cwd: home,
      env: { ...env, ...extra },
      // Xvfb writes its display number to the fourth file descriptor.
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    })
    own.push(child)
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        output += text
      })
    }
    return { process: child, output: () => output }
  }

  const frames = join(home, 'screen')
  execFileSync('install', ['--directory', '--owner', name, frames])
  const size = `${SCREEN.width}x${SCREEN.height}x24`
  const screen = start('Xvfb', [
    ...['-displayfd', '3', '-screen', '0', size, '-fbdir', frames],
    ...['-nolisten', 'tcp', '-ac', '-noreset'],
  ])
  const [display] = await once(screen.process.stdio[3] as Readable, 'data')
  env.DISPLAY = `:${String(display).trim()}`

  const run: Person['run'] = (program, ...args) =>
    execFileSync(program, args, { uid, gid, cwd: home, env, encoding: 'utf8', stdio: 'pipe' })

  return {
    home,
    start,
    run,
    async launch(program, ...args) {
      // Does not wait for the output to end: the app has inherited it.
      const launcher = start(program, args)
      const [code] = await once(launcher.process, 'exit')
      if (code !== 0) throw new Error(`${program} ended with ${code}: ${launcher.output()}`)
    },
    put(file, content) {
      const path = join(home, file)
      writeFileSync(path, content)
      chownSync(path, uid, gid)
      return path
    },
    windows() {
      // The windows with a title, at their positions on the screen.
      const ids = run('xwininfo', '-root', '-tree').matchAll(/^\s+(0x[0-9a-f]+) "([^"]+)"/gm)
      return [...ids].flatMap(([, id = '', title = '']) =>
        run('xwininfo', '-id', id).includes('IsViewable') ? [title] : [],
      )
    },
    look: () => picture(join(frames, 'Xvfb_screen0')),
    async leave() {
      for (const child of own.reverse()) await end(child)
      for (const { pid } of processesOf(home)) process.kill(pid, 'SIGKILL')
      execFileSync('userdel', ['--remove', name], { stdio: 'ignore' })
    },
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const closed = once(child, 'close')
  child.kill('SIGKILL')
  await closed
}

/**
 * Xvfb keeps its screen in a file: a head of big-endian numbers, a colour table, then the pixels.
 */
async function picture(file: string) {
  const bytes = readFileSync(file)
  const field = (index: number) => bytes.readUInt32BE(index * 4)
  const [headBytes, width, height, bytesPerLine, tableLength] = [
    ...[field(0), field(4), field(5), field(12), field(19)],
  ] as [number, number, number, number, number]
  const COLOUR_BYTES = 12
  const pixels = bytes.subarray(headBytes + tableLength * COLOUR_BYTES)
  const rgb = Buffer.alloc(width * height * 3)
  const colours = new Set<number>()
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const colour = pixels.readUInt32LE(y * bytesPerLine + x * 4) & 0xffffff
      colours.add(colour)
      rgb.writeUIntBE(colour, (y * width + x) * 3, 3)
    }
  }
  const png = await sharp(rgb, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer()
  return { png, colours: colours.size }
}
