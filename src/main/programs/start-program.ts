// Starts a program by its command, or stands for one that runs already.
import { dirname } from 'node:path'
import { commandWords, filledIn, type PlaceValues } from '../../shared/program-command'
import { freePort } from './ports'
import { type OutputLine, Program, type ProgramEnd } from './program'
import { sandboxed } from './sandbox'

/** A program while it runs. */
export interface RunningProgram {
  /** The port that it was told to listen on; 0 for one that listens on none. */
  readonly port: number
  /** Undefined while it runs, and always for one that ran before. */
  end(): ProgramEnd | undefined
  readonly lines: readonly OutputLine[]
  /** Ports on which it listens in fact, where the system tells. */
  listeningPorts?(): readonly number[]
  stop(): Promise<void>
}

export interface ProgramWatcher {
  onLine(line: OutputLine): void
  onEnd(): void
}

export interface ProgramSource {
  readonly command: string
  /** Where it is started; absent: here. */
  readonly folder?: string | undefined
  /** Stands for `{dir}`. */
  readonly dir?: string | undefined
  readonly isSandboxed?: boolean
}

/** Starts a program with what stands for the places in its command. */
export type StartProgram = (watcher: ProgramWatcher, values: PlaceValues) => RunningProgram

export type StartProxy = (watcher: ProgramWatcher) => Promise<RunningProgram>

/** A proxy on a port of its own. */
export function proxyByCommand(source: ProgramSource): StartProxy {
  const start = programByCommand(source)
  return async (watcher) => {
    const port = await freePort()
    return { ...start(watcher, { port }), port }
  }
}

/** A proxy that runs already. Nothing ends it. */
export function proxyAtPort(port: number): StartProxy {
  return async () => ({
    port,
    end: () => undefined,
    lines: [],
    async stop() {},
  })
}

export function programByCommand(source: ProgramSource): StartProgram {
  const { command, folder, dir, isSandboxed = false } = source
  return ({ onLine, onEnd }, values) => {
    const plain = filledIn(commandWords(command) ?? [], { dir: dir ?? '.', ...values })
    const { packet } = values
    const reads = packet === undefined ? [] : [dirname(`${packet}`)]
    const words = isSandboxed ? sandboxed(plain, { folder: folder ?? process.cwd(), reads }) : plain
    const program = new Program({ words, folder, onLine, onEnd })
    return {
      port: 0,
      end: () => program.end,
      lines: program.lines,
      listeningPorts: () => program.listeningPorts(),
      stop: () => program.stop(),
    }
  }
}
