import type { Message, Snowflake } from "@hearth/core"
import type { GatewayDeps, GatewaySocket } from "../gateway/gateway-client.ts"
import { talk } from "./messages.ts"
import { people } from "./people.ts"
import { bootstrap, guild, OPEN } from "./place.ts"

const logs: Record<Snowflake, readonly Message[]> = { [OPEN]: talk }

const presences = Object.fromEntries(people.map((p) => [p.id, p.presence]))

const members = () => {
  const here = people.filter((p) => p.presence !== "offline")
  const away = people.filter((p) => p.presence === "offline")
  const slice = {
    guildId: guild.guild.id,
    from: 0,
    rows: [...here, ...away].map(({ id, displayName }) => ({ user: { id, displayName }, roleIds: [], joinedAt: 0 })),
    groups: [
      { key: "5001", count: 3 },
      { key: "online", count: here.length - 3 },
      { key: "offline", count: away.length },
    ],
    total: people.length,
  }
  return { slices: [slice] }
}

/** A gateway that is not there: it answers from what the gallery made up, and what one sends stays on its way. */
export const galleryGateway = (): GatewayDeps => ({
  bootstrap: async () => bootstrap,
  ticket: async () => ({ ticket: "", userId: bootstrap.me.id }),
  openSocket: () => {
    let tell: (event: string, ...args: unknown[]) => void = () => {}
    const resume = (channelIds: readonly Snowflake[]) => {
      for (const channelId of channelIds) {
        const messages = logs[channelId] ?? []
        const marks = { "-1": messages.length }
        tell("channel:resumed", {
          channelId,
          reset: true,
          messages,
          changed: [],
          marks,
          head: messages.length,
          more: false,
        })
      }
      return { channels: channelIds.map((channelId) => ({ channelId, ok: true })) }
    }
    const answer = (event: string, body: unknown): unknown => {
      if (event === "channel:resume") {
        const { channels } = body as { channels: { channelId: Snowflake }[] }
        return resume(channels.map((c) => c.channelId))
      }
      if (event === "presence:watch") return { presences }
      if (event === "members:watch") return members()
      return null
    }
    const socket: GatewaySocket = {
      onAny: (listener) => {
        tell = listener
        queueMicrotask(() =>
          tell("gateway:ready", {
            pos: bootstrap.pos,
            connectionId: "gallery",
            reset: false,
            channelIds: guild.channels.map((c) => c.id),
            heads: {},
            readStates: [],
          }),
        )
      },
      on: () => {},
      emitWithAck: (event, body) => {
        const data = answer(event, body)
        return data === null ? new Promise(() => {}) : Promise.resolve({ ok: true, data })
      },
      close: () => {},
    }
    return socket
  },
  onSignedOut: () => {},
})
