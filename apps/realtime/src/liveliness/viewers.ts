import { randomUUID } from "node:crypto"
import { channelRoom, type EventPayload, type OutboxPayload, Snowflake, userRoom } from "@hearth/core"
import type { OutboxRow } from "@hearth/db"
import type { AccessCache } from "@hearth/db/access"
import { z } from "zod"
import type { Connection, GatewaySocket, Publish } from "../connection.ts"
import type { Bus } from "../ports.ts"
import { isHidden } from "../presence/chosen.ts"
import type { Timings } from "../timings.ts"
import { countViewers, type Listed, MAX_LISTED } from "./count-viewers.ts"

/** Rooms of this node's adapter: who joins and leaves them, for whatever reason. */
export interface Rooms {
  on(event: "join-room" | "leave-room", listener: (room: string, socketId: string) => void): unknown
  off(event: "join-room" | "leave-room", listener: (room: string, socketId: string) => void): unknown
}
export interface ViewersDeps {
  rooms: Rooms
  socketOf: (socketId: string) => GatewaySocket | undefined
  bus: Bus
  publish: Publish
  access: Pick<AccessCache, "blocked" | "hiddenFrom" | "guildOf">
  fresh: () => boolean
  /** How many people look at a channel now; 0: nobody on this node. */
  onCount?: (channelId: Snowflake, people: number) => void
  timings: Timings
  clock: () => number
}

/** One channel that somebody on this node has open. */
interface Open {
  sockets: Map<string, Snowflake>
  /** Those of people who are invisible: they are told, and count for nothing. */
  hidden: Set<string>
  /** How many sockets each person has here that count. */
  people: Map<Snowflake, number>
  elsewhere: Map<string, Listed>
  /** Sockets that have not been told anything yet. */
  newcomers: Set<string>
  /** What the other nodes were told last, and what the room. */
  told: string
  shown: string
  /** What those know who are told apart, since somebody here hides from them; "": nothing. */
  shownTo: Map<Snowflake, string>
  toldAt: number
  shownAt: number
  /** Before this, what others know is waited for. */
  settledAt: number
  /** Nodes are to be told, and asked, also when nothing changed. */
  answer: boolean
  ask: boolean
  due: number
  timer: NodeJS.Timeout | undefined
}

const TOPIC = "viewers"
const Told = z.object({
  run: z.string(),
  channels: z.array(
    z.object({ id: Snowflake, count: z.number().int(), userIds: z.array(Snowflake).max(MAX_LISTED), ask: z.boolean() }),
  ),
  /** That run is to tell everything: it was given up, or is new. */
  again: z.string().optional(),
  bye: z.boolean().optional(),
})
type Told = z.infer<typeof Told>
const CHUNK = 200
/** Where more people look, all of them are told less often. */
const ROOM_PER_INTERVAL = 1_000
const BATCH_MS = 10

/**
 * Who has a channel open: people, over all nodes. Each node counts its own sockets by their rooms, tells the others of channels
 * that somebody has open with it, and forgets what it hears of others. So a channel costs where it is looked at, and there alone.
 * Nodes live by their beat: the viewers of one that was killed are gone when it has been silent for a while.
 */
export const createViewers = (deps: ViewersDeps) => {
  const { rooms, socketOf, bus, publish, access, fresh, onCount, timings, clock } = deps
  const self = randomUUID()
  const channels = new Map<Snowflake, Open>()
  const heardAt = new Map<string, number>()
  const alone = bus.kind === "memory"

  // -- to other nodes

  let batch: Told["channels"] = []
  let sending: NodeJS.Timeout | undefined
  const send = (): void => {
    sending = undefined
    for (let i = 0; i < batch.length; i += CHUNK)
      bus.tell(TOPIC, { run: self, channels: batch.slice(i, i + CHUNK) } satisfies Told)
    batch = []
  }
  const tellNodes = (id: Snowflake, open: Open, now: number): void => {
    const userIds = [...open.people.keys()].slice(0, MAX_LISTED)
    open.told = keyOf({ count: open.people.size, userIds })
    open.toldAt = now
    open.answer = false
    if (alone) return
    batch.push({ id, count: open.people.size, userIds, ask: open.ask })
    open.ask = false
    sending ??= setTimeout(send, BATCH_MS).unref()
  }
  const tellAll = (ask: boolean): void => {
    for (const [id, open] of channels) {
      open.answer = true
      open.ask ||= ask
      touch(id, open, timings.viewersGather)
    }
  }

  // -- when

  const keyOf = ({ count, userIds }: Listed): string => `${count} ${userIds.join()}`
  const intervalOf = (open: Open): number =>
    timings.viewers * Math.max(1, Math.ceil(open.sockets.size / ROOM_PER_INTERVAL))
  const touch = (id: Snowflake, open: Open, inMs: number): void => {
    const due = clock() + inMs
    if (open.timer && open.due <= due) return
    clearTimeout(open.timer)
    open.due = due
    open.timer = setTimeout(() => flush(id, open), inMs).unref()
  }

  const flush = (id: Snowflake, open: Open): void => {
    open.timer = undefined
    const now = clock()
    const interval = intervalOf(open)
    const listed = { count: open.people.size, userIds: [...open.people.keys()].slice(0, MAX_LISTED) }
    if (open.answer || open.toldAt + interval <= now) {
      if (open.answer || keyOf(listed) !== open.told) tellNodes(id, open, now)
    } else if (keyOf(listed) !== open.told) touch(id, open, open.toldAt + interval - now)
    if (open.sockets.size === 0) {
      onCount?.(id, 0)
      // What was not told yet, is before it is forgotten.
      if (keyOf(listed) === open.told) channels.delete(id)
      return
    }
    if (now < open.settledAt) return touch(id, open, open.settledAt - now)
    show(id, open, now, interval)
  }

  // -- to the room

  /** Also unseen: who is invisible looks, too. */
  const looks = (open: Open, userId: Snowflake): boolean => {
    if (open.people.has(userId)) return true
    if (open.hidden.size > 0) for (const of of open.sockets.values()) if (of === userId) return true
    return false
  }
  /** Whether one of these is among those that are counted. */
  const counts = (open: Open, userIds: ReadonlySet<Snowflake>): boolean => {
    for (const id of userIds) {
      if (open.people.has(id)) return true
      for (const listed of open.elsewhere.values()) if (listed.userIds.includes(id)) return true
    }
    return false
  }
  /** What those are to see who look, and were blocked by somebody who is counted. */
  const partialFor = (id: Snowflake, open: Open): Map<Snowflake, EventPayload<"channel:viewers">> => {
    const found = new Map<Snowflake, EventPayload<"channel:viewers">>()
    for (const userId of access.blocked()) {
      const hiddenFrom = access.hiddenFrom(userId)
      if (!hiddenFrom || !looks(open, userId) || !counts(open, hiddenFrom)) continue
      const viewers = countViewers(open.people.keys(), open.elsewhere.values(), hiddenFrom)
      found.set(userId, { channelId: id, count: viewers.count, userIds: [...viewers.userIds] })
    }
    return found
  }
  /** What is the same as what they know already is no news: it would say that somebody came or went whom they do not see. */
  const isNewTo = (open: Open, userId: Snowflake, payload: Listed): boolean =>
    (open.shownTo.get(userId) ?? open.shown) !== keyOf(payload)
  const showTo = (open: Open, userId: Snowflake, payload: EventPayload<"channel:viewers">): void => {
    if (!fresh()) return
    const isNew = isNewTo(open, userId, payload)
    open.shownTo.set(userId, keyOf(payload))
    if (!isNew) return
    for (const [socketId, of] of open.sockets) if (of === userId) socketOf(socketId)?.emit("channel:viewers", payload)
  }

  const show = (id: Snowflake, open: Open, now: number, interval: number): void => {
    const viewers = countViewers(open.people.keys(), open.elsewhere.values())
    // Who is invisible costs as much as the others.
    onCount?.(id, Math.max(viewers.count, open.sockets.size))
    const payload: EventPayload<"channel:viewers"> = { channelId: id, ...viewers, userIds: [...viewers.userIds] }
    const key = keyOf(viewers)
    const partial = partialFor(id, open)
    // Also those that were told apart until now, for the last time.
    const apart = new Map([...open.shownTo.keys()].map((userId) => [userId, payload] as const))
    for (const [userId, theirs] of partial) apart.set(userId, theirs)
    // Who has just come knows nothing, and is told on all of their devices.
    for (const socketId of open.newcomers) {
      const userId = open.sockets.get(socketId) ?? ""
      if (apart.has(userId)) open.shownTo.set(userId, "")
    }
    const isDue = open.shownAt + interval <= now
    const tellsRoom = isDue && key !== open.shown
    const isNews = key !== open.shown || [...apart].some(([userId, theirs]) => isNewTo(open, userId, theirs))
    if (tellsRoom)
      publish(channelRoom(id), "channel:viewers", payload, { local: true, except: [...apart.keys()].map(userRoom) })
    if (isDue && isNews) {
      for (const [userId, theirs] of apart) showTo(open, userId, theirs)
      open.shown = key
      open.shownAt = now
      for (const [userId, shown] of open.shownTo) if (!partial.has(userId) && shown === key) open.shownTo.delete(userId)
    } else if (isNews) touch(id, open, open.shownAt + interval - now)
    // Who has just come need not wait for a change.
    if (!tellsRoom && fresh())
      for (const socketId of open.newcomers) {
        const userId = open.sockets.get(socketId) ?? ""
        const theirs = apart.get(userId)
        if (theirs) showTo(open, userId, theirs)
        else socketOf(socketId)?.emit("channel:viewers", payload)
      }
    open.newcomers.clear()
  }

  // -- from the rooms of this node

  const channelOf = (room: string): Snowflake | null => (room.startsWith("channel:") ? room.slice(8) : null)
  const count = ({ people }: Open, userId: Snowflake, by: 1 | -1): void => {
    const now = (people.get(userId) ?? 0) + by
    if (now > 0) people.set(userId, now)
    else people.delete(userId)
  }
  const onJoin = (room: string, socketId: string): void => {
    const id = channelOf(room)
    // Who was written to and reads it before they let anybody in is not given away. A conversation is its own guild.
    const guildId = id === null ? undefined : access.guildOf(id)
    if (guildId !== undefined && access.guildOf(guildId) === guildId) return
    const connection = id === null ? undefined : socketOf(socketId)?.data.connection
    if (id === null || connection === undefined) return
    const { userId } = connection
    let open = channels.get(id)
    if (!open) {
      const settledAt = alone ? 0 : clock() + timings.viewersSettle
      open = {
        sockets: new Map(),
        hidden: new Set(),
        people: new Map(),
        elsewhere: new Map(),
        newcomers: new Set(),
        told: "",
        shown: "",
        shownTo: new Map(),
        toldAt: Number.NEGATIVE_INFINITY,
        shownAt: Number.NEGATIVE_INFINITY,
        settledAt,
        answer: true,
        ask: true,
        due: 0,
        timer: undefined,
      }
      channels.set(id, open)
    }
    open.sockets.set(socketId, userId)
    if (isHidden(connection)) open.hidden.add(socketId)
    else count(open, userId, 1)
    open.newcomers.add(socketId)
    touch(id, open, timings.viewersGather)
  }
  const onLeave = (room: string, socketId: string): void => {
    const id = channelOf(room)
    const open = id === null ? undefined : channels.get(id)
    const userId = open?.sockets.get(socketId)
    if (id === null || !open || userId === undefined) return
    open.sockets.delete(socketId)
    open.newcomers.delete(socketId)
    if (!open.hidden.delete(socketId)) count(open, userId, -1)
    touch(id, open, timings.viewers)
  }
  /** Whoever becomes invisible leaves for the others, as by closing; who is no longer comes. */
  const lookAgain = (connection: Connection): void => {
    const { socket, userId } = connection
    const hides = isHidden(connection)
    for (const room of socket.rooms) {
      const id = channelOf(room)
      const open = id === null ? undefined : channels.get(id)
      if (id === null || !open?.sockets.has(socket.id)) continue
      if (hides === open.hidden.has(socket.id)) continue
      if (hides) open.hidden.add(socket.id)
      else open.hidden.delete(socket.id)
      count(open, userId, hides ? -1 : 1)
      touch(id, open, hides ? timings.viewers : timings.viewersGather)
    }
  }
  rooms.on("join-room", onJoin)
  rooms.on("leave-room", onLeave)

  // -- from other nodes

  const giveUp = (run: string): void => {
    heardAt.delete(run)
    for (const [id, open] of channels) if (open.elsewhere.delete(run)) touch(id, open, timings.viewersGather)
  }
  const hear = (data: unknown): void => {
    const parsed = Told.safeParse(data)
    if (!parsed.success) return
    const { run, again, bye } = parsed.data
    if (bye) return giveUp(run)
    if (!heardAt.has(run) && channels.size > 0) bus.tell(TOPIC, { run: self, channels: [], again: run } satisfies Told)
    heardAt.set(run, clock())
    for (const { id, count, userIds, ask } of parsed.data.channels) {
      const open = channels.get(id)
      if (!open) continue
      if (count > 0) open.elsewhere.set(run, { count, userIds })
      else open.elsewhere.delete(run)
      open.answer ||= ask
      touch(id, open, timings.viewersGather)
    }
    if (again === self) tellAll(false)
  }
  const stops = [bus.onTold(TOPIC, hear), bus.onGap(() => tellAll(true))]

  // -- alive

  const beat = (): void => {
    const now = clock()
    for (const [run, at] of heardAt) if (at < now - timings.viewersExpire) giveUp(run)
    if (channels.size === 0) return
    bus.tell(TOPIC, { run: self, channels: [] } satisfies Told)
    for (const [id, open] of channels)
      if (open.toldAt < now - timings.viewersRetell) {
        open.answer = true
        touch(id, open, timings.viewersGather)
      }
  }
  const beating = alone ? undefined : setInterval(beat, timings.viewersBeat).unref()

  return {
    changed(row: OutboxRow) {
      if (row.kind !== "block:changed") return
      const { blockedId } = row.payload as OutboxPayload<"block:changed">
      for (const [id, open] of channels) if (looks(open, blockedId)) touch(id, open, timings.viewersGather)
    },
    lookAgain,
    /** Channels that are counted: those that somebody on this node has open. */
    get size() {
      return channels.size
    },
    close() {
      if (!alone) bus.tell(TOPIC, { run: self, channels: [], bye: true } satisfies Told)
      for (const stop of stops) stop()
      rooms.off("join-room", onJoin)
      rooms.off("leave-room", onLeave)
      clearInterval(beating)
      clearTimeout(sending)
      for (const open of channels.values()) clearTimeout(open.timer)
    },
  }
}
