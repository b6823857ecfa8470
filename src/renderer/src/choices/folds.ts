// Which groups of programs of the room this person sees as one node each. Until something is chosen, all of them are folded
// where there are many.
import { create } from 'zustand'
import type { Machine } from '../../../shared/ids'

/** More machines than these are folded by themselves. */
const MOST_UNFOLDED = 8

export interface Folds {
  /** Undefined: as many machines decide. */
  readonly all: boolean | undefined
  /** What was chosen for single ones. */
  readonly chosen: ReadonlyMap<Machine, boolean>
}

export const NO_CHOICE: Folds = { all: undefined, chosen: new Map() }

export const useFolds = create<Folds>(() => NO_CHOICE)

/** `machines`: how many there are. */
export function isFolded({ all, chosen }: Folds, machine: Machine, machines: number): boolean {
  return chosen.get(machine) ?? all ?? machines > MOST_UNFOLDED
}

export function fold(machine: Machine, folded: boolean): void {
  useFolds.setState(({ chosen }) => ({ chosen: new Map(chosen).set(machine, folded) }))
}

/** Also those that are to come. */
export function foldAll(all: boolean): void {
  useFolds.setState({ all, chosen: new Map() })
}
