// What the views of a decision give to other features.
export { ReceiptView } from './ReceiptView'
export { reasonOf } from './receipt'
export { receiptParts, useReceipt } from './receipts'
