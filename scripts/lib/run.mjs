// Starts other programs: quietly, with their output shown only on failure, or with their output
// shown.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { createInterface } from 'node:readline'
import { ROOT } from './project.mjs'

/**
 * Runs a program with its output shown and returns its exit code. Signals to this process are
 * forwarded.
 */
export function runVisibly(command, args, options = {}) {
  const child = spawn(command, args, { cwd: ROOT, stdio: 'inherit', ...options })
  return ended(child)
}

/** The same for programs that share the terminal: `show` gets the output line by line. */
export function runInLines(command, args, show, options = {}) {
  const child = spawn(command, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'], ...options })
  for (const input of [child.stdout, child.stderr]) {
    createInterface({ input }).on('line', show)
  }
  return ended(child)
}

const PARENT_CHECK_MS = 500
const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * Runs a program with its output shown until this process should end, and returns its exit code.
 */
export function runUntilTold(command, args) {
  return startUntilTold(command, args).ended
}

/**
 * Starts a program that ends on a signal or when this script's parent ends: npm starts scripts
 * through a shell, which a signal kills without forwarding. Returns its process, `ended` with its
 * exit code, and `wasTold`.
 */
export function startUntilTold(command, args, options = {}) {
  const child = spawn(command, args, { cwd: ROOT, stdio: 'inherit', ...options })
  const parent = process.ppid
  let told = false
  const tell = () => {
    told = true
  }
  for (const signal of FORWARDED) process.on(signal, tell)
  const check = setInterval(() => {
    if (process.ppid === parent) return
    tell()
    child.kill()
  }, PARENT_CHECK_MS)
  return {
    child,
    ended: ended(child).finally(() => {
      clearInterval(check)
      for (const signal of FORWARDED) process.off(signal, tell)
    }),
    wasTold: () => told,
  }
}

/** Runs a program quietly and returns its exit code and output. */
export async function runQuietly(command, args, options = {}) {
  const child = spawn(command, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'], ...options })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text
    })
  }
  const code = await ended(child).catch((error) => {
    output += `${error.message}\n`
    return 127
  })
  return { code, output }
}

/**
 * npm's own program file if npm started this script, which needs no shell on Windows; otherwise npm
 * from the path.
 */
export function npmCommand(args) {
  const program = process.env.npm_execpath
  if (program?.endsWith('.js')) return { command: process.execPath, args: [program, ...args] }
  return { command: 'npm', args, options: { shell: process.platform === 'win32' } }
}

/** Resolves with the exit code (128 + the number of a fatal signal); rejects if it cannot start. */
export function ended(child) {
  const forward = (signal) => child.kill(signal)
  for (const signal of FORWARDED) process.on(signal, forward)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => resolve(code ?? 128 + constants.signals[signal]))
  }).finally(() => {
    for (const signal of FORWARDED) process.off(signal, forward)
  })
}
