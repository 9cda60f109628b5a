import { channelRoom, type Changes, type EventPayload, type ResumeChannel, type Snowflake } from "@hearth/core"
import type { GatewaySocket, Publish } from "../connection.ts"
import type { Rooms } from "../liveliness/viewers.ts"
import type { Sizes, Timings } from "../timings.ts"
import { createRecent, type Recent } from "./recent.ts"

export interface PullingDeps {
  rooms: Rooms
  socketOf: (socketId: string) => GatewaySocket | undefined
  publish: Publish
  /** The newest `seq` that this node knows of. */
  known: (channelId: Snowflake) => number
  sizes: Sizes
  timings: Timings
  clock: () => number
}

/** Pushing begins again when so many are left: at the limit itself it would change with everybody who comes and goes. */
const AGAIN_BELOW = 0.8
const PREFIX = channelRoom("")

/**
 * Audiences beyond what pushing serves. Of a channel that more people look at than the limit, the nodes send no packets: they say so
 * once, and clients ask every few seconds as long as somebody looks at them. What they ask for is remembered here, so that it costs
 * the store nothing. Each node decides by what it knows of how many look: for a while two may differ, and both are right.
 */
export const createPulling = ({ rooms, socketOf, publish, known, sizes, timings, clock }: PullingDeps) => {
  const pulled = new Map<Snowflake, Recent>()

  const channelIn = (room: string): Snowflake | null => (room.startsWith(PREFIX) ? room.slice(PREFIX.length) : null)
  const tell = (channelId: Snowflake, everyMs: number | null): void =>
    publish(channelRoom(channelId), "channel:pull", { channelId, everyMs }, { local: true })

  const onJoin = (room: string, socketId: string): void => {
    const channelId = channelIn(room)
    if (channelId === null || !pulled.has(channelId)) return
    socketOf(socketId)?.emit("channel:pull", { channelId, everyMs: timings.pull })
  }
  rooms.on("join-room", onJoin)

  return {
    /** How many people look at a channel, over all nodes; 0 when nobody does on this one. */
    counted(channelId: Snowflake, people: number): void {
      if (people > sizes.pullAbove && !pulled.has(channelId)) {
        pulled.set(channelId, createRecent(known(channelId), clock))
        tell(channelId, timings.pull)
      } else if (people <= sizes.pullAbove * AGAIN_BELOW && pulled.delete(channelId)) tell(channelId, null)
    },
    has: (channelId: Snowflake): boolean => pulled.has(channelId),
    /** Whether those who look at that channel ask for this themselves. */
    withholds: (room: string, event: unknown): boolean => {
      if (event !== "channel:changed" && event !== "channel:heads") return false
      const channelId = channelIn(room)
      return channelId !== null && pulled.has(channelId)
    },
    /** Everything that goes to rooms, by this node or by another one. */
    heard(event: unknown, payload: unknown): void {
      if (pulled.size === 0) return
      if (event === "channel:changed")
        for (const packet of payload as EventPayload<"channel:changed">) pulled.get(packet.channelId)?.take(packet)
      else if (event === "channel:heads")
        for (const { channelId, head, marks } of (payload as EventPayload<"channel:heads">).heads)
          pulled.get(channelId)?.advertised(head, marks)
    },
    /** What somebody who pulls lacks; null: the store is to be asked. */
    since: ({ channelId, span, marks }: ResumeChannel): Changes | null =>
      pulled.get(channelId)?.since({ span, marks }) ?? null,
    get size() {
      return pulled.size
    },
    close(): void {
      rooms.off("join-room", onJoin)
    },
  }
}
export type Pulling = ReturnType<typeof createPulling>
