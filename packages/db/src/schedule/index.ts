export { claimNext, type Due, LEASE_MS, type Outcome, settle, unsentOf } from "./send.ts"
