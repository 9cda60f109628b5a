import {
  type Appended,
  applyPacket,
  type ChannelView,
  type EventPayload,
  isBehind,
  type Message,
  type Packet,
  type Snowflake,
  trimView,
} from "@hearth/core"
import { type ChannelState, createEntries, type Entry, isOpen } from "./history-entries.ts"
import { createPages, type PagesDeps } from "./history-pages.ts"
import { createResumes, type ResumeDeps } from "./history-resume.ts"

export type { ChannelState, Loading } from "./history-entries.ts"

export interface HistoryDeps extends ResumeDeps, PagesDeps {
  /** The gateway was told that nobody looks any more. */
  onClosed?(channelId: Snowflake): void
}

const CLOSE_AFTER_MS = 2_000
const ALONE_AFTER_MS = 1_500

/** The histories of all channels that are, or lately were, open. One way in: packets, resumes and pages, merged by core's rules. */
export const createHistory = (deps: HistoryDeps) => {
  const entries = createEntries()
  const resumes = createResumes(deps, entries, (e) => {
    if (e.aside) void pages.refreshAside(e)
  })
  const pages = createPages(deps, entries, resumes)

  const withOpen = (channelId: Snowflake, act: (e: Entry) => void) => {
    const e = entries.find(channelId)
    if (e && !e.gone) act(e)
  }

  return {
    /** Opens a channel for as long as the returned function is not called. What is cached shows at once. */
    open: (channelId: Snowflake, parentId: Snowflake | null = null) => {
      const e = entries.of(channelId)
      e.parentId = parentId
      e.opened++
      entries.use(e)
      clearTimeout(e.closeTimer)
      const fresh = e.closeTimer === undefined
      e.closeTimer = undefined
      if (e.gone) e.gone = false
      if (e.opened === 1 && (fresh || e.error)) resumes.wantNow(channelId)
      if (!e.main.span) {
        void pages.openWithoutGateway(e, { early: true })
        setTimeout(() => void pages.openWithoutGateway(e), ALONE_AFTER_MS)
      }
      entries.publish(e)
      let closed = false
      return () => {
        if (closed) return
        closed = true
        e.opened--
        if (e.opened > 0) return
        e.closeTimer = setTimeout(() => {
          e.closeTimer = undefined
          if (e.opened > 0) return
          e.aside = null
          e.anchor = null
          e.main = trimView(e.main)
          deps.request("channel:close", { channelId }).catch(() => {
            // Without a connection nothing is open any more.
          })
          deps.onClosed?.(channelId)
          entries.forgetOldest()
          entries.publish(e)
        }, CLOSE_AFTER_MS)
      }
    },
    state: (channelId: Snowflake): ChannelState => entries.of(channelId).state,
    subscribe: (channelId: Snowflake, listener: () => void) => entries.of(channelId).signal.subscribe(listener),

    loadOlder: (channelId: Snowflake) => withOpen(channelId, (e) => void pages.load(e, "older")),
    loadNewer: (channelId: Snowflake) => withOpen(channelId, (e) => void pages.load(e, "newer")),
    openAround: (channelId: Snowflake, seq: number) => withOpen(channelId, (e) => void pages.openAround(e, seq)),
    toPresent: (channelId: Snowflake) =>
      withOpen(channelId, (e) => {
        e.aside = null
        e.around = "idle"
        if (!e.main.live) resumes.want(channelId)
        entries.publish(e)
      }),
    /** Tries again what did not load. */
    retry: (channelId: Snowflake) => withOpen(channelId, () => resumes.wantNow(channelId)),
    /** Which message is at the top of the screen; null at the bottom of the present. */
    setAnchor: (channelId: Snowflake, seq: number | null) => withOpen(channelId, (e) => void (e.anchor = seq)),

    packets: (packets: readonly Packet[]) => {
      const touched = new Set<Entry>()
      for (const packet of packets) {
        const e = entries.find(packet.channelId)
        if (!e || e.gone) continue
        if (e.recording > 0) e.since.push(packet)
        e.main = applyPacket(e.main, packet)
        if (e.aside) e.aside = applyPacket(e.aside, packet)
        touched.add(e)
      }
      for (const e of touched) {
        resumes.watchGap(e)
        pages.watchAside(e)
        entries.publish(e)
      }
    },
    heads: ({ heads }: EventPayload<"channel:heads">) => {
      for (const { channelId, head, marks } of heads)
        withOpen(channelId, (e) => {
          e.main = head > e.main.head ? { ...e.main, head } : e.main
          if (isOpen(e) && isBehind(e.main, head, marks)) resumes.want(channelId)
          entries.publish(e)
        })
    },
    resumed: resumes.take,
    /** Asks what is new. False: nobody looks at it. */
    pull: (channelId: Snowflake) => {
      const e = entries.find(channelId)
      const open = !!e && !e.gone && isOpen(e)
      if (open) resumes.want(channelId)
      return open
    },
    /** Our own message is in the log: if its packet does not come, a resume brings it. */
    appended: (channelId: Snowflake, { seq }: Pick<Appended, "seq">) =>
      withOpen(channelId, (e) => {
        if (seq > e.main.head) e.main = { ...e.main, head: seq }
        resumes.watchGap(e)
        resumes.tryNow()
        entries.publish(e)
      }),
    /** The answer to our own edit, delete or reaction: shown at once. It never moves a mark. */
    changed: (message: Message) =>
      withOpen(message.channelId, (e) => {
        const put = (v: ChannelView): ChannelView => {
          const i = v.span ? message.seq - v.span.from : -1
          const held = v.messages[i]
          if (!held || held.mver >= message.mver) return v
          const messages = v.messages.slice()
          messages[i] = message
          return { ...v, messages }
        }
        e.main = put(e.main)
        if (e.aside) e.aside = put(e.aside)
        entries.publish(e)
      }),

    /** A connection is ready: all open channels are resumed by one request. */
    online: resumes.online,
    offline: resumes.offline,
    /** Channels that one may see now; all others are gone. */
    keepOnly: (channelIds: ReadonlySet<Snowflake>) => {
      for (const e of entries.all()) {
        if (!channelIds.has(e.parentId ?? e.channelId)) resumes.drop(e)
        else if (e.gone) {
          e.gone = false
          if (isOpen(e)) resumes.want(e.channelId)
          entries.publish(e)
        }
      }
    },
  }
}

export type History = ReturnType<typeof createHistory>
