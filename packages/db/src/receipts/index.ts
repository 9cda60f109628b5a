export { loadReceipts } from "./load.ts"
export { type Move, type Moved, raiseReceipts } from "./raise.ts"
