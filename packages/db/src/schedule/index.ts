export { claimNext, type Due, type Outcome, settle, unsentOf } from "./send.ts"
