// A class between the instructor's page and the process behind it. What goes between a room and its viewers is another
// matter (viewer-line.ts).
import * as v from 'valibot'
import { nodeId, policyId } from '../fields'
import type { ProtocolId } from '../ids'
import { MAX_VOTE_CHARS, MAX_VOTE_OPTION_CHARS, MAX_VOTE_OPTIONS } from '../limits'
import { spotlightTarget } from '../spotlight-target'
import { GIVEN, type GivenNodes } from './given-nodes'
import type { JoinedPrograms } from './programs'
import type { ShownVote } from './vote'

const words = (most: number, what: string) =>
  v.pipe(
    v.string(),
    v.trim(),
    v.minLength(1, `${what} needs some words.`),
    v.maxLength(most, `${what} has at most ${most} characters.`),
  )
const question = words(MAX_VOTE_CHARS, 'A question')
const options = v.pipe(
  v.array(words(MAX_VOTE_OPTION_CHARS, 'An answer')),
  v.minLength(2, 'Give at least two answers to choose from.'),
  v.maxLength(MAX_VOTE_OPTIONS, `There are at most ${MAX_VOTE_OPTIONS} answers to choose from.`),
  v.check((all) => new Set(all).size === all.length, 'Two answers are the same.'),
)
const hands = v.pipe(
  v.array(v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(10_000))),
  v.maxLength(MAX_VOTE_OPTIONS),
)

/** The address of a machine of the room. */
const machine = v.pipe(v.string(), v.minLength(1), v.maxLength(100))
/** A viewer's number. */
const viewer = v.pipe(v.number(), v.safeInteger(), v.minValue(1))

const what = v.picklist(GIVEN)

/** A question that the instructor puts. */
const putQuestion = v.variant('kind', [
  /**
   * Which server gets the next message of this policy? That message is held before the proxy. `send`: a client of the policy
   * sends it at once.
   */
  v.strictObject({ kind: v.literal('nextServer'), policy: policyId, send: v.boolean() }),
  v.strictObject({ kind: v.literal('choice'), question, options }),
  v.strictObject({
    kind: v.literal('number'),
    question,
    unit: v.pipe(v.string(), v.trim(), v.maxLength(20, 'A unit has at most 20 characters.')),
  }),
])
export type PutQuestion = v.InferOutput<typeof putQuestion>

/** What an operator's page may ask for. */
export const roomRequest = v.variant('kind', [
  /** `state` follows, with the addresses at which a room can be opened now. */
  v.strictObject({ kind: v.literal('look') }),
  /** Opens the room to the network at this address of this machine. */
  v.strictObject({ kind: v.literal('open'), address: v.pipe(v.string(), v.maxLength(100)) }),
  v.strictObject({ kind: v.literal('close') }),
  v.strictObject({ kind: v.literal('put'), question: putQuestion }),
  /** Shows the bars to everybody, or hides them again. */
  v.strictObject({ kind: v.literal('showBars'), shown: v.boolean() }),
  /** Lets happen what the question is about, or says what is right: indexes of answers, or a number. */
  v.strictObject({
    kind: v.literal('reveal'),
    right: v.exactOptional(
      v.union([
        v.pipe(v.number(), v.finite()),
        v.pipe(v.array(v.number()), v.maxLength(MAX_VOTE_OPTIONS)),
      ]),
    ),
    /** How far off a number still counts as right. */
    within: v.exactOptional(v.pipe(v.number(), v.finite(), v.minValue(0))),
  }),
  /** Everybody answers the question once more. */
  v.strictObject({ kind: v.literal('voteAgain') }),
  /** Hands that were raised in this round, in the order of the answers. */
  v.strictObject({ kind: v.literal('hands'), counts: hands }),
  v.strictObject({ kind: v.literal('endVote') }),
  /** The node that the instructor has selected, and what is spotlighted: viewers who follow see both as well. */
  v.strictObject({
    kind: v.literal('point'),
    node: v.nullable(nodeId),
    spotlight: v.nullable(spotlightTarget),
  }),
  /** From now on, every viewer who wants a client, or a server, gets one, of this policy; null: the lab chooses. */
  v.strictObject({ kind: v.literal('handOut'), what, policy: v.nullable(policyId) }),
  /** Nobody else gets one. */
  v.strictObject({ kind: v.literal('endHandOut'), what }),
  v.strictObject({ kind: v.literal('give'), what, viewer, policy: v.nullable(policyId) }),
  /** Removes this viewer's client or server, or those of all. */
  v.strictObject({ kind: v.literal('takeBack'), what, viewer: v.nullable(viewer) }),
  /** Programs of the network may join the lab, at the address of the room. */
  v.strictObject({ kind: v.literal('letProgramsIn') }),
  /** They may no more, and those that have joined are cleared. */
  v.strictObject({ kind: v.literal('endPrograms') }),
  /** Ends the connections of this machine's programs, and takes them off the table and the graph. */
  v.strictObject({ kind: v.literal('clearPrograms'), machine, keepOut: v.boolean() }),
  /** Programs of a machine that was kept out may join again. */
  v.strictObject({ kind: v.literal('letMachineIn'), machine }),
  /** `results` follows: those of the class, or of the one that ended last. */
  v.strictObject({ kind: v.literal('results') }),
])
export type RoomRequest = v.InferOutput<typeof roomRequest>

/** An address of this machine. */
export interface RoomAddress {
  readonly address: string
  /** The name of its interface. */
  readonly name: string
  /** Who can reach it: this machine alone, or its network. */
  readonly reach: 'machine' | 'network'
}

/** The vote as the instructor sees it, whose screen is the hall's. */
export interface ConductedVote extends ShownVote {
  readonly about: 'nextServer' | 'choice' | 'number' | 'lesson'
  /** The policy of a question about the next server. */
  readonly policy: ProtocolId | null
  /** What is to come before it can be revealed, as a sentence; empty if nothing is. */
  readonly waitsFor: string
  /** In this round, as they were typed in. */
  readonly hands: readonly number[]
}

export interface OpenRoom {
  /** The address of the page, with the code. */
  readonly url: string
  readonly address: string
  readonly code: string
  /** Who is here now, and how many of them have given a name. */
  readonly viewers: number
  readonly named: number
  readonly vote: ConductedVote | null
  readonly clients: GivenNodes
  readonly servers: GivenNodes
  readonly programs: JoinedPrograms
  /** Questions put so far, which have results. */
  readonly questions: number
}

export interface RoomState {
  /** The addresses at which this machine can be reached. */
  readonly addresses: readonly RoomAddress[]
  /** Null: the room is closed. */
  readonly open: OpenRoom | null
  /** Questions of the class that ended last, until another one begins: their results can still be saved. */
  readonly endedQuestions: number
}

export type RoomUpdate =
  | { readonly kind: 'state'; readonly state: RoomState }
  | { readonly kind: 'results'; readonly name: string; readonly text: string }
  | { readonly kind: 'refused'; readonly error: string }

/** Checks an update that a host sends to the page. */
export const roomUpdate: v.GenericSchema<unknown, RoomUpdate> = v.variant('kind', [
  v.object({ kind: v.literal('state'), state: v.custom<RoomState>(isObject) }),
  v.object({ kind: v.literal('results'), name: v.string(), text: v.string() }),
  v.object({ kind: v.literal('refused'), error: v.string() }),
])

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}

/** One operator's page. */
export interface RoomScreen {
  request(asked: unknown): void
  stop(): void
}

/** Connects a page; `tell` is called at once with the room's state. */
export type ServeRoom = (tell: (update: RoomUpdate) => void) => RoomScreen
