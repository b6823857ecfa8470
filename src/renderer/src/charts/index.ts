import { lazily } from '../ui/lazily'

export const ChartsPanel = lazily(
  async () => (await import('./ChartsPanel')).ChartsPanel,
  async () => (await import('./draw-ahead')).drawAheadOnce(),
)
