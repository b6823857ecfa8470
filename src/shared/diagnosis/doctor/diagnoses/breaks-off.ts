import { counted } from '../../../format'
import type { Diagnosis } from '../diagnosis'

export const breaksOff: Diagnosis = {
  id: 'breaks-off',
  gravity: 'stops',
  title: 'Breaks the connection off with a reset',
  why: 'A reset (RST) came although nothing lay unread in its socket’s buffer: SO_LINGER with a time of 0, resetAndDestroy(), or on Windows a program that was ended by force, also by you. A reset destroys what is still on its way.',
  mend: 'Close with close() alone, after everything has been sent and read.',
  python: 's.close()  # without setsockopt(SOL_SOCKET, SO_LINGER, …)',
  node: 'socket.end() // not socket.resetAndDestroy()',
  seen(observation) {
    if (observation.of !== 'socket' || observation.fact.what !== 'reset') return undefined
    const { written = 0, read = 0 } = observation.fact
    if (written > 0) return undefined
    return {
      text: `After it had sent ${counted(read, 'byte')} and got none, it broke the connection off.`,
    }
  },
}
