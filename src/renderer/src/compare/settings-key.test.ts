import { expect, it } from 'vitest'
import { type CompareSettings, settingsKey } from './settings-key'

const LAB = { servers: [], clients: [{ id: '1', policy: '111', payload: '' }] }
const SETTINGS: CompareSettings = {
  draft: [
    { name: 'One', pools: [{ policy: '111' }, { policy: '222', queue: 'off' }] },
    { name: 'Two', pools: [{ policy: '111', algorithm: 'random' }] },
  ],
  seconds: 60,
  source: 'traffic',
}
const KEY = settingsKey(LAB, SETTINGS)

it('a result is that of other settings after any change that could give another one', () => {
  const [one, two] = SETTINGS.draft
  for (const changed of [
    { seconds: 30 },
    { source: 'recording' as const },
    { draft: one && two ? [one, two, { name: 'Three', pools: [] }] : [] },
    { draft: one && two ? [one, { ...two, pools: [{ policy: '111' }] }] : [] },
    { draft: one && two ? [one, { ...two, name: 'Renamed' }] : [] },
    { draft: one && two ? [one, { ...two, servers: [{ id: '1', weight: 2 }] }] : [] },
  ]) {
    expect(settingsKey(LAB, { ...SETTINGS, ...changed })).not.toBe(KEY)
  }
  expect(settingsKey({ ...LAB, clients: [] }, SETTINGS)).not.toBe(KEY)
})

it('is that of these settings with them written in another way, and in a paused lab', () => {
  const draft: CompareSettings['draft'] = [
    {
      name: ' One',
      pools: [
        { queue: 'off', policy: '222' },
        { policy: '111', algorithm: 'round-robin' },
      ],
    },
    ...SETTINGS.draft.slice(1),
  ]
  const lab = { ...LAB, paused: true, places: {}, compare: draft.map((one) => ({ ...one })) }
  expect(settingsKey(lab as never, { ...SETTINGS, draft })).toBe(KEY)
})
