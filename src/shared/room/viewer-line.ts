// What goes between a class's room and its viewers. A viewer's page can say nothing else: there is no way from here to a
// command of the lab.
import * as v from 'valibot'
import { nodeId } from '../fields'
import type { NodeId } from '../ids'
import { MAX_GIVEN_ANSWER_CHARS, MAX_GIVEN_PAYLOAD_CHARS, MAX_VIEWER_NAME_CHARS } from '../limits'
import type { SpotlightTarget } from '../spotlight-target'
import type { ClassPicture, LabMoment, NodeDetails } from './class-picture'
import type { GivenClient, GivenServer } from './given-nodes'
import type { ProgramGroup, ProgramsAt } from './programs'
import { type ShownVote, type VoteAnswer, voteAnswer } from './vote'

/** The path of the WebSocket. */
export const VIEWER_PATH = '/class'
/** The path of the whole lab, for those who have joined. */
export const WHOLE_LAB_PATH = '/lab'

/** Close codes of the room, as far as the page does something of its own about them. */
export const ENDED = 4001
export const CUT_OFF = 1008

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(1))
/** Control characters, and those that turn the direction of the text beside them; not the joiners of scripts and emoji. */
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}]|(?!\p{Join_Control})\p{Cf}/gu
const ONLY_JOINERS = /^[\p{Join_Control}\s]*$/u
const line = (most: number) =>
  v.pipe(
    v.string(),
    v.maxLength(4 * most),
    v.transform((text) => {
      const seen = text.replace(UNSEEN, '').replace(/\s+/g, ' ').trim()
      return ONLY_JOINERS.test(seen) ? '' : [...seen].slice(0, most).join('')
    }),
  )
const name = line(MAX_VIEWER_NAME_CHARS)

export const viewerMessage = v.variant('kind', [
  /** The first message of a viewer who comes with the code; an empty name stands for no name. */
  v.strictObject({ kind: v.literal('join'), code: v.pipe(v.string(), v.maxLength(40)), name }),
  /** The first message of one who has joined before. */
  v.strictObject({ kind: v.literal('return'), token: v.pipe(v.string(), v.maxLength(100)) }),
  v.strictObject({ kind: v.literal('rename'), name }),
  v.strictObject({
    kind: v.literal('answer'),
    question: count,
    round: count,
    answer: voteAnswer,
  }),
  /** Looks at this node from now on, or at none. */
  v.strictObject({ kind: v.literal('look'), node: v.nullable(nodeId) }),
  /** Wants a client, while the instructor hands them out. */
  v.strictObject({ kind: v.literal('wantClient') }),
  /** The viewer's own client, whichever it is, sends a message; empty: with the client's payload. */
  v.strictObject({ kind: v.literal('send'), payload: line(MAX_GIVEN_PAYLOAD_CHARS) }),
  /** Wants a server, while the instructor hands them out. */
  v.strictObject({ kind: v.literal('wantServer') }),
  /** The viewer's own server, whichever it is, gives this answer, exactly so, to a message that waits for it there. */
  v.strictObject({
    kind: v.literal('answerByHand'),
    exchange: count,
    payload: v.pipe(v.string(), v.maxLength(MAX_GIVEN_ANSWER_CHARS)),
  }),
])
export type ViewerMessage = v.InferOutput<typeof viewerMessage>

export type RoomMessage =
  | {
      readonly kind: 'joined'
      readonly token: string
      readonly name: string
      readonly code: string
    }
  /** Not let in. `code`: it is not the class's; `token`: the code is needed again. */
  | {
      readonly kind: 'refused'
      readonly about: 'code' | 'token' | 'guesses' | 'full'
      readonly error: string
    }
  /** Every VIEWER_PING_MS, since a page cannot see the pings of its connection. */
  | { readonly kind: 'alive' }
  | { readonly kind: 'lab'; readonly lab: ClassPicture }
  | { readonly kind: 'moment'; readonly moment: LabMoment }
  /** Null: nothing is asked. */
  | { readonly kind: 'vote'; readonly vote: ShownVote | null; readonly here: number }
  /** What this viewer has answered in this round, or in the last one in which it did. */
  | {
      readonly kind: 'mine'
      readonly question: number
      readonly round: number
      readonly answer: VoteAnswer | null
    }
  /** The node that the instructor has selected, and what is spotlighted. */
  | {
      readonly kind: 'pointed'
      readonly node: NodeId | null
      readonly spotlight: SpotlightTarget | null
    }
  /** Null: there is no such node any more. */
  | { readonly kind: 'details'; readonly details: NodeDetails | null }
  /** `client`: that of this viewer; null: there is no such client. `error`: why what it wanted last was not done; empty if it was. */
  | {
      readonly kind: 'client'
      readonly isOffered: boolean
      readonly client: GivenClient | null
      readonly error: string
    }
  /** The same of the viewer's server. */
  | {
      readonly kind: 'server'
      readonly isOffered: boolean
      readonly server: GivenServer | null
      readonly error: string
    }
  /** Where programs may join (null: they may not), and those that have joined from the viewer's address. */
  | {
      readonly kind: 'programs'
      readonly at: ProgramsAt | null
      readonly mine: ProgramGroup | null
    }
