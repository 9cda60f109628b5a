import {
  AppError,
  type Changes,
  type EventPayload,
  type Message,
  type Packet,
  type Page,
  type PageCursor,
} from "@hearth/core"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { createHistory } from "./history.ts"

const GENERAL = "10"
const RANDOM = "11"

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const tick = (ms = 0) => vi.advanceTimersByTimeAsync(ms)

/** A channel's log in one scope, as PostgreSQL keeps it. */
const createLog = (channelId: string, count: number) => {
  const rows: Message[] = []
  let ver = 0
  const packet = (items: Message[]): Packet => {
    for (const row of items) rows[row.seq - 1] = row
    return { channelId, scope: -1, ver, head: rows.length, items }
  }
  const append = (nonce = `nonce-${rows.length}-0123456789`): Packet => {
    ver++
    const seq = rows.length + 1
    return packet([
      {
        channelId,
        seq,
        id: String(seq),
        mver: ver,
        version: 1,
        authorId: "7",
        nonce,
        content: `message ${seq}`,
        createdAt: seq,
        editedAt: null,
        deleted: false,
        replyTo: null,
        reactions: {},
      },
    ])
  }
  const edit = (seq: number): Packet => {
    ver++
    return packet([{ ...(rows[seq - 1] as Message), mver: ver, version: 2, content: `edited ${seq}` }])
  }
  const page = ({ before, after, around }: PageCursor, limit: number): Page => {
    const from =
      before !== undefined
        ? Math.max(1, before - limit)
        : after !== undefined
          ? after + 1
          : around !== undefined
            ? Math.max(1, around - limit / 2)
            : Math.max(1, rows.length - limit + 1)
    const to = before !== undefined ? before - 1 : Math.min(rows.length, from + limit - 1)
    return { messages: rows.slice(from - 1, Math.max(from - 1, to)), marks: { "-1": ver }, head: rows.length }
  }
  const since = (span: { from: number; to: number } | null, marks: Record<string, number>): Changes =>
    !span || rows.length - span.to > 1000
      ? { reset: true, changed: [], ...page({}, 50) }
      : {
          reset: false,
          messages: rows.slice(span.to),
          changed: rows.slice(span.from - 1, span.to).filter((r) => r.mver > (marks["-1"] ?? 0)),
          marks: { "-1": ver },
          head: rows.length,
        }
  for (let i = 0; i < count; i++) append()
  return { rows, append, edit, page, since, head: () => rows.length }
}

type ResumeBody = {
  channels: { channelId: string; span: { from: number; to: number } | null; marks: Record<string, number> }[]
}
type Part = EventPayload<"channel:resumed">

const setUp = (counts: Record<string, number>) => {
  const logs = new Map(Object.entries(counts).map(([id, n]) => [id, createLog(id, n)]))
  const resumes: ResumeBody[] = []
  const closed: string[] = []
  const pages: PageCursor[] = []
  let refuse: ((channelId: string) => { code: string; retryAfterMs?: number } | null) | null = null
  let holdPage: Promise<void> | null = null
  let pageFails: AppError | null = null
  const log = (id: string) => {
    const found = logs.get(id)
    if (!found) throw new Error(`no log ${id}`)
    return found
  }
  const history = createHistory({
    request: (async (command: string, body: unknown) => {
      if (command === "channel:close") {
        closed.push((body as { channelId: string }).channelId)
        return {}
      }
      const { channels } = body as ResumeBody
      resumes.push({ channels })
      const answers = []
      for (const { channelId, span, marks } of channels) {
        const no = refuse?.(channelId)
        if (no) {
          answers.push({ channelId, ok: false, ...no })
          continue
        }
        const changes = log(channelId).since(span, marks)
        await Promise.resolve()
        // Two parts, marks with the last, as the gateway sends them.
        const half = Math.ceil(changes.messages.length / 2)
        const parts: Part[] = [
          { channelId, ...changes, messages: changes.messages.slice(0, half), marks: {}, more: true },
          { channelId, ...changes, reset: false, messages: changes.messages.slice(half), changed: [], more: false },
        ]
        for (const part of parts) history.resumed(part)
        answers.push({ channelId, ok: true })
      }
      return { channels: answers }
    }) as never,
    page: async ({ channelId, limit, ...cursor }) => {
      pages.push(cursor)
      const page = log(channelId).page(cursor, limit)
      if (holdPage) await holdPage
      if (pageFails) throw pageFails
      return { page, users: [] }
    },
    onUsers: () => {},
    toError: (e) => (e instanceof AppError ? e : new AppError("UNAVAILABLE", "No answer.", { cause: e })),
    random: () => 0.5,
  })
  return {
    history,
    log,
    resumes,
    closed,
    pages,
    refuseWith: (f: typeof refuse) => {
      refuse = f
    },
    failPages: (e: AppError | null) => {
      pageFails = e
    },
    holdPages: () => {
      const { promise, resolve } = Promise.withResolvers<void>()
      holdPage = promise
      return () => {
        holdPage = null
        resolve()
      }
    },
    seqs: (id = GENERAL) => history.state(id).view.messages.map((m) => m.seq),
    contents: (id = GENERAL) => history.state(id).view.messages.map((m) => m.content),
  }
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i)

describe("the history of a channel", () => {
  it("opens with the newest page, in whatever parts it comes", async () => {
    const { history, seqs, resumes } = setUp({ [GENERAL]: 80 })
    history.online()
    history.open(GENERAL)
    expect(history.state(GENERAL).status).toBe("loading")
    await tick()
    expect(history.state(GENERAL)).toMatchObject({ status: "ready", detached: false })
    expect(seqs()).toEqual(range(31, 80))
    expect(resumes).toEqual([{ channels: [{ channelId: GENERAL, span: null, marks: {} }] }])
  })

  it("applies packets, and resumes a gap between 300 and 600 ms later, not when all others do [5.8]", async () => {
    const { history, log, seqs, resumes } = setUp({ [GENERAL]: 3 })
    history.online()
    history.open(GENERAL)
    await tick()
    history.packets([log(GENERAL).append()])
    expect(seqs()).toEqual([1, 2, 3, 4])
    log(GENERAL).append()
    history.packets([log(GENERAL).append()])
    // A random half.
    await tick(449)
    expect(resumes).toHaveLength(1)
    await tick(1)
    expect(resumes).toHaveLength(2)
    expect(seqs()).toEqual([1, 2, 3, 4, 5, 6])
  })

  it("does not resume when the missing packet was only late", async () => {
    const { history, log, seqs, resumes } = setUp({ [GENERAL]: 3 })
    history.online()
    history.open(GENERAL)
    await tick()
    const [a, b] = [log(GENERAL).append(), log(GENERAL).append()]
    history.packets([b])
    await tick(200)
    history.packets([a])
    await tick(1000)
    expect(seqs()).toEqual([1, 2, 3, 4, 5])
    expect(resumes).toHaveLength(1)
  })

  it("resumes when a head or a mark is ahead", async () => {
    const { history, log, contents, resumes } = setUp({ [GENERAL]: 2 })
    history.online()
    history.open(GENERAL)
    await tick()
    log(GENERAL).edit(1)
    history.heads({ heads: [{ channelId: GENERAL, head: 2, marks: { "-1": 3 } }] })
    await tick()
    expect(resumes).toHaveLength(2)
    expect(contents()).toEqual(["edited 1", "message 2"])
  })

  it("asks what is new when it is told to, from what it has, and only of a channel that is open [4.10]", async () => {
    const { history, log, seqs, resumes } = setUp({ [GENERAL]: 2 })
    history.online()
    const close = history.open(GENERAL)
    await tick()
    log(GENERAL).append()
    expect(history.pull(GENERAL)).toBe(true)
    await tick()
    expect(seqs()).toEqual([1, 2, 3])
    expect(resumes.at(-1)).toEqual({ channels: [{ channelId: GENERAL, span: { from: 1, to: 2 }, marks: { "-1": 2 } }] })
    close()
    await tick(2_000)
    expect(history.pull(GENERAL)).toBe(false)
    expect(history.pull(RANDOM)).toBe(false)
    await tick()
    expect(resumes).toHaveLength(2)
  })

  it("resumes when a message of one's own is in the log and its packet is not here", async () => {
    const { history, log, seqs } = setUp({ [GENERAL]: 2 })
    history.online()
    history.open(GENERAL)
    await tick()
    log(GENERAL).append()
    history.appended(GENERAL, { seq: 3 })
    await tick(450)
    expect(seqs()).toEqual([1, 2, 3])
  })

  it("resumes all open channels by one request on a new connection, from what it has", async () => {
    const { history, log, seqs, resumes } = setUp({ [GENERAL]: 2, [RANDOM]: 1 })
    history.online()
    history.open(GENERAL)
    history.open(RANDOM)
    await tick()
    expect(resumes).toHaveLength(1)
    history.offline()
    log(GENERAL).append()
    log(RANDOM).append()
    history.online()
    await tick()
    expect(resumes).toHaveLength(2)
    expect(resumes[1]?.channels.map((c) => [c.channelId, c.span])).toEqual([
      [GENERAL, { from: 1, to: 2 }],
      [RANDOM, { from: 1, to: 1 }],
    ])
    expect(seqs()).toEqual([1, 2, 3])
    expect(seqs(RANDOM)).toEqual([1, 2])
  })

  it("pages upwards without holes, with what changed meanwhile", async () => {
    const { history, log, seqs, contents, holdPages } = setUp({ [GENERAL]: 120 })
    history.online()
    history.open(GENERAL)
    await tick()
    const release = holdPages()
    history.loadOlder(GENERAL)
    expect(history.state(GENERAL).older).toBe("loading")
    history.packets([log(GENERAL).edit(50)])
    release()
    await tick()
    expect(seqs()).toEqual(range(21, 120))
    expect(contents()[50 - 21]).toBe("edited 50")
  })

  it("asks again for a page that a resume overtook", async () => {
    const { history, log, seqs, contents, holdPages, pages } = setUp({ [GENERAL]: 120 })
    history.online()
    history.open(GENERAL)
    await tick()
    const release = holdPages()
    history.loadOlder(GENERAL)
    await tick()
    // The packet of this edit is lost, and the resume does not cover row 50.
    log(GENERAL).edit(50)
    history.heads({ heads: [{ channelId: GENERAL, head: 120, marks: { "-1": 121 } }] })
    await tick()
    release()
    await tick()
    expect(pages).toHaveLength(2)
    expect(seqs()).toEqual(range(21, 120))
    expect(contents()[50 - 21]).toBe("edited 50")
  })

  it("says that older messages did not load, and loads them when asked again", async () => {
    const { history, seqs, failPages } = setUp({ [GENERAL]: 80 })
    history.online()
    history.open(GENERAL)
    await tick()
    failPages(new AppError("UNAVAILABLE", "The store is away."))
    history.loadOlder(GENERAL)
    await tick()
    expect(history.state(GENERAL)).toMatchObject({ status: "ready", older: "failed" })
    expect(seqs()).toEqual(range(31, 80))
    failPages(null)
    history.loadOlder(GENERAL)
    await tick()
    expect(history.state(GENERAL).older).toBe("idle")
    expect(seqs()).toEqual(range(1, 80))
  })

  it("opens at a message far back, apart from the present, and pages down into it", async () => {
    const { history, log, seqs } = setUp({ [GENERAL]: 300 })
    history.online()
    history.open(GENERAL)
    await tick()
    history.openAround(GENERAL, 100)
    await tick()
    expect(history.state(GENERAL)).toMatchObject({ detached: true })
    expect(seqs()).toEqual(range(75, 124))
    history.packets([log(GENERAL).append(), log(GENERAL).edit(100)])
    expect(history.state(GENERAL).view.messages[25]?.content).toBe("edited 100")
    for (let i = 0; i < 4; i++) {
      history.loadNewer(GENERAL)
      await tick()
    }
    expect(history.state(GENERAL)).toMatchObject({ detached: false })
    expect(seqs()).toEqual(range(75, 301))
  })

  it("goes back to the present at once", async () => {
    const { history, seqs } = setUp({ [GENERAL]: 300 })
    history.online()
    history.open(GENERAL)
    await tick()
    history.openAround(GENERAL, 100)
    await tick()
    history.toPresent(GENERAL)
    expect(history.state(GENERAL).detached).toBe(false)
    expect(seqs()).toEqual(range(251, 300))
  })

  it("does not go into the past for a message that is here", async () => {
    const { history, pages } = setUp({ [GENERAL]: 60 })
    history.online()
    history.open(GENERAL)
    await tick()
    history.openAround(GENERAL, 40)
    await tick()
    expect(history.state(GENERAL).detached).toBe(false)
    expect(pages).toEqual([])
  })

  it("shows a channel that was open before at once, and brings it up to date", async () => {
    const { history, log, seqs, closed, resumes } = setUp({ [GENERAL]: 3 })
    history.online()
    const close = history.open(GENERAL)
    await tick()
    close()
    await tick(5000)
    expect(closed).toEqual([GENERAL])
    log(GENERAL).append()
    history.open(GENERAL)
    expect(history.state(GENERAL).status).toBe("ready")
    expect(seqs()).toEqual([1, 2, 3])
    await tick()
    expect(seqs()).toEqual([1, 2, 3, 4])
    expect(resumes.at(-1)?.channels[0]?.span).toEqual({ from: 1, to: 3 })
  })

  it("stays open when one comes back at once", async () => {
    const { history, closed, resumes } = setUp({ [GENERAL]: 3 })
    history.online()
    history.open(GENERAL)()
    history.open(GENERAL)
    await tick(10_000)
    expect(closed).toEqual([])
    expect(resumes).toHaveLength(1)
  })

  it("keeps the reader's place when a resume lets older rows go", async () => {
    const { history, log, seqs, resumes } = setUp({ [GENERAL]: 900 })
    history.online()
    history.open(GENERAL)
    await tick()
    for (let i = 0; i < 12; i++) {
      history.loadOlder(GENERAL)
      await tick()
    }
    expect(seqs()).toHaveLength(650)
    history.setAnchor(GENERAL, 260)
    history.offline()
    log(GENERAL).append()
    history.online()
    await tick()
    expect(resumes.at(-1)?.channels[0]?.span).toEqual({ from: 401, to: 900 })
    expect(history.state(GENERAL).detached).toBe(true)
    expect(seqs()).toContain(260)
    history.toPresent(GENERAL)
    expect(seqs()).toEqual(range(401, 901))
  })

  it("tries again when the channel cannot be opened now, and says so meanwhile", async () => {
    const { history, refuseWith } = setUp({ [GENERAL]: 3 })
    refuseWith(() => ({ code: "UNAVAILABLE", retryAfterMs: 1000 }))
    history.online()
    history.open(GENERAL)
    await tick()
    expect(history.state(GENERAL).status).toBe("failed")
    refuseWith(null)
    await tick(1000)
    expect(history.state(GENERAL).status).toBe("ready")
  })

  const away = { code: "UNAVAILABLE", retryAfterMs: 5_000 }

  it("is tried again at once when one comes back to what did not load, and when one looks elsewhere", async () => {
    const { history, refuseWith, seqs } = setUp({ [GENERAL]: 3, [RANDOM]: 2 })
    refuseWith(() => away)
    history.online()
    const leave = history.open(GENERAL)
    await tick()
    expect(history.state(GENERAL).status).toBe("failed")
    leave()
    history.open(RANDOM)
    await tick(500)
    refuseWith(null)
    history.open(GENERAL)
    await tick()
    expect(seqs()).toEqual([1, 2, 3])
    expect(seqs(RANDOM)).toEqual([1, 2])
  })

  it("is still tried again while one is gone for a moment", async () => {
    const { history, refuseWith, seqs } = setUp({ [GENERAL]: 3 })
    refuseWith(() => ({ ...away, retryAfterMs: 1_000 }))
    history.online()
    const leave = history.open(GENERAL)
    await tick()
    leave()
    refuseWith(null)
    await tick(1_500)
    history.open(GENERAL)
    expect(seqs()).toEqual([1, 2, 3])
  })

  it("is brought up to date by a connection that comes while one is gone for a moment", async () => {
    const { history, log, seqs } = setUp({ [GENERAL]: 3 })
    history.online()
    const leave = history.open(GENERAL)
    await tick()
    leave()
    history.offline()
    log(GENERAL).append()
    history.online()
    history.open(GENERAL)
    await tick()
    expect(seqs()).toEqual([1, 2, 3, 4])
  })

  it("is tried again at once when the store took a message", async () => {
    const { history, log, refuseWith, seqs } = setUp({ [GENERAL]: 3, [RANDOM]: 1 })
    history.online()
    history.open(RANDOM)
    await tick()
    refuseWith(() => away)
    history.open(GENERAL)
    await tick()
    expect(history.state(GENERAL).status).toBe("failed")
    refuseWith(null)
    history.packets([log(RANDOM).append()])
    history.appended(RANDOM, { seq: 2 })
    await tick()
    expect(seqs()).toEqual([1, 2, 3])
  })

  it("shows history without a gateway, and what it missed once there is one", async () => {
    const { history, log, seqs } = setUp({ [GENERAL]: 3 })
    history.open(GENERAL)
    await tick()
    expect(seqs()).toEqual([1, 2, 3])
    log(GENERAL).append()
    history.online()
    await tick()
    expect(seqs()).toEqual([1, 2, 3, 4])
  })

  it("says nothing of a page that failed while the connection was only not there yet", async () => {
    const { history, failPages, pages, seqs } = setUp({ [GENERAL]: 3 })
    failPages(new AppError("UNAVAILABLE", "No answer."))
    history.open(GENERAL)
    await tick(1000)
    expect(pages).toHaveLength(1)
    expect(history.state(GENERAL).status).toBe("loading")
    await tick(500)
    expect(history.state(GENERAL).status).toBe("failed")
    history.online()
    await tick()
    expect(seqs()).toEqual([1, 2, 3])
  })

  it("asks for one page at a time without a gateway, and takes none after the resume", async () => {
    const { history, holdPages, pages, log, seqs } = setUp({ [GENERAL]: 3 })
    const release = holdPages()
    history.open(GENERAL)
    await tick(2000)
    expect(pages).toHaveLength(1)
    history.online()
    await tick()
    log(GENERAL).append()
    release()
    await tick()
    expect(seqs()).toEqual([1, 2, 3])
    expect(history.state(GENERAL).view.live).toBe(true)
  })

  it("is gone when one may not see it, and comes back when one may", async () => {
    const { history, refuseWith } = setUp({ [GENERAL]: 3 })
    refuseWith(() => ({ code: "UNKNOWN_CHANNEL" }))
    history.online()
    history.open(GENERAL)
    await tick()
    expect(history.state(GENERAL)).toMatchObject({ status: "gone", view: { messages: [] } })
    refuseWith(null)
    history.keepOnly(new Set([GENERAL]))
    await tick()
    expect(history.state(GENERAL).status).toBe("ready")
    history.keepOnly(new Set())
    expect(history.state(GENERAL)).toMatchObject({ status: "gone", view: { messages: [] } })
  })

  it("of a thread is there as long as its channel is", async () => {
    const { history } = setUp({ [GENERAL]: 2 })
    const channel = "77"
    history.online()
    history.open(GENERAL, channel)
    await tick()
    history.keepOnly(new Set([channel]))
    expect(history.state(GENERAL).status).toBe("ready")
    history.keepOnly(new Set(["78"]))
    expect(history.state(GENERAL).status).toBe("gone")
  })

  it("does not ask for ever for a packet that the log knows nothing of", async () => {
    const { history, log, resumes, seqs } = setUp({ [GENERAL]: 2 })
    history.online()
    history.open(GENERAL)
    await tick()
    const real = log(GENERAL).append()
    history.packets([{ ...real, ver: 99, items: [] }])
    await tick(60_000)
    expect(resumes.length).toBeLessThan(6)
    expect(seqs()).toEqual([1, 2, 3])
  })
})
