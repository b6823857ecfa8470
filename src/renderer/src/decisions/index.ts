// What the views of a decision give to other features.

export { explainedDecision } from './explained-decision'
export { KeysMovedView } from './KeysMovedView'
export { LatestDecision } from './LatestDecision'
export { DrawingView } from './pictures/DrawingView'
export { NextChoices } from './pictures/NextChoices'
export { showsWeights } from './pictures/registry'
export { useDrawingOf } from './pictures/use-drawing'
export { ReceiptView } from './ReceiptView'
export { useTurns } from './turns'
