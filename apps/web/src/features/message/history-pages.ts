import {
  type AppError,
  type ChannelView,
  emptyView,
  mergePage,
  PAGE_LIMIT,
  type Page,
  type PageCursor,
  pageCovers,
  type Snowflake,
  type UserCard,
} from "@hearth/core"
import { FIRST_PAGE } from "./first-page.ts"
import { type Entries, type Entry, record } from "./history-entries.ts"
import { GAP_MS, type Resumes } from "./history-resume.ts"

export interface PagesDeps {
  page(input: PageCursor & { channelId: Snowflake; limit: number }): Promise<{ page: Page; users: UserCard[] }>
  onUsers(users: UserCard[]): void
  toError(error: unknown): AppError
  gapMs?: number
}

const PAGE_TRIES = 4
const MAX_REFRESH_PAGES = 10

/** What is read of a channel's past, a page at a time: older and newer rows, those around a link, and a view in the past anew. */
export const createPages = (deps: PagesDeps, entries: Entries, resumes: Resumes) => {
  const gapMs = deps.gapMs ?? GAP_MS

  /** A page that the view may take, and the packets to merge into it. */
  const fetchPage = async (e: Entry, cursor: PageCursor, viewOf: () => ChannelView | null, limit = FIRST_PAGE) => {
    for (let tries = 0; ; tries++) {
      const { start, stop } = record(e)
      try {
        const { users, page } = await deps.page({ channelId: e.channelId, ...cursor, limit })
        deps.onUsers(users)
        // What a resume brings does not cover rows that it was not asked for, so it goes first.
        await resumes.rest(e.channelId)
        const view = viewOf()
        const since = e.since.slice(start)
        if (!view || pageCovers(view, page, since)) return { page, since }
        if (tries >= PAGE_TRIES) throw new Error("the channel changes faster than its pages arrive")
      } finally {
        stop()
      }
    }
  }

  const failed = (e: Entry, error: unknown) => {
    const failure = deps.toError(error)
    if (failure.code === "UNKNOWN_CHANNEL") resumes.drop(e)
    e.error = failure
  }

  const load = async (e: Entry, which: "older" | "newer") => {
    const slot = e.aside ? "aside" : "main"
    const before = e[slot]
    if (!before?.span || e[which] === "loading" || e.refreshing) return
    if (which === "older" ? before.span.from <= 1 : before.live) return
    e[which] = "loading"
    entries.publish(e)
    const cursor = which === "older" ? { before: before.span.from } : { after: before.span.to }
    const current = () => (slot === "aside" ? e.aside : e.main)
    try {
      const { page, since } = await fetchPage(e, cursor, current)
      const view = current()
      e[which] = "idle"
      if (view?.span) {
        const touches =
          which === "older"
            ? cursor.before !== undefined && view.span.from <= cursor.before
            : view.span.to >= (cursor.after ?? 0)
        if (touches) e[slot] = mergePage(view, page, since)
        if (e.aside?.live) {
          e.main = e.aside
          e.aside = null
          resumes.want(e.channelId)
        }
      }
    } catch (error) {
      e[which] = "failed"
      failed(e, error)
    }
    resumes.watchGap(e)
    entries.publish(e)
  }

  const openAround = async (e: Entry, seq: number) => {
    const inside = (v: ChannelView | null) => v?.span && seq >= v.span.from && seq <= v.span.to
    if (inside(e.main)) {
      e.aside = null
      return entries.publish(e)
    }
    if (inside(e.aside)) return
    e.around = "loading"
    entries.publish(e)
    try {
      const { page, since } = await fetchPage(e, { around: seq }, () => null)
      const first = page.messages[0]
      const last = page.messages.at(-1)
      e.around = "idle"
      if (first && last) {
        const { span } = e.main
        const touchesMain = span && first.seq <= span.to + 1 && last.seq >= span.from - 1
        if (touchesMain && pageCovers(e.main, page, since)) {
          e.main = mergePage(e.main, page, since)
          e.aside = null
        } else {
          const view = mergePage(emptyView(e.channelId), page, since)
          if (view.live) {
            e.main = view
            e.aside = null
            resumes.want(e.channelId)
          } else e.aside = view
        }
      }
    } catch (error) {
      e.around = "failed"
      failed(e, error)
    }
    entries.publish(e)
  }

  /** Reads the same rows of a view in the past anew: it has no resume of its own. */
  const refreshAside = async (e: Entry) => {
    if (e.refreshing) return
    e.refreshing = true
    try {
      for (let tries = 0; tries < PAGE_TRIES && e.aside?.span; tries++) {
        const old: ChannelView = e.aside
        const fresh = await readAgain(e, old)
        if (e.aside !== old && e.aside?.span?.from !== old.span?.from) continue
        if (!fresh.span || !e.aside) return
        if (fresh.live) {
          e.main = fresh
          e.aside = null
          resumes.want(e.channelId)
        } else e.aside = fresh
        return
      }
    } catch (error) {
      e.error = deps.toError(error)
    } finally {
      e.refreshing = false
      entries.publish(e)
    }
  }

  const readAgain = async (e: Entry, old: ChannelView): Promise<ChannelView> => {
    let fresh: ChannelView = emptyView(e.channelId)
    if (!old.span) return fresh
    for (let pages = 0; pages < MAX_REFRESH_PAGES; pages++) {
      const after: number = fresh.span ? fresh.span.to : old.span.from - 1
      const { page, since } = await fetchPage(e, { after }, () => fresh, PAGE_LIMIT)
      fresh = mergePage(fresh, page, since)
      if (!fresh.span || fresh.live || fresh.span.to >= old.span.to) break
    }
    return fresh
  }

  /** Read before there is a connection, and not yet answered. */
  const alone = new Set<Entry>()

  /**
   * Without a connection history can be read all the same; the next resume brings the rest. While the connection is only not there
   * yet, whatever fails is `early`: the resume that comes with it is another try.
   */
  const openWithoutGateway = async (e: Entry, { early = false } = {}) => {
    if (resumes.isOnline() || e.main.span || e.opened === 0 || e.gone || alone.has(e)) return
    alone.add(e)
    try {
      const { page, since } = await fetchPage(e, {}, () => e.main)
      if (!e.main.span && !e.gone) e.main = mergePage(e.main, page, since)
    } catch (error) {
      if (!early) failed(e, error)
    } finally {
      alone.delete(e)
    }
    entries.publish(e)
  }

  const watchAside = (e: Entry) => {
    if (!e.aside || e.aside.waiting.length === 0 || e.asideTimer !== undefined) return
    e.asideTimer = setTimeout(() => {
      e.asideTimer = undefined
      if (e.aside && e.aside.waiting.length > 0) void refreshAside(e)
    }, gapMs)
  }

  return { load, openAround, refreshAside, openWithoutGateway, watchAside }
}
