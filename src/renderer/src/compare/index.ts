import { lazily } from '../ui/lazily'

export { startComparisons } from './run'
export const CompareView = lazily(async () => (await import('./CompareView')).CompareView)
