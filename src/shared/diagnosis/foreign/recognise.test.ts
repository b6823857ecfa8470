import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MessageScanner, type ScanResult } from '../../protocol/scanner'
import { recognise } from './recognise'
import { SAMPLES } from './samples.testing'

type FoundFault = Extract<ScanResult, { kind: 'fault' }>

const REGISTRATION = '{"type":1,"id":66,"privPolyId":111,"listenport":4444}'

const bytesOf = (sample: string): Uint8Array =>
  Uint8Array.from(sample, (character) => character.charCodeAt(0))

/** Reads the bytes cut at these offsets, up to the end of the stream. */
function scan(bytes: Uint8Array, cuts: readonly number[] = []): ScanResult[] {
  const scanner = new MessageScanner()
  const found: ScanResult[] = []
  let from = 0
  for (const cut of [...cuts, bytes.length].sort((a, b) => a - b)) {
    found.push(...scanner.push(bytes.slice(from, cut)))
    from = cut
  }
  const rest = scanner.giveUp()
  return rest ? [...found, rest] : found
}

function onlyFault(found: readonly ScanResult[]): FoundFault {
  expect(found).toHaveLength(1)
  const [item] = found
  if (item?.kind !== 'fault') throw new Error('A message was read.')
  return item
}

const kinds = Object.entries(SAMPLES).flatMap(([kind, samples]) =>
  samples.map((sample) => [kind, sample] as const),
)

describe.each(kinds)('%s: %j', (kind, sample) => {
  const bytes = bytesOf(sample)

  it('is recognised from its first bytes, and stays that whatever follows', () => {
    const found = recognise(bytes, { ended: true, afterMessage: false })
    expect(found?.kind).toBe(kind)
    for (let length = 1; length <= bytes.length; length++) {
      const early = recognise(bytes.subarray(0, length), { ended: false, afterMessage: false })
      if (early) expect(early).toEqual(found)
    }
  })

  it('is one fault with the same words however it is cut, and nothing in it or after it is carried out', () => {
    const all = bytesOf(`${sample}\r\n\r\n${REGISTRATION}`)
    const whole = onlyFault(scan(all))
    expect(whole.fatal).toBe(true)
    const everywhere = [...all.keys()].slice(1)
    for (const cuts of [everywhere, ...everywhere.map((cut) => [cut])]) {
      expect(onlyFault(scan(all, cuts)).fault).toEqual(whole.fault)
    }
  })
})

it('tells each kind in at most 240 characters: the whole answer fits in one recv(1024)', () => {
  for (const [, sample] of kinds) {
    const found = recognise(bytesOf(sample), { ended: true, afterMessage: false })
    expect(found?.text.length).toBeLessThanOrEqual(240)
    expect(found?.text).toMatch(/[.)]$/)
  }
})

it('never throws, and gives at most one fault, of any bytes cut anywhere', () => {
  const anyBytes = fc.oneof(
    fc.uint8Array({ maxLength: 400 }),
    fc.string({ unit: 'binary', maxLength: 60 }).map((text) => new TextEncoder().encode(text)),
    fc
      .tuple(
        fc.constantFrom(...kinds.map(([, sample]) => sample)),
        fc.uint8Array({ maxLength: 20 }),
      )
      .map(([sample, more]) => Uint8Array.from([...bytesOf(sample), ...more])),
  )
  fc.assert(
    fc.property(anyBytes, fc.array(fc.nat(400), { maxLength: 5 }), (bytes, cuts) => {
      const found = scan(
        bytes,
        cuts.filter((cut) => cut <= bytes.length),
      )
      const fatal = found.filter((item) => item.kind === 'fault' && item.fatal)
      expect(fatal.length).toBeLessThanOrEqual(1)
      if (fatal.length === 1) expect(found.at(-1)).toBe(fatal[0])
    }),
  )
})
