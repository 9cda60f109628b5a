import { type Body, type Reply, toPoll } from "@hearth/core"
import type { AccessCache } from "@hearth/db/access"
import type { ChannelLog } from "../channel-log/channel-log.ts"
import type { Connection, Handlers } from "../connection.ts"
import { requireChannel, settled } from "./messages.ts"

interface Deps {
  access: AccessCache
  channelLog: ChannelLog
  send: (body: Body<"message:send">, connection: Connection) => Promise<Reply<"message:send">>
}

/** Votes are reactions: what is left is to ask, as one sends a message, and to end it before its time. */
export const pollHandlers = ({ access, channelLog, send }: Deps) =>
  ({
    "poll:start": ({ channelId, nonce, ...asked }, connection) =>
      send({ channelId, nonce, content: toPoll({ ...asked, ended: false }) }, connection),
    async "poll:end"({ channelId, seq }, connection) {
      requireChannel(access, connection, channelId)
      const { userId } = connection
      const by = access.can(userId, "MANAGE_MESSAGES", channelId) ? null : userId
      return settled(await channelLog.change(channelId, { kind: "end", seq, by }))
    },
  }) satisfies Partial<Handlers>
