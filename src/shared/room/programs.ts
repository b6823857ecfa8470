// Programs of the room's machines that have joined the lab, by machine: whose they are, and what they do.
import { counted, formatCount } from '../format'
import type { Machine } from '../ids'

export interface ProgramGroup {
  readonly machine: Machine
  /** The viewers with a name who are at that machine: `Ada, Ben`; empty if nobody is known there. */
  readonly name: string
  /** On the graph; clients that have left are not counted. */
  readonly clients: number
  readonly servers: number
  /** Connections to the proxy that are open. */
  readonly connections: number
  /** Messages that its clients have sent, and that its servers have answered. */
  readonly sent: number
  readonly answered: number
  /** Packets that were no message, and exchanges that ended in an error. */
  readonly errors: number
  /** Why the newest message was refused, or what the socket doctor has found last; empty: neither. */
  readonly problem: string
  /** What a limit does to it, as a sentence; empty if none does. */
  readonly limited: string
  /** It cannot connect until it is let in again. */
  readonly isKeptOut: boolean
}

/** Where programs join: the proxy at an address of the lab's machine. */
export interface ProgramsAt {
  readonly host: string
  readonly port: number
  /** A policy that has a server, for an example; null: none has. */
  readonly policy: string | null
}

/** As the instructor sees it. */
export interface JoinedPrograms {
  /** Null: they may not join. */
  readonly at: ProgramsAt | null
  readonly groups: readonly ProgramGroup[]
}

/** `Ada`, or the address where nobody is known. */
export function groupName({ name, machine }: Pick<ProgramGroup, 'name' | 'machine'>): string {
  return name === '' ? machine : name
}

/** What its clients have asked and its servers have answered, which are often other messages: `Clients have sent 5 messages`. */
export function programFigures({ sent, answered, errors }: ProgramGroup): string {
  const parts = [
    `Clients have sent ${counted(sent, 'message')}`,
    `servers have answered ${formatCount(answered)}`,
    ...(errors > 0 ? [counted(errors, 'error')] : []),
  ]
  return parts.join(', ')
}
