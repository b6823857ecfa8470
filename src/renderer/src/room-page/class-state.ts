// What a viewer's page knows of the class, and what its person has chosen.
import { create } from 'zustand'
import type { NodeId } from '../../../shared/ids'
import type { ClassPicture, LabMoment, NodeDetails } from '../../../shared/room/class-picture'
import type { GivenClient, GivenServer } from '../../../shared/room/given-nodes'
import type { ProgramGroup, ProgramsAt } from '../../../shared/room/programs'
import type { ShownVote, VoteAnswer } from '../../../shared/room/vote'
import type { SpotlightTarget } from '../../../shared/spotlight-target'

/**
 * `entering`: the code is needed. `joining`: the connection is being made. `in`: it has joined. `lost`: it tries to connect
 * again. `ended`: the class is over. `cutOff`: the room has closed the connection for good.
 */
export type Phase = 'entering' | 'joining' | 'in' | 'lost' | 'ended' | 'cutOff'

interface ClassState {
  phase: Phase
  /** Why it has not been let in, or was cut off, as a sentence; empty if there is no reason. */
  error: string
  code: string
  name: string
  token: string
  /** Viewers in the class. */
  here: number
  lab: ClassPicture | null
  moment: LabMoment | null
  vote: ShownVote | null
  /** The answer that was counted. */
  mine: { question: number; round: number; answer: VoteAnswer | null } | null
  /** An answer on its way. */
  sending: { question: number; round: number; answer: VoteAnswer } | null
  /** Shows what the instructor has selected. */
  follows: boolean
  pointed: NodeId | null
  /** What the instructor spotlights. */
  spotlight: SpotlightTarget | null
  /** What this person has selected. */
  chosen: NodeId | null
  details: NodeDetails | null
  /** The client of the lab that this person has; null: none. */
  client: GivenClient | null
  /** The instructor hands out clients. */
  isClientOffered: boolean
  /** Why the client did not do what the person wanted last, as a sentence; empty if it did. */
  clientError: string
  /** The same of the server that this person is. */
  server: GivenServer | null
  isServerOffered: boolean
  serverError: string
  /** Where programs of the room may join; null: they may not. */
  programsAt: ProgramsAt | null
  /** Those that have joined from this device's address. */
  myPrograms: ProgramGroup | null
}

export const useClass = create<ClassState>(() => ({
  phase: 'joining',
  error: '',
  code: '',
  name: '',
  token: '',
  here: 0,
  lab: null,
  moment: null,
  vote: null,
  mine: null,
  sending: null,
  follows: true,
  pointed: null,
  spotlight: null,
  chosen: null,
  details: null,
  client: null,
  isClientOffered: false,
  clientError: '',
  server: null,
  isServerOffered: false,
  serverError: '',
  programsAt: null,
  myPrograms: null,
}))

/** The node that is looked at: the instructor's, or the person's own. */
export function lookedAt({ follows, pointed, chosen }: ClassState): NodeId | null {
  return follows ? pointed : chosen
}

/** The person's answer in the round that is open, counted or on its way. */
export function ownAnswer({ vote, mine, sending }: ClassState): VoteAnswer | null {
  if (vote === null) return null
  const isOf = (one: { question: number; round: number } | null) =>
    one !== null && one.question === vote.id && (one.round === vote.round || vote.isRevealed)
  if (isOf(sending)) return sending?.answer ?? null
  return isOf(mine) ? (mine?.answer ?? null) : null
}
