import fc from 'fast-check'
import { expect, it } from 'vitest'
import { recordingOf } from '../../../tests/support/recorded-stories'
import type { LabEvent } from '../events'
import { RecordingReader } from './reader'

const bytesOf = new TextEncoder()
const textOf = new TextDecoder()

function sent(messages: readonly Uint8Array[]): LabEvent[] {
  return messages.map((bytes, index) => ({
    seq: index + 1,
    at: index,
    type: 'packet.sent',
    packet: index + 1,
    exchange: 0,
    kind: 'error',
    from: 'client:1',
    to: 'proxy',
    connection: 1,
    dueAt: index,
    bytes,
    copyOf: null,
  }))
}

/** Cut characters, a byte order mark, letters whose lower case is ASCII, and parts of the texts that are sought. */
const parts = fc.constantFrom(
  ...['a', 'B', 'ab', 'Abba', '1', ' ', 'é', 'K', 'İ', 'Σ', '€', '😀', '\ufeff'].map((text) =>
    bytesOf.encode(text),
  ),
  Uint8Array.of(0xe2, 0x82),
  Uint8Array.of(0xac),
  Uint8Array.of(0xff),
)
const messages = fc.array(
  fc.array(parts, { maxLength: 6 }).map((all) => Uint8Array.from(all.flatMap((part) => [...part]))),
  { minLength: 1, maxLength: 40 },
)
const texts = fc.constantFrom('a', 'ab', 'ba', 'bba', '1', 'k', 'é', '€', 'i', '1 a', 'σ')

it('finds a text in the messages that have it, each decoded by itself, whatever its neighbours are', async () => {
  await fc.assert(
    fc.asyncProperty(messages, texts, fc.integer({ min: 1, max: 12 }), async (all, text, size) => {
      const reader = new RecordingReader()
      const events = sent(all)
      await reader.open(await recordingOf(events, { sizes: [size], keyframeEvery: 2 }))
      const sort = { key: 'id', descending: false } as const
      const asOf = events.length
      const found = await reader.find({ filter: `"${text}"`, sort, after: 0, asOf })
      const expected = all.flatMap((bytes, index) =>
        textOf.decode(bytes).toLowerCase().includes(text) ? [index + 1] : [],
      )
      expect([...found]).toEqual(expected)
    }),
    { numRuns: 200 },
  )
})
