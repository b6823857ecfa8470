// `roundabout completion SHELL`: the script that a shell completes by.
import { type CliCommand, defineCommand } from '../command'
import { COMPLETIONS, SHELLS } from '../completion'

/** `commands`: all of them, this one too. */
export function completionCommand(commands: () => readonly CliCommand[]): CliCommand {
  return defineCommand({
    name: 'completion',
    summary: 'Prints the completion of bash, zsh or fish',
    words: { shown: SHELLS.join('|'), min: 1, max: 1, choices: SHELLS },
    options: {},
    examples: [
      ['source <(roundabout completion bash)', 'For this bash. Each script says where it stays.'],
    ],
    async run({ words: [word] }, io) {
      const shell = SHELLS.find((name) => name === word)
      if (shell === undefined) throw new Error(`There is completion for ${SHELLS.join(', ')}.`)
      io.print(COMPLETIONS[shell](commands()).trimEnd())
      return 0
    },
  })
}
