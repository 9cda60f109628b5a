/** For imports in this process, by whoever has its secrets and stores: no permission is asked, and nothing on the wire leads here. */
export { type ImportedAccount, importAccounts } from "./accounts.ts"
export { type ImportedMember, importMembers } from "./members.ts"
export { setPortrait } from "./portrait.ts"
export { create as createRole } from "../role/service.ts"
export { openSession } from "../session/service.ts"
