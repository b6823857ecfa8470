// What a command of `roundabout` is: one file each, listed in commands.ts. Help, completion and docs/command-line.md are
// made of these rows.
import type { GivenOptions, Options } from '../options/option'
import type { Io } from './io'

/** The arguments of a command that are no options. */
interface WordsOfCommand {
  /** As the help shows them: `FILE…`. */
  readonly shown: string
  readonly min: number
  readonly max: number
  /** For completion: what they may be. Left out: files. */
  readonly choices?: readonly string[]
  /** The choices are those of the first word alone; files follow it. */
  readonly isThenFiles?: true
}

export interface CliCommand<O extends Options = Options> {
  readonly name: string
  /** One line, in the list of commands. */
  readonly summary: string
  /** What else its help says, a paragraph each. */
  readonly details?: readonly string[]
  readonly words?: WordsOfCommand
  readonly options: O
  /** A command line, and what it does. */
  readonly examples: readonly (readonly [line: string, does: string])[]
  /**
   * Resolves with the exit status once it is done, or soon after `io.stopped`. An Error’s words are printed, and the exit
   * status is 2.
   */
  run(asked: Asked<O>, io: Io): Promise<number>
}

interface Asked<O extends Options> {
  readonly given: GivenOptions<O>
  readonly words: readonly string[]
}

/** Infers the types of the options for `run`. */
export function defineCommand<const O extends Options>(command: CliCommand<O>): CliCommand<O> {
  return command
}
