export { type Consumed, consumeMentions, type InThread, MENTIONS } from "./consume.ts"
export { type Mention, mayAddress } from "./rows.ts"
export { unreadMentions } from "./unread.ts"
export { type Ask, forgetMentions, newestAsks } from "./asks.ts"
