// Reads the bytes of a recording, block by block. A checksum covers every byte; content with the right checksum must
// also be something that the app can have written.
import { concat } from '../concat'
import { encodeSnapshot } from '../feed/frame'
import { BLOCK_COST_EVENTS, KEYFRAME_EVENTS } from '../limits'
import type { EventsBlock } from './blocks'
import {
  decodeSummary,
  eventBlocks,
  findBlock,
  formatOf,
  MAX_BLOCK_BYTES,
  PREFIX_BYTES,
  prefixProblem,
  SUMMARY_BYTES,
  VERSION,
} from './format'
import { readHead } from './head'
import { BlockProblem, indexBlock } from './indexer'
import { type LoadedRecording, paced, type WorkStep } from './loaded-recording'
import { type BriefBlock, readBlock } from './read-block'
import type { StatesAt } from './states-at'
import { WHOLE_STATE, withoutFigures } from './writer'

/** The distance from the last keyframe at which the reader makes one of its own. */
const NO_KEYFRAME = 2 * KEYFRAME_EVENTS

/** Bytes that are read sooner with helpers. */
const WORTH_HELP = 2 * 1024 * 1024

/** Events are numbered in 32 bits here. */
const MOST_EVENTS = 2 ** 32 - 1

/**
 * Reads bytes that follow those read before. Rejects with an Error for the user if they are not a recording; the caller
 * then restores the half-changed `loaded`.
 */
export async function appendBlocks(
  loaded: LoadedRecording,
  states: StatesAt,
  bytes: Uint8Array,
  step: WorkStep,
): Promise<void> {
  const turn = paced(step)
  const all = loaded.unread.length === 0 ? bytes : concat([loaded.unread, bytes])
  const start = loaded.unreadAt
  let at = loaded.head === undefined ? takeHead(loaded, all) : 0
  const isHelped = all.length >= WORTH_HELP && loaded.open.translation === undefined
  const ahead = isHelped ? loaded.helpers?.facts(eventBlocks(all, at)) : undefined
  while (loaded.head !== undefined && at < all.length) {
    const end = takeBlock(loaded, states, all, at, start, await ahead?.read(at))
    if (end === undefined) break
    at = end
    await turn(at / all.length)
  }
  loaded.unread = new Uint8Array(all.subarray(at))
  loaded.unreadAt = start + at
}

/** What is wrong with a recording that has no more bytes, in words; undefined: it is complete. */
export function unfinished({
  complete,
  head,
  unread,
  unreadAt,
  blocks,
}: LoadedRecording): string | undefined {
  if (complete) return undefined
  if (head === undefined) {
    return prefixProblem(unread) ?? 'It is cut short: it ends before its first block does.'
  }
  const place = `block ${blocks.length + 1}, at byte ${unreadAt},`
  return unread.length > 0
    ? `It is cut short: ${place} ends before it should.`
    : `It is cut short: ${place} and its end are missing.`
}

/** Where the head ends; 0: it is not complete yet. */
function takeHead(loaded: LoadedRecording, bytes: Uint8Array): number {
  if (bytes.length < PREFIX_BYTES) return 0
  const wrong = prefixProblem(bytes)
  if (wrong !== undefined) throw new Error(wrong)
  const found = findBlock(bytes, PREFIX_BYTES)
  if (found.kind === 'unfinished') return 0
  const place = `in its head, at byte ${PREFIX_BYTES}`
  if (found.kind === 'damaged') throw new Error(`It is damaged ${place}: ${found.problem}.`)
  if (found.type !== 'HEAD') throw new Error(`It is damaged ${place}: it does not say what it is.`)
  const format = formatOf(bytes)
  const read = readHead(found.content, format)
  if (!read.ok) {
    throw new Error('damage' in read ? `It is damaged ${place}: ${read.damage}.` : read.unreadable)
  }
  loaded.head = read.head
  loaded.headBytes = new Uint8Array(bytes.subarray(0, found.end))
  loaded.format = format
  loaded.open.translation = read.translation
  return found.end
}

/** Reads the block at an offset; returns its end, or undefined if it is not complete yet. */
function takeBlock(
  loaded: LoadedRecording,
  states: StatesAt,
  bytes: Uint8Array,
  at: number,
  start: number,
  ahead: BriefBlock | undefined,
): number | undefined {
  const index = loaded.blocks.length
  const offset = start + at
  if (loaded.complete) throw damage(index, offset, 'it comes after the end')
  const found = findBlock(bytes, at)
  if (found.kind === 'unfinished') return undefined
  if (found.kind === 'damaged') throw damage(index, offset, found.problem)
  const { type, content, end } = found
  if (type === 'HEAD') throw damage(index, offset, 'it is a second head')
  const whole = bytes.subarray(at, end)
  if (type === 'EVTS') {
    takeEvents(loaded, states, { index, offset, bytes: whole, content }, ahead)
    loaded.parts.push(whole)
  } else if (type === 'other') {
    if (loaded.format <= VERSION) throw damage(index, offset, 'its kind is none that there is')
    loaded.unknownBlocks++
    loaded.parts.push(whole)
  } else {
    if (content.length > 0) throw damage(index, offset, 'it is an end with something in it')
    loaded.complete = true
  }
  return end
}

function takeEvents(
  loaded: LoadedRecording,
  states: StatesAt,
  found: Pick<EventsBlock, 'index' | 'offset' | 'bytes' | 'content'>,
  ahead: BriefBlock | undefined,
): void {
  const { columns, indexed, blocks } = loaded
  const refuse = (problem: string) => damage(found.index, found.offset, problem)
  if (found.content.length < SUMMARY_BYTES) throw refuse('it is too short')
  const summary = decodeSummary(found.content)
  if (summary.inflatedBytes > MAX_BLOCK_BYTES) {
    throw refuse('it says that it inflates to more than any block does')
  }
  const block: EventsBlock = { ...found, summary, packetsBefore: 0 }
  const read = ahead ?? readBlock(block, needsKeyframe(loaded), loaded.open.translation)
  if (read === undefined) throw refuse('it cannot be inflated')
  const { firstSeq } = summary
  if (firstSeq + summary.count > MOST_EVENTS) {
    throw refuse('it has events of higher numbers than there can be')
  }
  if (blocks.length > 0 && firstSeq !== indexed.lastSeq + 1) {
    const problem = `it begins with event ${firstSeq} after event ${indexed.lastSeq}`
    throw refuse(problem)
  }
  try {
    takeKeyframe(loaded, block, read)
    block.packetsBefore = columns.last
    loaded.indexed = indexBlock(read.facts, summary.count, columns, loaded.indexed)
    loaded.figures.push(...read.facts.figures)
  } catch (error) {
    if (error instanceof BlockProblem) throw refuse(error.message)
    throw error
  }
  blocks.push(block)
  if (loaded.sinceKeyframe >= NO_KEYFRAME) {
    const before = states.before(block)
    loaded.keyframes.set(
      block.index,
      encodeSnapshot(0, before.at, withoutFigures(before), 0, WHOLE_STATE),
    )
    loaded.sinceKeyframe = 0
  }
  loaded.sinceKeyframe += summary.count + BLOCK_COST_EVENTS
}

function needsKeyframe({ blocks, sinceKeyframe }: LoadedRecording): boolean {
  return blocks.length === 0 || sinceKeyframe >= KEYFRAME_EVENTS
}

/** If a recording's beginning was forgotten, its first block has the state before it. */
function takeKeyframe(
  loaded: LoadedRecording,
  { index, summary }: EventsBlock,
  { keyframe }: BriefBlock,
): void {
  const isFirst = loaded.blocks.length === 0
  if (keyframe !== undefined && needsKeyframe(loaded)) {
    if ('problem' in keyframe) throw new BlockProblem(keyframe.problem)
    if (isFirst) loaded.columns.first = keyframe.packets + 1
    else if (keyframe.packets !== loaded.columns.last) {
      throw new BlockProblem('its state has another number of packets')
    }
    loaded.keyframes.set(index, 'in the block')
    loaded.sinceKeyframe = 0
  }
  if (!isFirst) return
  const { firstSeq } = summary
  if (!Number.isSafeInteger(firstSeq) || firstSeq < 1 || firstSeq > MOST_EVENTS) {
    throw new BlockProblem('its first event has no number that an event can have')
  }
  if (keyframe === undefined && firstSeq > 1) {
    throw new BlockProblem(`it begins with event ${firstSeq} and not with the state before it`)
  }
  loaded.indexed = { ...loaded.indexed, lastSeq: firstSeq - 1 }
}

function damage(index: number, offset: number, problem: string): Error {
  return new Error(`It is damaged in block ${index + 1}, at byte ${offset}: ${problem}.`)
}
