"use client"

import type { Bootstrap, EventName, EventPayload, Pos, Snowflake } from "@hearth/core"
import {
  createContext,
  type ReactNode,
  startTransition,
  useCallback,
  useContext,
  useEffect,
  useEffectEvent,
  useMemo,
  useState,
  useSyncExternalStore,
} from "react"
import { onDemand, useOnDemand } from "@hearth/ui"
import { createLiveliness, type LivelinessStore } from "../presence/liveliness.ts"
import { createViewers, type ViewersStore } from "../presence/viewers.ts"
import { hasUnreadThread } from "../thread/unread-threads.ts"
import { toAppError, trpc } from "../trpc/client.ts"
import { type Connection, createGatewayClient, type GatewayClient, type GatewayDeps } from "./gateway-client.ts"
import { openSocket } from "./open-socket.ts"
import { createPresenceWatch, type PresenceWatch } from "./presence-watch.ts"
import { createReadMarks, type ReadMarks } from "./read-marks.ts"
import { allMentionsOf, mentionsOf, unreadOf } from "./unread.ts"

interface Gateway {
  client: GatewayClient
  presence: PresenceWatch
  readMarks: ReadMarks
  /** Where people write, and who has the open channels open. */
  liveliness: LivelinessStore
  viewers: ViewersStore
}

const GatewayContext = createContext<Gateway | null>(null)

const browserDeps = (): GatewayDeps => {
  const orAppError = async <T,>(promise: Promise<T>): Promise<T> => {
    try {
      return await promise
    } catch (error) {
      throw toAppError(error)
    }
  }
  return {
    bootstrap: () => orAppError(trpc.app.bootstrap.query()),
    ticket: () => orAppError(trpc.gateway.ticket.mutate()),
    openSocket,
    onSignedOut: () => window.location.assign("/login"),
  }
}

const buildGateway = (deps: GatewayDeps): Gateway => {
  const client = createGatewayClient(deps)
  return {
    client,
    presence: createPresenceWatch(client),
    readMarks: createReadMarks(client),
    liveliness: createLiveliness(client),
    viewers: createViewers(client),
  }
}

const activity = onDemand(() => import("../presence/activity.ts"))
/** Long after the page was drawn, and long before anybody is idle. */
const RESTED_MS = 10_000

/**
 * One gateway connection a tab, for everything below it. `fallback` stands in until the first snapshot is here. `deps` is for the
 * gallery, whose gateway is made up.
 */
export const GatewayProvider = ({
  children,
  fallback,
  deps = browserDeps,
}: {
  children: ReactNode
  fallback?: ReactNode
  deps?: () => GatewayDeps
}) => {
  const [gateway] = useState(() => buildGateway(deps()))
  useEffect(() => {
    gateway.client.start()
    return () => {
      gateway.client.stop()
      gateway.readMarks.stop()
    }
  }, [gateway])
  const [rested, rest] = useState(false)
  useEffect(() => {
    const timer = setTimeout(rest, RESTED_MS, true)
    return () => clearTimeout(timer)
  }, [])
  const active = useOnDemand(activity, rested, () => {})
  useEffect(() => active?.trackActivity(gateway.client), [active, gateway])
  const [ready, setReady] = useState(() => gateway.client.snapshot() !== null)
  useEffect(() => {
    const look = () => startTransition(() => setReady(gateway.client.snapshot() !== null))
    look()
    return gateway.client.subscribe(look)
  }, [gateway])
  return <GatewayContext value={gateway}>{ready ? children : (fallback ?? null)}</GatewayContext>
}

export const useGatewayParts = (): Gateway => {
  const gateway = useContext(GatewayContext)
  if (!gateway) throw new Error("useGateway needs a GatewayProvider above it")
  return gateway
}

export const useGateway = (): GatewayClient => useGatewayParts().client
export const useReadMarks = (): ReadMarks => useGatewayParts().readMarks

/** The snapshot before the first one is null. */
export const useMaybeBootstrap = (): Bootstrap | null => {
  const client = useGateway()
  return useSyncExternalStore(client.subscribe, client.snapshot, () => null)
}

const whole = (b: Bootstrap): Bootstrap => b

/** The snapshot, or a part of it: re-renders when that part changes identity. Only below the provider's fallback. */
export function useBootstrap(): Bootstrap
export function useBootstrap<T>(select: (bootstrap: Bootstrap) => T): T
export function useBootstrap<T>(select: (bootstrap: Bootstrap) => T | Bootstrap = whole): T | Bootstrap {
  const client = useGateway()
  const read = () => {
    const snapshot = client.snapshot()
    if (!snapshot) throw new Error("useBootstrap needs a snapshot: render below GatewayProvider's fallback")
    return select(snapshot)
  }
  return useSyncExternalStore(client.subscribe, read, read)
}

export const useConnection = (): Connection & { retryNow: () => void } => {
  const client = useGateway()
  const connection = useSyncExternalStore(client.subscribe, client.connection, client.connection)
  return useMemo(() => ({ ...connection, retryNow: client.retryNow }), [connection, client])
}

/** Hears an event for as long as the component lives. The handler may change from render to render. */
export const useGatewayEvent = <E extends EventName>(
  event: E,
  handler: (payload: EventPayload<E>, pos?: Pos) => void,
): void => {
  const client = useGateway()
  const latest = useEffectEvent(handler)
  useEffect(() => client.on(event, (payload, pos) => latest(payload, pos)), [client, event])
}

export const useUnread = (channelId: Snowflake): { unread: boolean; count: number } => {
  const count = useBootstrap((b) => unreadOf(b, channelId))
  return useMemo(() => ({ unread: count > 0, count }), [count])
}

/** How many unread messages address the reader: in a channel, in a server, or all over. */
export const useMentions = (channelId: Snowflake): number => useBootstrap((b) => mentionsOf(b, channelId))
export const useAllMentions = (of?: Snowflake | "servers" | "conversations"): number =>
  useBootstrap((b) => allMentionsOf(b, of))

export const useGuildUnread = (guildId: Snowflake): boolean =>
  useBootstrap((b) => {
    const guild = b.guilds.find((g) => g.guild.id === guildId)
    return guild?.channels.some((c) => unreadOf(b, c.id) > 0) || hasUnreadThread(b, "guildId", guildId)
  })

/** Watches the person while the component lives. */
export const usePresence = (userId: Snowflake) => {
  const { presence } = useGatewayParts()
  useEffect(() => presence.watch(userId), [presence, userId])
  const read = useCallback(() => presence.get(userId), [presence, userId])
  return useSyncExternalStore(presence.subscribe, read, read)
}
