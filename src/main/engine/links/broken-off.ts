// The error of a connection that a fault of the lab has broken off, which no program is to blame for.
import type { NetworkError } from '../net/network'

export const BROKEN_OFF: NetworkError = {
  code: 'RESET',
  message: 'A fault of the link broke it off.',
}
