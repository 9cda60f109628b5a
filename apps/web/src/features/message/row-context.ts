import type { Snowflake } from "@hearth/core"

export interface RowContext {
  guildId: Snowflake
  channelId: Snowflake
  me: Snowflake
  highlighted: number | null
  canModerate: boolean
  mayReact: boolean
}

export const hrefOf = ({ guildId, channelId }: RowContext, seq: number) => `/s/${guildId}/${channelId}/${seq}`
