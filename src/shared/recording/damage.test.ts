// Bytes that are not a recording, or not a complete one, or harmful: they are refused in words, and nothing is opened.

import { deflateRawSync, inflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { deflate, HEAD, recordingOf } from '../../../tests/support/recorded-stories'
import { type Story, tellRealStory } from '../../../tests/support/stories'
import type { LabEvent } from '../events'
import { sliceOf } from '../feed/event-bytes'
import {
  type BlockSummary,
  completeBlocks,
  decodeSummary,
  encodeBlockOf,
  encodeSummary,
  findBlock,
  PREFIX_BYTES,
  SUMMARY_BYTES,
} from './format'
import { RecordingReader } from './reader'
import { encodeBlock, encodeEnd, encodeHead } from './writer'

const SENTENCE = /^It (is|was) .+\.$/

let lesson: Story
let bytes: Uint8Array

beforeAll(async () => {
  lesson = await tellRealStory(5)
  bytes = await recordingOf(lesson.events, { sizes: [120], keyframeEvery: 2 }, lesson.start)
})

/** What is said of these bytes, which are given as a whole file; undefined: they are opened. */
async function refusal(given: Uint8Array): Promise<string | undefined> {
  const reader = new RecordingReader()
  try {
    await reader.open(given)
  } catch (error) {
    expect(reader.extent.lastSeq).toBe(0)
    expect(await reader.events(0, 10)).toEqual([])
    return error instanceof Error ? error.message : 'not an Error'
  }
  return undefined
}

function changed(place: number, by: number): Uint8Array {
  const other = bytes.slice()
  const index = place % other.length
  other[index] = (other[index] ?? 0) ^ (1 + (by % 255))
  return other
}

describe('a recording that is damaged', () => {
  it('in any byte is refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(), async (place, by) => {
        expect(await refusal(changed(place, by))).toMatch(SENTENCE)
      }),
      { numRuns: 150 },
    )
  })

  it('in a block is refused with the block and the byte at which it begins', async () => {
    const head = findBlock(bytes, PREFIX_BYTES)
    const first = head.kind === 'block' ? findBlock(bytes, head.end) : head
    const second = first.kind === 'block' ? first.end : 0
    expect(await refusal(changed(second + 100, 7))).toBe(
      `It is damaged in block 2, at byte ${second}: its checksum does not match its bytes.`,
    )
  })

  it('by being cut short anywhere is refused, and what is whole of it is found', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), async (where) => {
        const cut = bytes.subarray(0, where % bytes.length)
        expect(await refusal(cut)).toMatch(/^It is cut short: .+\.$/)
        const whole = completeBlocks(cut)
        expect(whole).toBeLessThanOrEqual(cut.length)
        if (whole === 0) return
        const mended = Buffer.concat([cut.subarray(0, whole), encodeEnd()])
        expect(await refusal(mended)).toBeUndefined()
      }),
      { numRuns: 60 },
    )
  })

  it('behind its end is refused', async () => {
    const more = Buffer.concat([bytes, encodeEnd()])
    expect(await refusal(more)).toMatch(/^It is damaged in block \d+, at byte \d+: it comes after/)
  })

  it('by a transfer as text is told as that', async () => {
    const text = Buffer.from(bytes).toString('latin1').replaceAll('\r\n', '\n')
    expect(await refusal(Buffer.from(text, 'latin1'))).toBe(
      'It was damaged by a transfer as text: its first bytes were changed.',
    )
  })

  it('by blocks that are missing or change places is refused', async () => {
    const blocks = await Promise.all(
      [1, 2, 3].map((seq) => {
        const event: LabEvent = { seq, at: seq, type: 'scenario.reset' }
        return encodeBlock({ slice: sliceOf([event]), realTimes: [1], before: undefined }, deflate)
      }),
    )
    const [one = bytes, two = bytes, three = bytes] = blocks
    const file = (...parts: Uint8Array[]) =>
      Buffer.concat([encodeHead(HEAD), ...parts, encodeEnd()])
    expect(await refusal(file(one, two, three))).toBeUndefined()
    expect(await refusal(file(one, three))).toMatch(/it begins with event 3 after event 1\.$/)
    expect(await refusal(file(two, one))).toMatch(/it begins with event 2 and not with the state/)
    expect(await refusal(file(one, encodeHead(HEAD).subarray(PREFIX_BYTES)))).toMatch(/second head/)
  })
})

describe('what is no recording', () => {
  it.each([
    ['nothing', '', 'It is cut short: not even its first bytes are whole.'],
    ['a text', 'Dear all,', 'It is no recording of Roundabout: it does not begin like one.'],
    [
      'a picture',
      '\x89PNG\r\n\x1a\n',
      'It is no recording of Roundabout: it does not begin like one.',
    ],
  ])('%s, is told as that', async (_what, text, words) => {
    expect(await refusal(Buffer.from(text, 'latin1'))).toBe(words)
  })

  it('of another format than its head says is told as that', async () => {
    for (const format of [1, 3]) {
      const other = bytes.slice()
      other[PREFIX_BYTES - 1] = format
      expect(await refusal(other)).toBe(
        'It is damaged in its head, at byte 16: it is of another format than its file.',
      )
    }
  })

  it('by any bytes at all is refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), fc.boolean(), async (noise, headed) => {
        const given = headed ? Buffer.concat([encodeHead(HEAD), noise]) : noise
        expect(await refusal(given)).toMatch(SENTENCE)
      }),
    )
  })
})

interface Parts {
  summary: BlockSummary
  keyframe: Buffer
  frame: Buffer
  realTimes: Buffer
}

/** The first block of events with its parts changed, and all checksums right. */
function forged(change: (parts: Parts) => Partial<Parts>): Uint8Array {
  const head = findBlock(bytes, PREFIX_BYTES)
  const first = head.kind === 'block' ? findBlock(bytes, head.end) : head
  if (first.kind !== 'block') throw new Error('The recording has no block.')
  const inflated = inflateRawSync(first.content.subarray(SUMMARY_BYTES))
  const keyframeEnd = 4 + inflated.readUInt32BE(0)
  const frameEnd = keyframeEnd + 4 + inflated.readUInt32BE(keyframeEnd)
  const parts: Parts = {
    summary: decodeSummary(first.content),
    keyframe: inflated.subarray(4, keyframeEnd),
    frame: inflated.subarray(keyframeEnd + 4, frameEnd),
    realTimes: inflated.subarray(frameEnd),
  }
  const { summary, keyframe, frame, realTimes } = { ...parts, ...change(parts) }
  const content = Buffer.concat([lengthOf(keyframe), keyframe, lengthOf(frame), frame, realTimes])
  if (summary.inflatedBytes === parts.summary.inflatedBytes) summary.inflatedBytes = content.length
  const block = encodeBlockOf('EVTS', encodeSummary(summary), deflateRawSync(content))
  return Buffer.concat([encodeHead(HEAD), block, encodeEnd()])
}

function lengthOf(part: Uint8Array): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(part.length)
  return length
}

/** A frame with its header's text changed. */
function withHeader(frame: Buffer, change: (text: string) => string): Buffer {
  const end = 4 + frame.readUInt32BE(0)
  const text = Buffer.from(change(frame.subarray(4, end).toString()))
  return Buffer.concat([lengthOf(text), text, frame.subarray(end)])
}

describe('a recording whose checksums are right', () => {
  it('is opened where nothing was changed', async () => {
    expect(await refusal(forged(() => ({})))).toBeUndefined()
  })

  const summed =
    (change: (summary: BlockSummary) => Partial<BlockSummary>) =>
    ({ summary }: Parts): Partial<Parts> => ({ summary: { ...summary, ...change(summary) } })
  const nothing = Buffer.alloc(0)

  it.each<[string, (parts: Parts) => Partial<Parts>, RegExp]>([
    ['another count', summed(({ count }) => ({ count: count + 1 })), /120 events and .* 121\.$/],
    ['a huge count', summed(() => ({ count: 2 ** 32 - 1 })), /events of higher numbers/],
    ['another time', summed(({ lastAt }) => ({ lastAt: lastAt + 1 })), /not those that it says/],
    ['another packet', summed(() => ({ lastPacket: 999 })), /not those that it says/],
    ['no number', summed(() => ({ firstSeq: Number.NaN })), /it has no number|another moment/],
    ['a fraction', summed(({ firstSeq }) => ({ firstSeq: firstSeq + 0.5 })), /another moment/],
    ['a huge size', summed(() => ({ inflatedBytes: 2 ** 31 })), /more than any block does/],
    ['too large a size', summed(() => ({ inflatedBytes: 99_999 })), /cannot be inflated/],
    ['too small a size', summed(() => ({ inflatedBytes: 99 })), /cannot be inflated/],
    ['no keyframe', () => ({ keyframe: nothing }), /and not with the state before it/],
    ['no events', () => ({ frame: nothing }), /its events cannot be read/],
    ['no realTimes', () => ({ realTimes: nothing }), /the real times of its events cannot be read/],
    ['a keyframe for events', ({ keyframe }) => ({ frame: keyframe }), /its events are none/],
    [
      'a keyframe of another moment',
      ({ keyframe }) => ({
        keyframe: withHeader(keyframe, (text) => text.replace(/"seq":\d+/, '"seq":1')),
      }),
      /its state is that of another moment/,
    ],
    [
      'a keyframe that is no state',
      ({ keyframe }) => ({
        keyframe: withHeader(keyframe, (text) => text.replace('"clock":{', '"clock":{"x":1,')),
      }),
      /its state has a value that it cannot have \(state\.clock/,
    ],
    [
      'an event of no type',
      ({ frame }) => ({
        frame: withHeader(frame, (text) => text.replace('"rows":[[', '"rows":[[99')),
      }),
      /event \d+: its type is none that there is\.$/,
    ],
    [
      'bytes that are not there',
      ({ frame }) => ({ frame: frame.subarray(0, frame.length - 1) }),
      /do not have the bytes that it says/,
    ],
  ])('and that has %s is refused', async (_what, change, words) => {
    expect(await refusal(forged(change))).toMatch(words)
  })

  it('is refused or read, whatever was written in its place, and never hangs or crashes', async () => {
    const values = fc.constantFrom(
      ...[
        'null',
        '-1',
        '1e999',
        '0.5',
        '4294967296',
        '9007199254740993',
        '""',
        '"proxy"',
        '[]',
        '{}',
      ],
      ...['true', '[[]]', '{"__proto__":{"x":1}}', '"\\ud800"', '0', '7'],
    )
    let refused = 0
    const runs = 250
    await fc.assert(
      fc.asyncProperty(fc.boolean(), fc.nat(), values, async (keyframe, where, value) => {
        const change = (text: string) => {
          // Any value of the JSON text, but for what encloses others.
          const places = [
            ...text.matchAll(/(?<=[[,:])("(?:[^"\\]|\\.)*"(?!:)|-?\d[\d.e+]*|null|true|false)/g),
          ]
          const place = places[where % places.length]
          if (place === undefined) return text
          return text.slice(0, place.index) + value + text.slice(place.index + place[0].length)
        }
        const given = forged((parts) =>
          keyframe
            ? { keyframe: withHeader(parts.keyframe, change) }
            : { frame: withHeader(parts.frame, change) },
        )
        const said = await refusal(given)
        if (said !== undefined) {
          refused++
          expect(said).toMatch(SENTENCE)
          return
        }
        const reader = new RecordingReader()
        const { firstSeq, lastSeq, packets } = await reader.open(given)
        for (const seq of [firstSeq, lastSeq]) expect((await reader.seek({ seq })).seq).toBe(seq)
        const ids = Array.from({ length: Math.min(packets, 200) }, (_, index) => index + 1)
        await reader.packets(ids, lastSeq)
        const sort = { key: 'policy', descending: false } as const
        await reader.find({ filter: 'policy:111', sort, after: 0, asOf: lastSeq })
      }),
      { numRuns: runs },
    )
    expect(refused).toBeGreaterThan(runs / 4)
    expect(refused).toBeLessThan(runs)
  })
})
