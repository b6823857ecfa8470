// What the views of a decision give to other features.
export { ReceiptView } from './ReceiptView'
export { useTurns } from './turns'
