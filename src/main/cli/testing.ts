// For tests: runs a command line and returns what it prints.
import { onTestFinished } from 'vitest'
import type { CliCommand } from './command'
import { CLI_COMMANDS } from './commands'
import { dispatch } from './dispatch'
import type { Io } from './io'

interface Ran {
  status: number
  /** On standard output. */
  out: string
  /** On standard error. */
  told: string
  bytes: Buffer
  /** The files with which the app was opened. */
  opened?: readonly string[]
}

interface Setting {
  commands?: readonly CliCommand[]
  stopped?: AbortSignal
  input?: string
  /** Gets each line as it is printed, on either stream. */
  heard?: (line: string) => void
  terminal?: Io['terminal']
  builtFolder?: string
}

export async function ran(args: readonly string[], setting: Setting = {}): Promise<Ran> {
  const { commands = CLI_COMMANDS, stopped = new AbortController().signal, input = '' } = setting
  const { heard = () => {}, terminal, builtFolder = 'out/main' } = setting
  const [out, told, pieces]: [string[], string[], Uint8Array[]] = [[], [], []]
  let opened: readonly string[] | undefined
  const io: Io = {
    print(text) {
      out.push(text)
      heard(text)
    },
    tell(text) {
      told.push(text)
      heard(text)
    },
    write: async (bytes) => {
      pieces.push(bytes)
    },
    readInput: async () => input,
    paint: (_colour, text) => text,
    terminal,
    stopped,
    async openApp(files) {
      opened = files
      return 0
    },
    builtFolder,
  }
  const status = await dispatch(args, commands, io, '1.2.3')
  return {
    status,
    out: out.join('\n'),
    told: told.join('\n'),
    bytes: Buffer.concat(pieces),
    ...(opened && { opened }),
  }
}

/** Starts a command that runs until the test is over. Gives its lines as they come. */
export function startedWith(builtFolder: string, ...args: string[]) {
  const lines: string[] = []
  const waiting = new Set<() => void>()
  const stop = new AbortController()
  const ended = ran(args, {
    stopped: stop.signal,
    builtFolder,
    heard: (text) => {
      lines.push(...text.split('\n'))
      for (const look of waiting) look()
    },
  })
  const program = {
    lines,
    /** Resolves with the match of the first line that fits. */
    says: (wanted: RegExp) =>
      new Promise<RegExpExecArray>((resolve) => {
        const look = () => {
          const found = lines.map((line) => wanted.exec(line)).find((match) => match !== null)
          if (found) resolve(found)
        }
        waiting.add(look)
        look()
      }),
    async stop() {
      stop.abort()
      return (await ended).status
    },
  }
  onTestFinished(async () => {
    await program.stop()
  })
  return program
}
