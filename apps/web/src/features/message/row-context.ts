import type { Snowflake } from "@hearth/core"
import { channelPath } from "../shell/place.ts"
import { threadPath } from "../thread/path.ts"

export interface RowContext {
  guildId: Snowflake
  channelId: Snowflake
  /** In a thread: the channel that it hangs in. */
  parentId?: Snowflake | undefined
  me: Snowflake
  highlighted: number | null
  canModerate: boolean
  mayReact: boolean
  /** By number. */
  pinned: ReadonlySet<number>
}

/** Of a conversation, whose one channel bears its id; not of a thread in it. */
export const isTalked = ({ guildId, channelId }: RowContext) => guildId === channelId

export const hrefOf = ({ guildId, channelId, parentId }: RowContext, seq: number) =>
  parentId ? threadPath(guildId, parentId, channelId, seq) : `${channelPath(guildId, channelId)}/${seq}`
