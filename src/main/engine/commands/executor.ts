// Checks each command, also whether it is allowed now, and carries it out: at once, or in its turn.
import { COMMANDS, type Command, type CommandResult, parseCommand } from '../../../shared/commands'
import { CommandError } from '../command-error'
import type { Asker } from '../looking-back'
import { intentOf } from './intents'
import type { LabParts, Succeeded } from './row'
import type { CommandRule } from './rule'

export class CommandExecutor {
  private lastTurn: Promise<unknown> = Promise.resolve()
  /** Binds the screens, and not the engine's own process. */
  private rule: CommandRule | undefined

  /**
   * `parts`: those of the running session. `warn` gets a sentence about each refused command, without the texts of messages.
   * `changed` is called after each command that was carried out.
   */
  constructor(
    private readonly parts: () => LabParts,
    private readonly warn: (text: string) => void,
    private readonly changed: () => void,
  ) {}

  /** The screens' commands are bound by this rule, in place of any earlier one; returns a function that lifts it. */
  restrict(rule: CommandRule): () => void {
    this.rule = rule
    return () => {
      if (this.rule === rule) this.rule = undefined
    }
  }

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
    if (by.isScreen) this.checkRule(parts, command)
    return parts.history.carryOut(parts, command, by)
  }

  private checkRule({ history }: LabParts, command: Command): void {
    const { rule } = this
    if (rule === undefined) return
    const { type } = command
    const undone = type === 'undo' || type === 'redo' ? history.intentsOf(type) : []
    for (const intent of [intentOf(command), ...undone]) {
      const reason = rule(intent)
      if (reason !== undefined) throw new CommandError(reason)
    }
  }

  private refused(error: string, inLog = error): CommandResult {
    this.warn(`A command was refused: ${inLog}`)
    return { ok: false, error }
  }
}
