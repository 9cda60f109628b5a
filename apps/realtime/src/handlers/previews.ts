import type { AccessCache } from "@hearth/db/access"
import type { ChannelLog } from "../channel-log/channel-log.ts"
import type { Handlers } from "../connection.ts"
import { requireChannel, settled } from "./messages.ts"

export const previewHandlers = ({ access, channelLog }: { access: AccessCache; channelLog: ChannelLog }) =>
  ({
    async "preview:remove"({ channelId, seq }, connection) {
      requireChannel(access, connection, channelId)
      const { userId } = connection
      const by = access.can(userId, "MANAGE_MESSAGES", channelId) ? null : userId
      return settled(await channelLog.change(channelId, { kind: "unpreview", seq, by }))
    },
  }) satisfies Partial<Handlers>
