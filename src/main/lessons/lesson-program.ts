// A program of a lesson in our proxy's place: in a folder of its own, started by its command, and removed with it.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, extname, join } from 'node:path'
import { LessonFault } from './fault'
import type { LessonLab } from './lab'

/** What runs a file, by its ending. */
const RUNS: Readonly<Record<string, string>> = {
  '.py': process.platform === 'win32' ? 'python' : 'python3',
  '.mjs': 'node',
  '.cjs': 'node',
  '.js': 'node',
}

export class LessonProgram {
  private folder: string | undefined
  /** The one whose folder there is. */
  private present: string | undefined
  /** Names and texts of those that the person has allowed. */
  private readonly allowed = new Set<string>()

  constructor(private readonly lab: LessonLab) {}

  isAllowed(name: string, text: string): boolean {
    return this.allowed.has(keyOf(name, text))
  }

  allow(name: string, text: string): void {
    this.allowed.add(keyOf(name, text))
  }

  /** Only what was allowed is started. Rejects with a LessonFault. */
  async start(name: string, text: string): Promise<void> {
    if (!this.isAllowed(name, text)) throw new LessonFault('The program was not allowed to start.')
    const key = keyOf(name, text)
    if (key !== this.present) await this.remove()
    // The same folder each time: the host may ask before a command is run in a folder for the first time.
    this.folder ??= await mkdtemp(join(tmpdir(), 'roundabout-lesson-'))
    this.present = key
    const { folder } = this
    try {
      await writeFile(join(folder, basename(name)), text)
      await this.lab.give({
        type: 'swapProxy',
        by: 'program',
        command: programCommand(name),
        folder,
      })
    } catch (error) {
      await this.remove()
      throw error
    }
  }

  /** Our own proxy is back afterwards. Does nothing if no program of a lesson is there. */
  async remove(): Promise<void> {
    const { folder } = this
    this.folder = undefined
    this.present = undefined
    if (folder !== undefined && this.lab.state.foreign?.kind === 'program') {
      await this.lab.give({ type: 'returnProxy' }).catch(() => {})
    }
    if (folder !== undefined) await rm(folder, { recursive: true, force: true }).catch(() => {})
  }
}

/** Throws a LessonFault if nothing is known to run such a file. */
export function programCommand(name: string): string {
  const file = basename(name)
  const runs = RUNS[extname(file)]
  if (runs === undefined) {
    throw new LessonFault(
      `Nothing is known that runs “${file}”: a lesson’s program is a .py, .mjs, .cjs or .js file.`,
    )
  }
  return `${runs} "{dir}/${file}" -port {port}`
}

function keyOf(name: string, text: string): string {
  return `${name}\n${text}`
}
