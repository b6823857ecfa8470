// For tests of the scanner: streams, ways to cut them, and its results in short.
import { expect } from 'vitest'
import { MessageScanner, type ScannerOptions, type ScanResult } from './scanner'

export const utf8Of = (text: string): Uint8Array => new TextEncoder().encode(text)
export const textIn = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

export const QUESTION = '{"type":0,"srcid":1,"privPoliId":111,"payloadsize":4,"payload":"xyz1"}'
export const REGISTRATION = '{"type":1,"id":100,"privPolyId":111,"listenport":3001}'
export const ANSWER = '{"type":2,"srcid":100,"destid":1,"payloadsize":4,"payload":"abcd"}'

/** Pushes the bytes cut at these offsets, and ends the stream. */
export function scan(
  bytes: Uint8Array,
  cuts: readonly number[] = [],
  options?: ScannerOptions,
): ScanResult[] {
  const scanner = new MessageScanner(options)
  const found: ScanResult[] = []
  let from = 0
  for (const cut of [...cuts, bytes.length].sort((a, b) => a - b)) {
    found.push(...scanner.push(bytes.slice(from, cut)))
    from = cut
  }
  expect(scanner.received).toBe(bytes.length)
  const rest = scanner.giveUp()
  expect(scanner.giveUp()).toBeUndefined()
  return rest === undefined ? found : [...found, rest]
}

export function scanText(
  text: string,
  cuts?: readonly number[],
  options?: ScannerOptions,
): ScanResult[] {
  return scan(utf8Of(text), cuts, options)
}

/** Every byte in a read of its own. */
export const everywhere = (bytes: Uint8Array): number[] => [...bytes.keys()].slice(1)

/** The results in short: the payload, id or fault of each. */
export function summary(found: readonly ScanResult[]): string[] {
  return found.map((item) => {
    if (item.kind === 'fault') {
      return `${item.fatal ? 'fatal ' : ''}${item.fault.code}: ${item.fault.message}`
    }
    return item.message.type === 1 ? `server ${item.message.server}` : item.message.payload
  })
}
