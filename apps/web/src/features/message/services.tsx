"use client"

import { type AppError, type EventPayload, isPoll, type Message, type Snowflake, type UserCard } from "@hearth/core"
import { type OnDemand, onDemand, useOnDemand, useToast } from "@hearth/ui"
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useSyncExternalStore } from "react"
import { useErrorText } from "../../i18n/error-text.ts"
import type { GatewayClient } from "../gateway/gateway-client.ts"
import { useBootstrap, useGatewayParts } from "../gateway/provider.tsx"
import { toAppError, trpc } from "../trpc/client.ts"
import type { DraftSync } from "../draft/draft-sync.ts"
import { createDrafts, type Drafts } from "./drafts.ts"
import { type ChannelState, createHistory, type History } from "./history.ts"
import { useTranslations } from "next-intl"
import { useFormats } from "../../i18n/formats.ts"
import { plainText } from "./markdown/plain-text.ts"
import type { NameOf } from "./names.ts"
import { momentText } from "./times.ts"
import { createOutgoingQueue, type Outgoing, type OutgoingQueue } from "./outgoing-queue.ts"
import { openOutgoingStore, tabLock, tabNews } from "./outgoing-store.ts"
import type { OwnReactionsStore } from "./own-reactions.ts"
import { perFrame } from "./per-frame.ts"
import type { Pinned } from "./pinned.ts"
import { createUsers, type Users } from "./users.ts"

interface Services {
  history: History
  queue: OutgoingQueue
  users: Users
  drafts: Drafts
  draftSync: OnDemand<DraftSync>
  own: OnDemand<OwnReactionsStore>
  pinned: OnDemand<Pinned>
}

const RETRY_MS = 2_000

const ServicesContext = createContext<Services | null>(null)

/** Histories, the outgoing queue, people and drafts of the signed-in user. Below GatewayProvider, around all pages. */
export const MessageProvider = ({ children }: { children: ReactNode }) => {
  const { client, viewers } = useGatewayParts()
  const userId = useBootstrap((b) => b.me.id)

  const { services, start } = useMemo(() => {
    const users = createUsers((userIds) => trpc.user.byIds.query({ userIds }))
    const history = createHistory({
      request: client.request,
      page: async (input) => {
        const answer = await trpc.message.page.query(input)
        queue.turnedUp(answer.page.messages)
        return answer
      },
      onUsers: users.add,
      onClosed: (channelId) => {
        viewers.forget(channelId)
        pulls.get()?.forget(channelId)
      },
      toError: toAppError,
    })
    // Reactions are drawn without it: it says which are one's own, and that is to be asked first anyway.
    const own = onDemand(async () => {
      const { createOwnReactions } = await import("./own-reactions.ts")
      return createOwnReactions({
        request: client.request,
        mine: (input) => trpc.reaction.mine.query(input),
        onMessage: history.changed,
        toError: toAppError,
      })
    })
    const pulls = onDemand(async () => {
      const { createPulls } = await import("./pulls.ts")
      return createPulls(history.pull)
    })
    const pinned = onDemand(async () => {
      const { createPinned } = await import("./pinned.ts")
      return createPinned({ seqs: (input) => trpc.pin.seqs.query(input) })
    })
    const drafts = createDrafts(userId)
    const draftSync = onDemand(async () => {
      const { createDraftSync } = await import("../draft/draft-sync.ts")
      return createDraftSync({
        userId,
        drafts,
        client,
        api: {
          save: (input) => trpc.draft.save.mutate(input),
          get: (input) => trpc.draft.get.query(input),
          list: (input) => trpc.draft.list.query(input),
        },
        nameOf: namesIn(users, client),
        learn: async (userIds) => users.add(await trpc.user.byIds.query({ userIds })),
        toError: toAppError,
      })
    })
    const store = openOutgoingStore()
    const build = () => {
      const news = tabNews((heard) => queue.hear(heard))
      const queue = createOutgoingQueue({
        userId,
        store,
        send: (message) => client.request("message:send", message),
        remove: (message) => client.request("message:delete", message),
        toError: toAppError,
        lock: tabLock(userId),
        tell: news.tell,
        onSent: (row, appended) => history.appended(row.channelId, appended),
      })
      return { queue, news }
    }
    const { queue, news } = build()
    const start = () => {
      const packets = perFrame(history.packets)
      let on = true
      // Loaded once there is a draft, here or on another device.
      const wake = () =>
        void draftSync.load().then(
          (sync) => on && sync.start(),
          () => {},
        )
      // Nothing comes of that channel by itself any more: it is tried until it is there, or something else is told.
      const lately = new Map<Snowflake, EventPayload<"channel:pull">>()
      const pull = (told: EventPayload<"channel:pull">): void => {
        lately.set(told.channelId, told)
        const holds = () => on && lately.get(told.channelId) === told
        void pulls.load().then(
          (those) => holds() && those.told(told),
          () => setTimeout(() => holds() && pull(told), RETRY_MS),
        )
      }
      const offs = [
        drafts.subscribe(wake),
        client.onOnline(() => drafts.some() && wake()),
        client.on("channel:changed", packets.give),
        client.on("channel:changed", (packets) => queue.turnedUp(packets.flatMap((p) => p.items))),
        client.on("channel:resumed", (part) => queue.turnedUp([...part.messages, ...part.changed])),
        // What heads tell of may be waiting for its frame: it goes first.
        client.on("channel:heads", packets.flush),
        client.on("channel:heads", history.heads),
        client.on("channel:resumed", history.resumed),
        client.on("channel:pull", pull),
        client.on("user:updated", (card) => users.add([card])),
        client.on("me:updated", (card) => users.add([card])),
        client.on("me:reacted", (reacted) => own.get()?.reacted(reacted)),
        client.on("pin:added", (pin) => pinned.get()?.added(pin)),
        client.on("pin:removed", (pin) => pinned.get()?.removed(pin)),
        client.on("gateway:ready", (ready) => pinned.get()?.ready(ready)),
        client.onOnline(() => history.online()),
        client.onOnline(() => own.get()?.online()),
        client.subscribe(() => {
          const online = client.connection().status === "online"
          if (!online) {
            history.offline()
            lately.clear()
            pulls.get()?.offline()
          }
          queue.setOnline(online)
        }),
      ]
      let guilds: unknown = null
      const follow = () => {
        const snapshot = client.snapshot()
        if (snapshot?.drafts) wake()
        if (!snapshot || snapshot.guilds === guilds) return
        guilds = snapshot.guilds
        history.keepOnly(new Set(snapshot.guilds.flatMap((g) => g.channels.map((c) => c.id))))
        users.add([snapshot.me])
      }
      follow()
      offs.push(client.subscribe(follow))
      queue.setOnline(client.connection().status === "online")
      void queue.start()
      return () => {
        on = false
        draftSync.get()?.stop()
        pulls.get()?.stop()
        for (const off of offs) off()
        queue.stop()
      }
    }
    return { services: { history, queue, users, drafts, draftSync, own, pinned }, start, news }
  }, [client, viewers, userId])

  useEffect(() => start(), [start])
  return <ServicesContext value={services}>{children}</ServicesContext>
}

export const useServices = (): Services => {
  const services = useContext(ServicesContext)
  if (!services) throw new Error("messages need a MessageProvider above them")
  return services
}

/** Opens the channel, or the thread in a channel, while the component lives, and tells what of it there is. */
export const useChannel = (channelId: Snowflake, parentId?: Snowflake): ChannelState => {
  const { history } = useServices()
  useEffect(() => history.open(channelId, parentId), [history, channelId, parentId])
  const subscribe = useCallback((f: () => void) => history.subscribe(channelId, f), [history, channelId])
  const read = useCallback(() => history.state(channelId), [history, channelId])
  return useSyncExternalStore(subscribe, read, read)
}

/** A message of the open channel, when it is loaded: re-renders when just that one changes. */
export const useMessage = (channelId: Snowflake, seq: number): Message | undefined => {
  const { history } = useServices()
  const subscribe = useCallback((f: () => void) => history.subscribe(channelId, f), [history, channelId])
  const read = useCallback(() => {
    const { span, messages } = history.state(channelId).view
    return span ? messages[seq - span.from] : undefined
  }, [history, channelId, seq])
  return useSyncExternalStore(subscribe, read, read)
}

const nobodys: ReadonlySet<string> = new Set()
const never = () => () => {}

/** A message's reactions as the reader sees them, what was just pressed included; and which are their own. */
export const useOwnReactions = (message: Message) => {
  const { own } = useServices()
  const { channelId, seq, reactions } = message
  // Most messages have none: nothing is asked for them. A poll's first vote is to show at once.
  const some = isPoll(message.content) || Object.keys(reactions).length > 0
  const store = useOnDemand(own, some, () => {})
  const plain = useMemo(() => ({ reactions, mine: nobodys }), [reactions])
  const subscribe = useCallback(
    (f: () => void) => store?.watch(channelId, seq, f, some) ?? never(),
    [store, channelId, seq, some],
  )
  const read = useCallback(() => store?.shown(message) ?? plain, [store, message, plain])
  return useSyncExternalStore(subscribe, read, read)
}

const none: ReadonlySet<number> = new Set()

/** The numbers of the channel's pinned messages; none as long as nobody is `there`. */
export const usePinned = (channelId: Snowflake, there: boolean): ReadonlySet<number> => {
  const { pinned } = useServices()
  const store = useOnDemand(pinned, there, () => {})
  const subscribe = useCallback((f: () => void) => store?.watch(channelId, f) ?? never(), [store, channelId])
  const read = useCallback(() => store?.of(channelId) ?? none, [store, channelId])
  return useSyncExternalStore(subscribe, read, read)
}

/** Adds one's own reaction, or takes it back: as is wanted, else whichever it is not. Says so when that fails. */
export const useToggle = () => {
  const { own } = useServices()
  const { complain } = useToast()
  const textOf = useErrorText()
  return (message: Message, emoji: string, on?: boolean, onFailed?: (error: AppError) => void) => {
    const failed = (error: unknown) => {
      const failure = toAppError(error)
      onFailed?.(failure)
      complain(textOf(failure))
    }
    own.load().then((store) => store.toggle(message, emoji, failed, on), failed)
  }
}

export const useOutgoing = (channelId: Snowflake): readonly Outgoing[] => {
  const { queue } = useServices()
  const read = useCallback(() => queue.snapshot(channelId), [queue, channelId])
  return useSyncExternalStore(queue.subscribe, read, read)
}

const namesIn =
  (users: Users, client: Pick<GatewayClient, "snapshot">): NameOf =>
  (sign, id) => {
    if (sign === "@") return users.get(id)?.displayName
    const things = client
      .snapshot()
      ?.guilds.flatMap((g): { id: string; name: string }[] => (sign === "#" ? g.channels : g.roles))
    return things?.find((thing) => thing.id === id)?.name
  }

/** Names of members, roles and channels, as far as they are known here. Always asks what is known now. */
export const useNameOf = (): NameOf => {
  const { users } = useServices()
  const { client } = useGatewayParts()
  return useMemo(() => namesIn(users, client), [users, client])
}

const LINE = 200

/** The start of a message in one line, with the names that are known. */
export const usePlainText = (): ((content: string, length?: number) => string) => {
  const nameOf = useNameOf()
  const t = useTranslations("message")
  const formats = useFormats()
  return useCallback(
    (content, length = LINE) => {
      const unknown = { "@": "mentioned", "@&": "unknownRole", "#": "unknownChannel" } as const
      const text = plainText(content.slice(0, 2 * length), {
        nameOf: (sign, id) => nameOf(sign, id) ?? t(unknown[sign]),
        timeOf: (at, style) => momentText(at, style, formats),
      })
      return text.length > length ? `${text.slice(0, length)}…` : text
    },
    [nameOf, t, formats],
  )
}

/** The same, which follows the names in it as they come to be known. */
export const useSaid = (content: string, length?: number): string => {
  const { users } = useServices()
  const plain = usePlainText()
  const names = content.includes("<@")
  useEffect(() => {
    if (names) users.want([...content.matchAll(/<@([1-9][0-9]{0,18})>/g)].map((match) => match[1] ?? ""))
  }, [users, names, content])
  const read = () => plain(content, length)
  return useSyncExternalStore(names ? users.subscribe : never, read, read)
}

/** A person's card, asked for when it is not known. */
export const useUser = (userId: Snowflake) => {
  const { users } = useServices()
  const me = useBootstrap((b) => b.me.id)
  const read = useCallback(() => users.get(userId), [users, userId])
  const user = useSyncExternalStore(users.subscribe, read, read)
  useEffect(() => {
    if (!user) users.want([userId])
  }, [users, user, userId])
  return { user, isMe: me === userId }
}

/** Reads their cards; the same list as long as it says the same. */
const cardsOf = (users: Users, userIds: readonly Snowflake[]) => {
  let held: readonly UserCard[] = []
  return () => {
    const cards = userIds.flatMap((id) => users.get(id) ?? [])
    if (cards.length !== held.length || cards.some((card, i) => card !== held[i])) held = cards
    return held
  }
}

/** The cards of these people, as far as they are known; the others are asked for. `userIds` keeps its identity while it is the same. */
export const usePeople = (userIds: readonly Snowflake[]): readonly UserCard[] => {
  const { users } = useServices()
  const read = useMemo(() => cardsOf(users, userIds), [users, userIds])
  useEffect(() => users.want(userIds), [users, userIds])
  return useSyncExternalStore(users.subscribe, read, read)
}
