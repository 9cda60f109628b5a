export { type Consumed, consumeMentions, MENTIONS } from "./consume.ts"
export { type Mention, mayAddress } from "./rows.ts"
export { unreadMentions } from "./unread.ts"
