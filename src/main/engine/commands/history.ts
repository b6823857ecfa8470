// What can be undone and redone: the changes of the set-up, of all operators, in order. Messages are no part of it, and
// neither is what outside programs do.
import type { Command, CommandOf, CommandType } from '../../../shared/commands'
import type { Change } from '../../../shared/events'
import { MAX_UNDONE } from '../../../shared/limits'
import type { State } from '../../../shared/state/state'
import { CommandError } from '../command-error'
import type { Lab } from '../lab'
import type { Asker } from '../looking-back'
import { intentsOf } from './intents'
import { type Gone, lostForGood, lostForGoodWords, lostWords } from './lost'
import type { CommandRow, Done, LabParts, Restoration, Succeeded } from './row'
import type { Intent } from './rule'
import { commandRowOf, isRestoration, restorationRowOf } from './table'

interface Entry extends Change {
  /** What takes it back, in this order. */
  readonly commands: readonly (Command | Restoration)[]
  /** How many commands of one gesture it has. */
  readonly size: number
  /** The first one's label. */
  readonly first: string
  /** What it cost and undo does not bring back. */
  readonly gone: Gone | undefined
}

interface Outcome extends Succeeded {
  readonly inverse: readonly (Command | Restoration)[]
}

/** The field that an error is about: undo has no form to put it beside. */
const FIELD = /^[a-zA-Z]+: /

type Before = Pick<Done, 'before' | 'scenario' | 'turns'>

export class ChangeHistory {
  private readonly undoable: Entry[] = []
  private readonly redoable: Entry[] = []
  private lastNumber = 0
  /** The last report. */
  private reported = '\n'

  constructor(private readonly lab: Lab) {}

  async carryOut(parts: LabParts, command: Command, by: Asker): Promise<Succeeded> {
    const row = commandRowOf(command)
    const isKept = row.inverse !== null && by.isRemembered !== false
    const before = isKept && this.before(parts)
    try {
      const result = succeeded(await row.carryOut(parts, command, by))
      return before ? { ...result, ...this.remember(row, command, before, result.node) } : result
    } catch (error) {
      // A part of a scenario may have been created.
      if (before && error instanceof CommandError) this.remember(row, command, before)
      throw error
    } finally {
      this.report()
    }
  }

  undo(parts: LabParts, by: Asker, number?: number): Promise<Succeeded> {
    return this.move(parts, by, number, 'undo')
  }

  redo(parts: LabParts, by: Asker, number?: number): Promise<Succeeded> {
    return this.move(parts, by, number, 'redo')
  }

  intentsOf(what: 'undo' | 'redo'): readonly Intent[] {
    const entry = this.next(what === 'undo' ? this.undoable : this.redoable)
    return entry?.commands.flatMap(intentsOf) ?? []
  }

  /** Tells the screens what undo and redo would do next, where that has changed. */
  report(): void {
    const [undo, redo] = [this.undoable, this.redoable].map((entries) => this.next(entries))
    const next = [undo, redo].map((entry) => entry && `${entry.number} ${entry.label}`).join('\n')
    if (next === this.reported) return
    this.reported = next
    this.lab.journal.emit({
      type: 'history.changed',
      undo: undo ? changeOf(undo) : null,
      redo: redo ? changeOf(redo) : null,
    })
  }

  private async move(
    parts: LabParts,
    by: Asker,
    number: number | undefined,
    what: 'undo' | 'redo',
  ): Promise<Succeeded> {
    const [from, to] =
      what === 'undo' ? [this.undoable, this.redoable] : [this.redoable, this.undoable]
    const entry = this.next(from)
    if (entry === undefined) throw new CommandError(`There is nothing to ${what}.`)
    if (number !== undefined && number !== entry.number) throw isNotNext(what, number, entry, from)
    const { state } = this.lab.journal
    const { number: same, label } = entry
    let outcome: Outcome
    try {
      outcome = await this.carryOutAll(parts, entry.commands, by)
    } catch (error) {
      // Else it would stand in the way of every change before it.
      if (error instanceof CommandError) throw isImpossible(what, label, error)
      throw error
    } finally {
      // Another command may have been given meanwhile.
      if (from.includes(entry)) from.splice(from.indexOf(entry), 1)
    }
    const { state: after } = this.lab.journal
    if (outcome.inverse.length > 0) {
      to.push({ ...entry, commands: outcome.inverse, gone: lostForGood(state, after) })
    }
    const notes = [
      outcome.note,
      lostWords(state, after),
      entry.gone && lostForGoodWords(entry.gone, after),
    ]
    return {
      ...(outcome.node !== undefined && { node: outcome.node }),
      change: { number: same, label },
      ...noteOf(notes),
    }
  }

  /** Rejects with a CommandError if none of them could be carried out; if only some could not, a note says so. */
  private async carryOutAll(
    parts: LabParts,
    commands: Entry['commands'],
    by: Asker,
  ): Promise<Outcome> {
    const inverse: (Command | Restoration)[] = []
    const notes: (string | undefined)[] = []
    const problems: CommandError[] = []
    let node: string | undefined
    for (const command of commands) {
      try {
        const outcome = await this.carryOutOne(parts, command, by)
        inverse.unshift(...outcome.inverse)
        notes.push(outcome.note)
        node ??= outcome.node
      } catch (error) {
        if (!(error instanceof CommandError)) throw error
        problems.push(error)
      }
    }
    const sentences = problems.map(({ message }) => message.replace(FIELD, ''))
    if (inverse.length === 0 && problems.length > 0) {
      throw new CommandError(sentences.join(' '), problems.map(({ inLog }) => inLog).join(' '))
    }
    return { inverse, ...(node !== undefined && { node }), ...noteOf([...notes, ...sentences]) }
  }

  private async carryOutOne(
    parts: LabParts,
    command: Command | Restoration,
    by: Asker,
  ): Promise<Outcome> {
    const before = this.before(parts)
    if (isRestoration(command)) {
      const row = restorationRowOf(command)
      const result = await row.carryOut(parts, command)
      return { ...result, inverse: row.inverse(command, this.done(before, result.node)) }
    }
    const row = commandRowOf(command)
    const result = succeeded(await row.carryOut(parts, command, by))
    return { ...result, inverse: row.inverse?.(command, this.done(before, result.node)) ?? [] }
  }

  private remember<T extends CommandType>(
    row: CommandRow<T>,
    command: CommandOf<T>,
    before: Before,
    node?: string,
  ): Succeeded {
    if (row.inverse === null) return {}
    const done = this.done(before, node)
    const commands = row.inverse(command, done)
    if (commands.length === 0) return {}
    const label = row.label(command, done)
    const gone = lostForGood(done.before, done.after)
    const last = this.undoable.at(-1)
    const joined = 'joins' in command && command.joins === last?.number ? last : undefined
    if (joined) this.undoable.pop()
    const { size, first } = joined ?? { size: 0, first: label }
    const change = {
      number: joined?.number ?? ++this.lastNumber,
      label: size === 0 ? label : `${first} and ${size} more`,
    }
    this.undoable.push({
      ...change,
      commands: [...commands, ...(joined?.commands ?? [])],
      size: size + 1,
      first,
      gone: gone ?? joined?.gone,
    })
    if (this.undoable.length > MAX_UNDONE) this.undoable.shift()
    this.redoable.length = 0
    return { change, ...noteOf([lostWords(done.before, done.after)]) }
  }

  private before({ proxy, scenario }: LabParts): Before {
    return { before: this.lab.journal.state, scenario, turns: proxy.turns }
  }

  private done(before: Before, node: string | undefined): Done {
    return { ...before, after: this.lab.journal.state, node }
  }

  /** Forgets changes of what has gone by itself: a breakpoint that was used up, an outside program. */
  private next(entries: Entry[]): Entry | undefined {
    const { state } = this.lab.journal
    for (let entry = entries.at(-1); entry; entry = entries.at(-1)) {
      if (!entry.commands.some((command) => isAboutNothing(command, state))) return entry
      entries.pop()
    }
    return undefined
  }
}

function changeOf({ number, label }: Change): Change {
  return { number, label }
}

function succeeded(made: Awaited<ReturnType<CommandRow<Command['type']>['carryOut']>>): Succeeded {
  return typeof made === 'string' ? { node: made } : (made ?? {})
}

function noteOf(sentences: readonly (string | undefined)[]): { note?: string } {
  const note = sentences.filter((sentence) => sentence !== undefined).join(' ')
  return note === '' ? {} : { note }
}

function isImpossible(
  what: 'undo' | 'redo',
  label: string,
  { message, inLog }: CommandError,
): CommandError {
  const words = `Can no longer be ${what === 'undo' ? 'undone' : 'redone'}`
  return new CommandError(`${words}: ${label}. ${message}`, `${words}. ${inLog}`)
}

function isNotNext(
  what: 'undo' | 'redo',
  number: number,
  next: Entry,
  entries: readonly Entry[],
): CommandError {
  if (!entries.some((entry) => entry.number === number)) {
    return new CommandError(`That can no longer be ${what === 'undo' ? 'undone' : 'redone'}.`)
  }
  const since = 'The lab was changed again since.'
  return new CommandError(`${since} First ${what}: ${next.label}.`, since)
}

function isAboutNothing(command: Command | Restoration, state: State): boolean {
  switch (command.type) {
    case 'removeNode':
    case 'updateServer':
    case 'updateClient':
      return !state.nodes.has(command.node)
    case 'setBreakpoint':
    case 'removeBreakpoint':
      return command.id !== undefined && !state.breakpoints.has(command.id)
    case 'removeFault':
      return !state.faults.has(command.id)
    case 'restoreNode':
      return command.replaced !== undefined && !state.nodes.has(command.replaced)
    case 'restoreOutside':
      return command.programs.every(({ node }) => state.nodes.has(node.id))
    default:
      return false
  }
}
