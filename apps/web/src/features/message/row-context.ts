import type { Snowflake } from "@hearth/core"

export interface RowContext {
  guildId: Snowflake
  channelId: Snowflake
  me: Snowflake
  highlighted: number | null
  canModerate: boolean
  mayReact: boolean
  /** By number. */
  pinned: ReadonlySet<number>
}

export const hrefOf = ({ guildId, channelId }: RowContext, seq: number) => `/s/${guildId}/${channelId}/${seq}`
