// The command line of `npm start`: what is for the launcher, and what it hands on to either way of running.
// Values are checked by the app itself (src/shared/options.ts).

export const USAGE = `npm start [-- options]

  --web              serve the app to the browser
  --desktop          the desktop app, or nothing
  --port N           the browser way: the port to serve on (any free one)
  --recordings DIR   the browser way: where sessions are kept while they run, in case of a crash
  --no-open          the browser way: do not open the browser
  --proxy-port N     the proxy's port (2100 or the next free one); 0: any free one
  --latency MS       how long a link holds a message (600); 0: as fast as sockets go
  --logs DIR         where the log is written (the system's place for logs)
  --log-contents     write into the log what messages say, too
`

const TAKES_VALUE = ['--port', '--proxy-port', '--latency', '--recordings', '--logs']
const WEB_ONLY = ['--port', '--recordings', '--no-open']
const SWITCHES = ['--no-open', '--log-contents']

/** Gives `help`, `error`, or `run` with the arguments for each way. `shell: null`: whichever there is. */
export function readLaunch(args) {
  const chosen = new Set()
  const forWeb = []
  const forDesktop = []
  const webOnly = []
  for (let index = 0; index < args.length; index++) {
    const arg = args[index]
    const name = arg.split('=')[0]
    if (arg === '--help' || arg === '-h') return { kind: 'help' }
    if (arg === '--web' || arg === '--desktop') {
      chosen.add(arg.slice(2))
      continue
    }
    if (!TAKES_VALUE.includes(name) && !SWITCHES.includes(arg)) {
      return { kind: 'error', error: `Unknown option "${arg}".` }
    }
    const words = [arg]
    if (arg === name && TAKES_VALUE.includes(name) && index + 1 < args.length) {
      words.push(args[++index])
    }
    forWeb.push(...words)
    if (WEB_ONLY.includes(name)) webOnly.push(words.join(' '))
    else forDesktop.push(...words)
  }
  if (chosen.size > 1) return { kind: 'error', error: 'Choose --web or --desktop, not both.' }
  const [shell = null] = chosen
  if (shell === 'desktop' && webOnly.length > 0) {
    return { kind: 'error', error: `"${webOnly[0]}" is for the browser way (--web).` }
  }
  return { kind: 'run', shell, forWeb, forDesktop, webOnly }
}
