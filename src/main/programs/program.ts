// A program as a process: started in a group with all that it will start, read line by line, ended as a whole.
import { type ChildProcess, spawn } from 'node:child_process'
import { statSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'
import { withVisibleControls } from '../../shared/visible-controls'
import { listeningPorts, markedEnvironment, nextMark, ownMarks, processesMarked } from './processes'

export interface OutputLine {
  readonly stream: 'stdout' | 'stderr'
  readonly text: string
}

/** Lines of output that are kept: the last ones. */
const KEPT_LINES = 200
/** Characters of a line that are kept. */
const KEPT_CHARS = 500
/** A stack trace of Java begins its lines with one. */
const TAB = '    '
/** A program that has ended may have left its output to a process that it started. */
const OUTPUT_LIMIT_MS = 300
/** How often processes that have left the group are looked for. */
const ROUNDS = 2

export interface ProgramEnd {
  /** `exit status 1`. */
  readonly how: string
  /** Undefined after a signal. */
  readonly status: number | undefined
  /** Set if it could not even be started. */
  readonly startFault?: string
}

interface ProgramOptions {
  readonly words: readonly string[]
  readonly folder?: string | undefined
  readonly onLine: (line: OutputLine) => void
  readonly onEnd: () => void
}

/** The system says of a missing folder, too, that the program is not there. */
function startFaultWords({ code, path, message }: NodeJS.ErrnoException, folder?: string): string {
  if (folder !== undefined && !statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    return `there is no folder "${folder}"`
  }
  return code === 'ENOENT' && path !== undefined ? `there is no program "${path}"` : message
}

/** If this process exits, they must not outlive it: they are in groups of their own. */
const running = new Set<number>()

function endAll(): void {
  for (const pid of running) signalGroup(pid)
  endMarked(ownMarks)
}

export class Program {
  readonly lines: OutputLine[] = []
  /** Undefined while it runs. */
  end: ProgramEnd | undefined
  private readonly mark = nextMark()
  private readonly child: ChildProcess
  private readonly exited: Promise<void>

  constructor(private readonly options: ProgramOptions) {
    const [file = '', ...args] = options.words
    this.child = spawn(file, args, {
      cwd: options.folder,
      // A group of its own, so that what it starts can be ended with it.
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
      // Python keeps what it prints until it ends, unless told otherwise.
      env: { ...process.env, ...markedEnvironment(this.mark), PYTHONUNBUFFERED: '1' },
    })
    const { pid } = this.child
    if (pid !== undefined) {
      if (running.size === 0) process.once('exit', endAll)
      running.add(pid)
    }
    this.readLines('stdout', this.child.stdout)
    this.readLines('stderr', this.child.stderr)
    this.exited = new Promise((resolve) => {
      let late: NodeJS.Timeout | undefined
      const end = (programEnd: ProgramEnd) => {
        clearTimeout(late)
        if (this.end !== undefined) return
        this.end = programEnd
        options.onEnd()
        resolve()
      }
      this.child.once('error', (error: NodeJS.ErrnoException) => {
        const startFault = startFaultWords(error, options.folder)
        end({ how: 'it could not be started', status: undefined, startFault })
      })
      this.child.once('exit', (code, signal) => {
        const how = signal === null ? `exit status ${code}` : `signal ${signal}`
        const programEnd = { how, status: code ?? undefined }
        late = setTimeout(() => end(programEnd), OUTPUT_LIMIT_MS)
        this.child.once('close', () => end(programEnd))
      })
    })
  }

  /** Ends it with all that it started. */
  async stop(): Promise<void> {
    const { pid } = this.child
    if (pid !== undefined) await endGroup(pid, this.child)
    endMarked(this.mark)
    await this.exited
    if (pid !== undefined && running.delete(pid) && running.size === 0) {
      process.off('exit', endAll)
    }
    this.child.stdout?.destroy()
    this.child.stderr?.destroy()
  }

  /** Ports on which it listens, with all that it started. Empty where the system does not tell. */
  listeningPorts(): readonly number[] {
    return listeningPorts(processesMarked(this.mark))
  }

  private readLines(stream: OutputLine['stream'], output: Readable | null): void {
    const utf8 = new StringDecoder('utf8')
    let rest = ''
    output?.on('data', (bytes: Buffer) => {
      const parts = (rest + utf8.write(bytes)).split(/\r?\n/)
      rest = (parts.pop() ?? '').slice(0, KEPT_CHARS)
      for (const part of parts) this.addLine({ stream, text: part })
    })
    output?.on('end', () => {
      if (rest !== '') this.addLine({ stream, text: rest })
    })
    output?.on('error', () => {})
  }

  private addLine({ stream, text }: OutputLine): void {
    const spaced = text.slice(0, KEPT_CHARS).replaceAll('\t', TAB)
    const line = { stream, text: withVisibleControls(spaced) }
    this.lines.push(line)
    if (this.lines.length > KEPT_LINES) this.lines.shift()
    this.options.onLine(line)
  }
}

async function endGroup(pid: number, child: ChildProcess): Promise<void> {
  if (process.platform === 'win32') {
    if (child.exitCode !== null || child.signalCode !== null) return
    const killer = spawn('taskkill', ['/pid', `${pid}`, '/t', '/f'], { stdio: 'ignore' })
    await new Promise((resolve) => killer.once('close', resolve).once('error', resolve))
    return
  }
  signalGroup(pid)
}

/** Those that have left the group; one may start another meanwhile. */
function endMarked(mark: string): void {
  for (let round = 0; round < ROUNDS; round++) {
    for (const pid of processesMarked(mark)) signalProcess(pid)
  }
}

function signalProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended meanwhile.
  }
}

function signalGroup(pid: number): void {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL')
  } catch {
    // None of the group runs any more.
  }
}
