// "Check my program" between the page and the process behind it: the request, and the updates that follow.
import * as v from 'valibot'
import { PROGRAM_KINDS } from '../program-command'
import type { CheckedRequirement } from './result'

const MAX_COMMAND_CHARS = 4_000
const MAX_FOLDER_CHARS = 4_000
const LARGEST_PORT = 65_535

export const programCheckRequest = v.pipe(
  v.strictObject({
    program: v.picklist(PROGRAM_KINDS),
    /** How it is started, with places that the check fills in (program-command.ts). */
    command: v.exactOptional(v.pipe(v.string(), v.maxLength(MAX_COMMAND_CHARS))),
    /** Instead: the port of a proxy that runs already. */
    port: v.exactOptional(
      v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(LARGEST_PORT)),
    ),
    /** Where the command is run; without it, in the home folder. */
    folder: v.exactOptional(v.pipe(v.string(), v.maxLength(MAX_FOLDER_CHARS))),
    /** Tries only these requirements, by their ids. */
    only: v.exactOptional(v.array(v.pipe(v.string(), v.maxLength(100)))),
    /** It is run by bubblewrap, on Linux. */
    sandbox: v.exactOptional(v.boolean()),
  }),
  v.check(
    ({ command, port }) => (command === undefined) !== (port === undefined),
    'Give either a command or a port.',
  ),
)
export type ProgramCheckRequest = v.InferOutput<typeof programCheckRequest>

/** A requirement that is going to be tried. */
export interface AskedRequirement {
  readonly id: string
  readonly title: string
  readonly points: number
}

export type ProgramCheckUpdate =
  /** All that will be tried, in order. */
  | { readonly kind: 'began'; readonly requirements: readonly AskedRequirement[] }
  /** How the program spells the protocol, in one line. */
  | { readonly kind: 'dialect'; readonly dialect: string }
  /** In no order. */
  | { readonly kind: 'checked'; readonly requirement: CheckedRequirement }
  | { readonly kind: 'done'; readonly tookMs: number }
  /** It could not be done, for this reason. */
  | { readonly kind: 'failed'; readonly error: string }

/** A check that a host has started. */
export interface RunningProgramCheck {
  /** Ends it soon, and the program: `done` follows. */
  end(): void
  /** Ends it without another word. */
  stop(): void
}

/** Checks an update that the host sends to the page. */
export const programCheckUpdate: v.GenericSchema<unknown, ProgramCheckUpdate> = v.variant('kind', [
  v.object({
    kind: v.literal('began'),
    requirements: v.array(v.object({ id: v.string(), title: v.string(), points: v.number() })),
  }),
  v.object({ kind: v.literal('dialect'), dialect: v.string() }),
  v.object({ kind: v.literal('checked'), requirement: v.custom<CheckedRequirement>(hasId) }),
  v.object({ kind: v.literal('done'), tookMs: v.number() }),
  v.object({ kind: v.literal('failed'), error: v.string() }),
])

function hasId(value: unknown): boolean {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, 'id') === 'string'
}
