// A call on every channel with nothing wrong in it, for tests of who makes it.
import type { ArgumentsOf, Call } from '../../src/shared/contract'

export const WELL_FORMED: { [C in Call]: ArgumentsOf<C> } = {
  command: [{ type: 'sendAll' }],
  subscribe: [],
  acknowledge: [1],
  lookBack: [true],
  readRecording: ['session', 0],
  listRecovered: [],
  discardRecovered: ['one'],
  reportProblem: [{ message: 'm', details: 'd' }],
  takeFile: [],
}
