// What a command has of the terminal or the pipe that it runs in. Commands print by it alone, so that tests can read along.
import type { Colouring } from './paint'

export interface Io {
  /** Prints lines on standard output. */
  print(text: string): void
  /** Prints lines on standard error: what is not the command's result. */
  tell(text: string): void
  /** Writes bytes on standard output, for the next program or a file. */
  write(bytes: Uint8Array): Promise<void>
  /** Reads standard input to its end. */
  readInput(): Promise<string>
  /** Colours for standard output; without a terminal, text stays plain. */
  readonly paint: Colouring
  /** Set if standard output is a terminal, on which lines can be drawn again. */
  readonly terminal: Terminal | undefined
  /** Aborted by Ctrl+C, by a signal to end, and when nobody reads standard output any more. */
  readonly stopped: AbortSignal
  /** Opens the app with these files, by their whole paths. Resolves with its exit status when it has ended. */
  openApp(files: readonly string[]): Promise<number>
  /** The words that started this process, where it can be started again within another program. */
  readonly startedBy?: readonly string[]
  /** The folder of the built programs. */
  readonly builtFolder: string
}

interface Terminal {
  readonly columns: number
  readonly rows: number
  draw(text: string): void
}
