// The command line of `npm start`: the launcher's own options, and those that it passes on to the desktop app or to the
// headless host. It runs before anything is built, so it lists their options again; a test compares the list with
// src/main/options/app.ts. The app itself checks the values.

import { resolve } from 'node:path'
import { parseArgs } from 'node:util'

export const USAGE = `npm start [-- options [-- files]]

  --web              serve the app to the browser
  --desktop          the desktop app, or nothing
  --port N           the browser way: the port to serve on (any free one)
  --recordings DIR   the browser way: where sessions and the pool are kept
  --metrics          the browser way: serve the lab’s figures at /metrics, for Prometheus; without the token, on this
                     machine only
  --no-open          the browser way: do not open the browser
  --proxy-port N     the proxy’s port (2100 or the next free one); 0: any free one
  --latency MS       how long a link holds a message (600); 0: as fast as sockets go
  --fresh            begin with the classic pool, not with the pool as it was left
  --logs DIR         where the log is written (the system’s place for logs)
  --log-contents     write into the log what messages say, too
`

const STRING = { type: 'string' }
const BOOLEAN = { type: 'boolean' }
const OPTIONS = {
  help: { ...BOOLEAN, short: 'h' },
  web: BOOLEAN,
  desktop: BOOLEAN,
  port: STRING,
  recordings: STRING,
  metrics: BOOLEAN,
  'no-open': BOOLEAN,
  'proxy-port': STRING,
  latency: STRING,
  fresh: BOOLEAN,
  logs: STRING,
  'log-contents': BOOLEAN,
}
const SHELLS = ['web', 'desktop']
const WEB_ONLY = ['port', 'recordings', 'metrics', 'no-open']

/** Returns `help`, `error`, or `run` with the arguments for each way and the files to open. `shell: null`: whichever can run here. */
export function readLaunch(args) {
  const { tokens } = parseArgs({ args, options: OPTIONS, strict: false, tokens: true })
  const shells = new Set()
  const forWeb = []
  const forDesktop = []
  const webOnly = []
  const files = []
  for (const token of tokens) {
    if (token.kind === 'option-terminator') {
      files.push(...args.slice(token.index + 1).map((file) => resolve(file)))
      break
    }
    if (!isKnown(token)) return { kind: 'error', error: `Unknown option "${args[token.index]}".` }
    if (token.name === 'help') return { kind: 'help' }
    if (SHELLS.includes(token.name)) {
      shells.add(token.name)
      continue
    }
    const isNextWord = token.value !== undefined && !token.inlineValue
    const words = args.slice(token.index, token.index + (isNextWord ? 2 : 1))
    forWeb.push(...words)
    if (WEB_ONLY.includes(token.name)) webOnly.push(words.join(' '))
    else forDesktop.push(...words)
  }
  if (shells.size > 1) return { kind: 'error', error: 'Choose --web or --desktop, not both.' }
  const [shell = null] = shells
  if (shell === 'desktop' && webOnly.length > 0) {
    return { kind: 'error', error: `"${webOnly[0]}" is for the browser way (--web).` }
  }
  return { kind: 'run', shell, forWeb, forDesktop, webOnly, files }
}

function isKnown({ kind, name, inlineValue }) {
  const option = kind === 'option' && Object.hasOwn(OPTIONS, name) ? OPTIONS[name] : undefined
  return option !== undefined && !(option.type === 'boolean' && inlineValue)
}
