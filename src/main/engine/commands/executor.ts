// Checks each command, also whether it is allowed now, and carries it out: at once, or in its turn.
import { COMMANDS, type Command, type CommandResult, parseCommand } from '../../../shared/commands'
import { CommandError } from '../command-error'
import type { Asker } from '../looking-back'
import type { LabParts, Succeeded } from './row'

export class CommandExecutor {
  private lastTurn: Promise<unknown> = Promise.resolve()

  /**
   * `parts`: those of the running session. `warn` gets a sentence about each refused command, without the texts of messages.
   * `changed` is called after each command that was carried out.
   */
  constructor(
    private readonly parts: () => LabParts,
    private readonly warn: (text: string) => void,
    private readonly changed: () => void,
  ) {}

  /** The result has any error of the command. Rejects only if the engine itself fails. */
  async execute(value: unknown, by: Asker): Promise<CommandResult> {
    const parsed = parseCommand(value)
    if (!parsed.ok) return this.refused(parsed.error, parsed.inLog)
    const { command } = parsed
    const { who, inTurn } = COMMANDS[command.type]
    if (by.role === 'viewer' && who === 'operator') {
      return this.refused('A viewer may look at the lab, and not change it.')
    }
    try {
      const result = await (inTurn
        ? this.inTurn(() => this.carryOut(command, by))
        : this.carryOut(command, by))
      this.changed()
      return { ok: true, ...result }
    } catch (error) {
      if (error instanceof CommandError) return this.refused(error.message, error.inLog)
      throw error
    }
  }

  /** Changes that take time run one after another, in the order of the commands. */
  inTurn<T>(change: () => Promise<T>): Promise<T> {
    const turn = this.lastTurn.then(change, change)
    this.lastTurn = turn
    return turn
  }

  private async carryOut(command: Command, by: Asker): Promise<Succeeded> {
    const parts = this.parts()
    if (parts.lookingBack.has(by) && !COMMANDS[command.type].whileLookingBack) {
      throw new CommandError('This window shows the past. Go back to live first.')
    }
    return parts.history.carryOut(parts, command, by)
  }

  private refused(error: string, inLog = error): CommandResult {
    this.warn(`A command was refused: ${inLog}`)
    return { ok: false, error }
  }
}
