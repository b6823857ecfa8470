// A keyframe: the state before a block's first event, without its list of packets. What is read from a file is checked
// whole before a state is made of it.
import * as v from 'valibot'
import { decodeFrame, splitFrame } from '../feed/frame'
import type { State } from '../state/state'
import { amount, isPart, schemas, whole } from './rows'

const { nodeFields, rowFields, breakpoint, pieces, skipped } = schemas
const text = v.string()
const textOrNull = v.nullable(text)
const seconds = v.custom<number>(Number.isFinite)
const nothing = v.exactOptional(v.undefined())

const decision = v.strictObject({
  at: amount,
  exchange: whole,
  policy: text,
  server: textOrNull,
  candidates: v.array(text),
  turn: whole,
  skipped,
  next: textOrNull,
})
const packet = v.strictObject({
  id: whole,
  exchange: whole,
  kind: v.picklist([0, 1, 2, 'error']),
  from: text,
  to: text,
  connection: whole,
  sentAt: amount,
  dueAt: amount,
  status: v.literal('flying'),
  endedAt: nothing,
  dropped: nothing,
  verdict: v.exactOptional(v.picklist(['correct', 'wrong', 'error'])),
  legAt: amount,
  legFrom: v.custom<number>(isPart),
  heldAt: v.exactOptional(amount),
  held: v.exactOptional(
    v.strictObject({ breakpoint: v.nullable(whole), behind: v.nullable(whole) }),
  ),
  pieces: v.exactOptional(pieces),
  decision: v.exactOptional(decision),
  copyOf: v.exactOptional(whole),
  size: whole,
  originalSize: v.exactOptional(whole),
})
const verdict = v.picklist(['correct', 'wrong', 'error'])
const count = v.pipe(v.number(), v.safeInteger())
const counters = { sent: count, received: count, errors: count, served: count, inFlight: count }
const header = v.strictObject({
  kind: v.literal('snapshot'),
  number: whole,
  now: seconds,
  skipped: whole,
  state: v.strictObject({
    seq: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
    at: amount,
    // Not in recordings from before scenarios had names.
    scenario: v.exactOptional(textOrNull),
    clock: v.strictObject({ paused: v.boolean(), speed: amount }),
    latencyMs: amount,
    proxy: v.nullable(v.strictObject({ host: text, port: whole, askedPort: whole })),
    nodes: v.array(
      v.strictTuple([
        text,
        v.strictObject({
          ...nodeFields,
          ...counters,
          connections: count,
          lastVerdict: v.exactOptional(verdict),
        }),
      ]),
    ),
    rows: v.array(
      v.strictTuple([
        text,
        v.strictObject({ ...rowFields, chosen: count, served: count, failed: count }),
      ]),
    ),
    next: v.array(v.strictTuple([text, textOrNull])),
    connections: v.array(
      v.strictTuple([
        whole,
        v.strictObject({
          id: whole,
          from: text,
          to: text,
          fromPort: whole,
          toPort: whole,
          fromAddress: text,
          toAddress: text,
        }),
      ]),
    ),
    decisions: v.array(v.strictTuple([text, decision])),
    logs: v.array(
      v.strictTuple([
        text,
        v.array(
          v.strictObject({
            at: amount,
            level: v.picklist(['info', 'warning', 'error']),
            text,
          }),
        ),
      ]),
    ),
    totals: v.strictObject({
      sent: v.strictTuple([count, count, count, count]),
      delivered: count,
      dropped: count,
      exchanges: v.strictObject({ begun: count, answered: count, refused: count, lost: count }),
      verdicts: v.strictObject({ correct: count, wrong: count, error: count }),
    }),
    breakpoints: v.array(v.strictTuple([whole, breakpoint])),
    marks: v.array(
      v.strictObject({
        kind: v.picklist(['registration', 'error', 'held']),
        at: amount,
        seq: count,
      }),
    ),
    notShown: whole,
    firstPacket: whole,
    firstKept: whole,
    packets: v.strictTuple([]),
    inFlight: v.array(packet),
  }),
})

/** The state in a keyframe that has been checked before. */
export function decodeKeyframe(frame: Uint8Array): State {
  const decoded = decodeFrame(frame)
  if (decoded.kind !== 'snapshot') throw new Error('A keyframe is a snapshot.')
  return decoded.state.notShown === 0 ? decoded.state : { ...decoded.state, notShown: 0 }
}

/**
 * What is wrong with a keyframe, in words; undefined: nothing. `before`: the number of the event that follows it, when
 * that happened, and the packets sent so far, or undefined where nothing is known of them.
 */
export function keyframeProblem(
  frame: Uint8Array,
  before: { seq: number; at: number; packets: number | undefined },
): string | undefined {
  let split: ReturnType<typeof splitFrame>
  try {
    split = splitFrame(frame)
  } catch {
    return 'its state cannot be read'
  }
  const checked = v.safeParse(header, split.header, { abortEarly: true })
  if (!checked.success) {
    return `its state has a value that it cannot have (${v.getDotPath(checked.issues[0]) ?? 'all of it'})`
  }
  const { state } = checked.output
  if (state.seq !== before.seq - 1 || state.at > before.at)
    return 'its state is that of another moment'
  if (before.packets !== undefined && state.firstKept !== before.packets) {
    return 'its state has another number of packets'
  }
  let end = split.blobAt
  for (const { id, size, originalSize = 0 } of state.inFlight) {
    if (id > state.firstKept || id === 0)
      return 'in its state a packet is under way that was not sent'
    end += size + originalSize
  }
  if (end !== frame.length) return 'its state does not have the bytes that it says it has'
  return undefined
}
