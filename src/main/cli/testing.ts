// For tests: runs a command line and returns what it prints.
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
