// A kept session, for tests of what carries a list of them.
import type { KeptSession } from '../../src/shared/contract'

export const KEPT_SESSION: KeptSession = {
  name: 'one',
  startedAt: 1_700_000_000_000,
  endedAt: 1_700_001_500_000,
  bytes: 2_000,
  messages: 3,
  scenario: 'Classic pool',
  crashed: false,
}
