export { CheckDialog } from './CheckDialog'
export { ExchangeBand } from './ExchangeBand'
export { useShownRequirement } from './exchange'
export { startProgramChecks } from './run'
