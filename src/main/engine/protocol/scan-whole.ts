// What bytes say on their own, with no stream around them: for those that were changed by hand.
import { MessageScanner, type Scanned } from '../../../shared/protocol/scanner'
import { decodeUtf8 } from './utf8'

/** Everything in these bytes, in order; what they begin and do not finish is a fault. */
export function scanWhole(bytes: Uint8Array): readonly Scanned[] {
  const scanner = new MessageScanner({ decode: decodeUtf8 })
  const found = scanner.push(bytes)
  const half = scanner.giveUp()
  return half ? [...found, half] : found
}
