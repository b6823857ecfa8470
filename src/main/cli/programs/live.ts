// Lines that scroll, and below them on a terminal a table that is drawn again as it changes.
import type { Io } from '../io'

const DRAW_EVERY_MS = 100

export class LiveOutput {
  private readonly waiting: string[] = []
  private drawn = 0
  private timer: NodeJS.Timeout | undefined

  /** `table`: its lines now; without it, or without a terminal, there are only lines. */
  constructor(
    private readonly io: Pick<Io, 'print' | 'terminal'>,
    private readonly table?: (size: { columns: number; rows: number }) => readonly string[],
  ) {}

  print(line: string): void {
    if (this.io.terminal === undefined || this.table === undefined) {
      this.io.print(line)
      return
    }
    this.waiting.push(line)
    this.changed()
  }

  /** The table has changed. */
  changed(): void {
    if (this.io.terminal === undefined || this.table === undefined) return
    this.timer ??= setTimeout(() => this.draw(), DRAW_EVERY_MS)
  }

  /** Draws what is new; the table stays as it is then. */
  close(): void {
    if (this.timer === undefined) return
    clearTimeout(this.timer)
    this.draw()
  }

  private draw(): void {
    this.timer = undefined
    const { terminal } = this.io
    if (terminal === undefined || this.table === undefined) return
    const lines = this.table(terminal)
    const up = this.drawn > 0 ? `\u001b[${this.drawn}A` : ''
    const text = [...this.waiting.splice(0), ...lines].map((line) => `${line}\n`).join('')
    terminal.draw(`${up}\r\u001b[0J${text}`)
    this.drawn = lines.length
  }
}
