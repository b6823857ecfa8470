// What a row of the engine's command table is, and the parts of a lab that a command acts on.
import type { Command, CommandOf, CommandResult, CommandType } from '../../../shared/commands'
import type { Breakpoint, Node, Row } from '../../../shared/events'
import type { NodeId, ProtocolId } from '../../../shared/ids'
import type { LinkFault } from '../../../shared/link-fault'
import type { PoolSetup } from '../../../shared/pool-setup'
import type { Scenario } from '../../../shared/scenario'
import type { LinkValues } from '../../../shared/settings/link'
import type { State } from '../../../shared/state/state'
import type { InsideActors } from '../actors/inside-actors'
import type { ProxySwap } from '../foreign/proxy-swap'
import type { Lab } from '../lab'
import type { Asker, LookingBack } from '../looking-back'
import type { Looks } from '../looks'
import type { ProxyHost } from '../proxy/host'
import type { OutsidePrograms } from '../proxy/outside-programs'
import type { KeptTurn } from '../proxy/protocol'
import type { TimeControl } from '../time-control'
import type { Intent } from './rule'

export interface LabParts {
  readonly lab: Lab
  readonly proxy: ProxyHost
  readonly actors: InsideActors
  readonly foreign: ProxySwap
  readonly outside: OutsidePrograms
  readonly time: TimeControl
  readonly lookingBack: LookingBack
  readonly looks: Looks
  readonly history: History
  /** The scenario that `reset` restores. */
  scenario: Scenario
  /** The servers, clients and settings that the lab began with last. */
  begunWith: Scenario
  /** Ends this session and begins one with a lab like this; returns a sentence for each part that could not be created. */
  succeed(pool: PoolSetup): Promise<readonly string[]>
}

/** The changes of the set-up that can be undone and redone. */
interface History {
  /** Carries out a window's command, and remembers what undoes it. */
  carryOut(parts: LabParts, command: Command, by: Asker): Promise<Succeeded>
  /** `number`: only if this is the change that is undone next. */
  undo(parts: LabParts, by: Asker, number?: number): Promise<Succeeded>
  /** `number`: only if this is the change that is redone next. */
  redo(parts: LabParts, by: Asker, number?: number): Promise<Succeeded>
  /** What undo or redo would do next. */
  intentsOf(what: 'undo' | 'redo'): readonly Intent[]
}

/** What a command has found, and what it has left. */
export interface Done {
  readonly before: State
  /** The scenario that `reset` would have restored. */
  readonly scenario: Scenario
  /** Each policy's servers in the order of their turns, before the command. */
  readonly turns: ReadonlyMap<ProtocolId, readonly ProtocolId[]>
  readonly after: State
  /** The node that the command added or changed. */
  readonly node: NodeId | undefined
}

/** The parts of a state that belong to the set-up; its packets are not kept in memory for it. */
export type Chosen = Pick<
  State,
  | 'scenario'
  | 'seed'
  | 'clock'
  | 'nodes'
  | 'rows'
  | 'pools'
  | 'places'
  | 'breakpoints'
  | 'faults'
  | 'compare'
>

/** What people have chosen in a lab, without its messages and its outside programs. */
export interface SetUp extends Pick<Done, 'scenario' | 'turns'> {
  readonly before: Chosen
  readonly links: Partial<LinkValues>
}

/** An outside program that was taken off the graph. */
export interface FormerProgram {
  readonly node: Node
  readonly followers: readonly NodeId[]
  /** A server's, unless another node had its id. */
  readonly row: Row | undefined
}

/** What undo needs beside the commands. No window can ask for these. */
export type Restoration =
  /** Adds a removed node with its former id, settings and port; removes the one that has replaced it. */
  | { type: 'restoreNode'; node: Node; followers: readonly NodeId[]; replaced?: NodeId }
  /** Puts outside programs on the graph again, and their rows into the table. */
  | { type: 'restoreOutside'; programs: readonly FormerProgram[] }
  /** The next registration of this server gets this row and turn. */
  | { type: 'keepTurn'; node: NodeId; turn: KeptTurn }
  /** Sets a removed breakpoint with its former id. */
  | { type: 'restoreBreakpoint'; breakpoint: Breakpoint }
  /** Sets a fault with its former id and settings. */
  | { type: 'restoreFault'; fault: LinkFault }
  | { type: 'restoreSetUp'; setUp: SetUp }

export type Restoring<T extends Restoration['type']> = Extract<Restoration, { type: T }>

/** The commands that restore the earlier settings; none if the command has changed nothing. */
type Inverse<C> = (command: C, done: Done) => readonly (Command | Restoration)[]

export type Succeeded = Omit<Extract<CommandResult, { ok: true }>, 'ok'>

// biome-ignore lint/suspicious/noConfusingVoidType: most commands return nothing
type Made = NodeId | Succeeded | undefined | void

interface Carried<T extends CommandType> {
  /** Returns the node that it added or changed. Throws a CommandError for the person who gave the command. */
  carryOut(parts: LabParts, command: CommandOf<T>, by: Asker): Made | Promise<Made>
}

/** A command that is no change of the set-up. */
interface Final<T extends CommandType> extends Carried<T> {
  readonly inverse: null
}

interface Undoable<T extends CommandType> extends Carried<T> {
  readonly inverse: Inverse<CommandOf<T>>
  /** What the command has done, as the imperative that follows “Undo:”. */
  readonly label: (command: CommandOf<T>, done: Done) => string
}

export type CommandRow<T extends CommandType> = Final<T> | Undoable<T>

export type Rows<T extends CommandType> = { readonly [K in T]: CommandRow<K> }

/** A row for what only undo asks for. */
export interface RestorationRow<T extends Restoration['type']> {
  /** The note says what is not as it was. */
  carryOut(parts: LabParts, command: Restoring<T>): Succeeded | Promise<Succeeded>
  readonly inverse: Inverse<Restoring<T>>
}
