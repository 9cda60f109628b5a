import type { EventPayload, Snowflake } from "@hearth/core"
import { createSignal } from "../gateway/emitter.ts"
import type { GatewayClient } from "../gateway/gateway-client.ts"

export type Viewers = EventPayload<"channel:viewers">

/** Who has the open channels open, as the gateway said last. Without a connection nobody can say. */
export const createViewers = (client: Pick<GatewayClient, "on" | "subscribe" | "connection">) => {
  const known = new Map<Snowflake, Viewers>()
  const changed = createSignal()
  const offs = [
    client.on("channel:viewers", (viewers) => {
      known.set(viewers.channelId, viewers)
      changed.notify()
    }),
    client.subscribe(() => {
      if (known.size === 0 || client.connection().status === "online") return
      known.clear()
      changed.notify()
    }),
  ]
  return {
    get: (channelId: Snowflake): Viewers | undefined => known.get(channelId),
    /** The channel was closed: nothing more is heard of it. */
    forget: (channelId: Snowflake) => {
      if (known.delete(channelId)) changed.notify()
    },
    subscribe: changed.subscribe,
    stop: () => {
      for (const off of offs) off()
    },
  }
}
export type ViewersStore = ReturnType<typeof createViewers>
