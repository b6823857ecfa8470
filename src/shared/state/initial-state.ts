// The state before the first event.
import { DEFAULT_SEED } from '../limits'
import { settled } from '../settings/derive'
import { LINK_SETTINGS } from '../settings/link'
import { PagedList } from './paged-list'
import type { State } from './state'
import { NO_TOTALS } from './totals'

export const INITIAL_STATE: State = {
  seq: 0,
  at: 0,
  scenario: null,
  seed: DEFAULT_SEED,
  clock: { paused: false, speed: 1 },
  ...settled(LINK_SETTINGS, {}),
  proxy: null,
  nodes: new Map(),
  rows: new Map(),
  next: new Map(),
  slots: new Map(),
  asking: new Map(),
  waiting: new Map(),
  checks: new Map(),
  given: new Map(),
  connections: new Map(),
  inFlight: new Map(),
  packets: PagedList.empty(),
  firstPacket: 0,
  packetBytes: 0,
  pools: new Map(),
  places: new Map(),
  decisions: new Map(),
  watched: new Map(),
  examinations: new Map(),
  compare: [],
  metrics: new Map(),
  logs: new Map(),
  totals: NO_TOTALS,
  breakpoints: new Map(),
  faults: new Map(),
  history: { undo: null, redo: null },
  marks: [],
  notShown: 0,
  foreign: null,
  bookmarks: new Map(),
}
