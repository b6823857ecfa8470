export { ChartsPanel } from './ChartsPanel'
