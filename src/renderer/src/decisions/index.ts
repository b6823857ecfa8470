// What the views of a decision give to other features.
export { ReceiptView } from './ReceiptView'
export { useReceipt } from './receipts'
