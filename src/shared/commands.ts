// What can be asked of the engine: one row for each command, with its fields, who may give it and when. How it is carried
// out stands in the engine's own table (src/main/engine/commands/table.ts); the compiler asks for a row there too.
import * as v from 'valibot'
import type { Change } from './events'
import { filterText, linkField, nodeId, places, policyId, protocolId, speed } from './fields'
import { FOREIGN_KINDS } from './foreign-proxy'
import { issueTextForLog, UNQUOTED } from './issue-text'
import {
  MAX_CAPTION_CHARS,
  MAX_MESSAGE_BYTES,
  MAX_PLACES,
  MAX_PROGRAM_CHARS,
  MAX_SEND_COUNT,
  MAX_TYPED_CHARS,
  MAX_WATCHED,
} from './limits'
import { SPELLING_NAMES } from './protocol/spelling'
import { scenarioSchema } from './scenario-file'
import { compareOrNone } from './scenario-pools'
import { CLIENT_SETTINGS } from './settings/client'
import { changeable, commandFields } from './settings/derive'
import { FAULT_SETTINGS } from './settings/fault'
import { LINK_SETTINGS } from './settings/link'
import { POOL_SETTINGS } from './settings/pool'
import { SERVER_SETTINGS } from './settings/server'

/** Who is at the other end of a connection to the engine: an operator may change the lab, a viewer may only look. */
export type UserRole = 'operator' | 'viewer'

interface Row {
  readonly fields: v.ObjectEntries
  /** Who may give it. An operator may do what a viewer may. */
  readonly who: UserRole
  /** Whether it can be given while a window looks back: then it changes nothing that has happened or is in flight. */
  readonly whileLookingBack: boolean
  /** It adds or removes nodes, which takes time: such commands are carried out one after another. */
  readonly inTurn: boolean
}

/** For an operator, at once, and not while a window looks back. */
const AT_ONCE = { who: 'operator', whileLookingBack: false, inTurn: false } as const
const IN_TURN = { ...AT_ONCE, inTurn: true } as const
const ALSO_LOOKING_BACK = { ...AT_ONCE, whileLookingBack: true } as const
const FOR_EVERYBODY = { ...ALSO_LOOKING_BACK, who: 'viewer' } as const

const number = v.pipe(v.number(), v.safeInteger(), v.minValue(1))
const base64 = v.pipe(
  v.string(),
  v.minLength(1, 'A packet has at least one byte.'),
  v.maxLength(4 * Math.ceil(MAX_MESSAGE_BYTES / 3), 'A message has at most a megabyte.'),
  v.base64(),
)
const programText = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(MAX_PROGRAM_CHARS, `At most ${MAX_PROGRAM_CHARS} characters.`),
)
/** The number of an earlier change of the same gesture: undo takes both back at once, if none came in between. */
const gesture = { joins: v.optional(number) }
const caption = v.pipe(
  v.string(),
  v.trim(),
  v.minLength(1, 'A bookmark needs a caption.'),
  v.maxLength(MAX_CAPTION_CHARS, `A caption has at most ${MAX_CAPTION_CHARS} characters.`),
)
const watched = v.pipe(v.array(policyId), v.maxLength(MAX_WATCHED))
const identity = { id: v.optional(protocolId), policy: v.optional(policyId) }

export const COMMANDS = {
  /** The engine chooses the id, the policy and the port where they are left out. */
  addServer: { fields: { ...identity, ...commandFields(SERVER_SETTINGS) }, ...IN_TURN },
  /** The engine chooses the id, the policy and the payload where they are left out. */
  addClient: { fields: { ...identity, ...commandFields(CLIENT_SETTINGS) }, ...IN_TURN },
  /** Changes what is given. Of an outside server: only the settings that outside programs have. */
  updateServer: {
    fields: {
      node: nodeId,
      ...identity,
      ...commandFields(changeable(SERVER_SETTINGS)),
      ...gesture,
    },
    ...IN_TURN,
  },
  updateClient: {
    fields: {
      node: nodeId,
      ...identity,
      ...commandFields(changeable(CLIENT_SETTINGS)),
      ...gesture,
    },
    ...IN_TURN,
  },
  /** Stops an inside node; takes an outside program off the graph and out of the switching table. */
  removeNode: { fields: { node: nodeId, ...gesture }, ...IN_TURN },
  /** Puts nodes at these places on the graph, and forgotten ones back into the tidy layout. */
  placeNodes: {
    fields: { places, forgotten: v.pipe(v.array(nodeId), v.maxLength(MAX_PLACES)) },
    ...AT_ONCE,
  },
  /** Takes outside clients that have left off the graph. */
  clearLeftClients: { fields: {}, ...IN_TURN },
  /** Changes what is given. What is in flight stays; the algorithm begins anew. */
  updatePool: { fields: { policy: policyId, ...commandFields(POOL_SETTINGS) }, ...AT_ONCE },
  /**
   * Puts another program in the proxy's place: HAProxy or nginx with the exported files, a student's program that is started by
   * its command (with `{port}`, in this folder), or one that listens on this port already.
   */
  swapProxy: {
    fields: {
      by: v.picklist(FOREIGN_KINDS),
      command: v.optional(programText),
      folder: v.optional(programText),
      port: v.optional(v.pipe(number, v.maxValue(65_535, 'Ports go up to 65535.'))),
      spelling: v.optional(v.picklist(SPELLING_NAMES)),
    },
    ...IN_TURN,
  },
  /** Ends that program, if the lab has started it: our own proxy is back. */
  returnProxy: { fields: {}, ...IN_TURN },
  /**
   * What this window shows of these policies beyond what every window gets, in place of what it looked at before: what is
   * next and which keys move, and what the other algorithms would choose.
   */
  look: { fields: { pictures: watched, others: watched }, ...FOR_EVERYBODY },
  sendMessage: {
    fields: {
      client: nodeId,
      policy: v.optional(policyId),
      payload: v.optional(CLIENT_SETTINGS.payload.schema),
      count: v.optional(
        v.pipe(
          v.number(),
          v.integer('Send a whole number of messages.'),
          v.minValue(1, 'Send at least one message.'),
          v.maxValue(MAX_SEND_COUNT, `Send at most ${MAX_SEND_COUNT} messages at once.`),
        ),
      ),
    },
    ...AT_ONCE,
  },
  /**
   * Gives what a person has typed as the payload of the answer to this exchange's message, which waits for one in the hands of a
   * server that answers by hand.
   */
  answerByHand: {
    fields: {
      server: nodeId,
      exchange: number,
      payload: v.pipe(
        v.string(),
        v.maxLength<string, number, (issue: v.MaxLengthIssue<string, number>) => string>(
          MAX_TYPED_CHARS,
          ({ received }) =>
            `An answer has at most ${MAX_TYPED_CHARS} characters; this one has ${received}.`,
        ),
      ),
    },
    ...AT_ONCE,
  },
  /** Every inside client sends its payload once, in order. */
  sendAll: { fields: {}, ...AT_ONCE },
  /** A client sends by itself, as its traffic says. `updateClient` changes it, also while it runs. */
  startTraffic: { fields: { client: nodeId }, ...AT_ONCE },
  stopTraffic: { fields: { client: nodeId }, ...AT_ONCE },
  pause: { fields: {}, ...ALSO_LOOKING_BACK },
  resume: { fields: {}, ...AT_ONCE },
  /** The window that asks looks back from now on. An operator may have the lab paused for as long. */
  lookBack: { fields: { pausesLab: v.boolean() }, ...FOR_EVERYBODY },
  /** The window shows the present again; a lab that was paused for it runs on. */
  returnToLive: { fields: {}, ...FOR_EVERYBODY },
  setSpeed: { fields: { speed }, ...ALSO_LOOKING_BACK },
  /** Sets which pools' settings can be compared; an empty list: none. */
  updateCompare: { fields: { compare: compareOrNone }, ...AT_ONCE },
  /** Changes what is given, for packets sent from now on. */
  updateLinks: { fields: commandFields(LINK_SETTINGS), ...AT_ONCE },
  /** Pauses, advances to the next scheduled event, and waits until the sockets are quiet. */
  step: { fields: {}, ...AT_ONCE },
  /** Steps until the proxy has made a decision. */
  stepToDecision: { fields: {}, ...AT_ONCE },
  /** Steps until this packet's exchange is finished; a packet without an exchange, until it has arrived. */
  stepToEnd: { fields: { packet: number }, ...AT_ONCE },
  /** Sets a new breakpoint or, with an id, changes one. */
  setBreakpoint: {
    fields: {
      id: v.optional(number),
      filter: filterText,
      once: v.optional(v.boolean()),
      enabled: v.optional(v.boolean()),
    },
    ...ALSO_LOOKING_BACK,
  },
  removeBreakpoint: { fields: { id: number }, ...ALSO_LOOKING_BACK },
  /** Sets a new fault on a link or, with an id, changes one. For packets sent from now on. */
  setFault: {
    fields: {
      id: v.optional(number),
      link: v.optional(linkField),
      ...commandFields(FAULT_SETTINGS),
    },
    ...AT_ONCE,
  },
  removeFault: { fields: { id: number }, ...AT_ONCE },
  /**
   * Names a moment of the session, by default the present one: the one after the event `seq`, at the simulated time `at`. With an
   * id, gives that bookmark another caption.
   */
  setBookmark: {
    fields: {
      id: v.optional(number),
      caption,
      moment: v.optional(v.strictObject({ seq: number, at: v.pipe(v.number(), v.minValue(0)) })),
    },
    ...ALSO_LOOKING_BACK,
  },
  removeBookmark: { fields: { id: number }, ...ALSO_LOOKING_BACK },
  /** Lets a held packet move on. */
  release: { fields: { packet: number }, ...AT_ONCE },
  releaseAll: { fields: {}, ...AT_ONCE },
  /** Takes a held packet off its link: its receiver never sees it. */
  drop: { fields: { packet: number }, ...AT_ONCE },
  /** Lets a held packet move on, and a copy of it right behind. */
  sendTwice: { fields: { packet: number }, ...AT_ONCE },
  /** Changes the bytes of a held packet: to one message, or to one run of bytes that is no message. */
  edit: { fields: { packet: number, bytes: base64 }, ...AT_ONCE },
  /**
   * Undoes the last change of the set-up, whichever operator made it. `change`: undoes it only if it has this number.
   * Lost messages do not come back.
   */
  undo: { fields: { change: v.optional(number) }, ...IN_TURN },
  /** Makes the change again that was undone last. */
  redo: { fields: { change: v.optional(number) }, ...IN_TURN },
  /** Begins again with the scenario that was opened last, else with the one that the app started with. */
  reset: { fields: {}, ...IN_TURN },
  /** Ends the lab and begins with this scenario: running, unless that says otherwise. */
  openScenario: { fields: { scenario: scenarioSchema }, ...IN_TURN },
  /**
   * Ends this session, which is kept, and begins another at time 0: with the servers, clients and settings as they are, or
   * with the scenario that `reset` restores.
   */
  newSession: { fields: { pool: v.picklist(['asItIs', 'asOpened']) }, ...IN_TURN },
} as const satisfies Record<string, Row>

export type CommandType = keyof typeof COMMANDS
type FieldsOf<F> = F extends v.ObjectEntries
  ? v.InferOutput<v.StrictObjectSchema<F, undefined>>
  : never
export type CommandOf<T extends CommandType> = { type: T } & FieldsOf<
  (typeof COMMANDS)[T]['fields']
>
export type Command = { [T in CommandType]: CommandOf<T> }[CommandType]

const schemas = Object.entries(COMMANDS).map(([type, { fields }]) =>
  v.strictObject({ type: v.literal(type), ...fields }),
)
/** TypeScript does not follow the loop above, so its outcome is stated here. */
const commandSchema = v.variant('type', schemas) as v.GenericSchema<unknown, Command>

/**
 * `node`: the node that the command made or changed. `change`: what it can be undone as; for `undo` and `redo`, what they
 * undid or redid. `note`: what did not go as the person may expect, in sentences. `error`: a sentence for the person who
 * asked.
 */
export type CommandResult =
  | { ok: true; node?: string; change?: Change; note?: string }
  | { ok: false; error: string }

/** Checks a command that came from outside; the error names the field at fault, and `inLog` says it without quoting. */
export function parseCommand(
  value: unknown,
): { ok: true; command: Command } | { ok: false; error: string; inLog: string } {
  const result = v.safeParse(commandSchema, value, UNQUOTED)
  if (result.success) return { ok: true, command: result.output }
  const issue = result.issues[0]
  const path = v.getDotPath(issue)
  const about = path ? `${path}: ` : ''
  return { ok: false, error: about + issue.message, inLog: about + issueTextForLog(issue) }
}
