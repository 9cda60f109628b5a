import type { Snowflake } from "@hearth/core"

/** Where one writes in this channel, or in this thread. */
export const composerOf = (channelId: Snowflake): HTMLTextAreaElement | null =>
  document.querySelector(`[data-composer="${CSS.escape(channelId)}"] textarea`)
