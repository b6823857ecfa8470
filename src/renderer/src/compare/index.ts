export { CompareView } from './CompareView'
export { startComparisons } from './run'
