import { AppError, type Bootstrap, type Listed, type MentionItem } from "@hearth/core"
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react"
import { NextIntlClientProvider } from "next-intl"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { catchUp } from "../../../messages/en/catch-up.ts"
import { common } from "../../../messages/en/common.ts"
import { later } from "../../../messages/en/later.ts"
import { MentionsRoom } from "./mentions-room.tsx"

type Ask = { cursor?: string }
const room = vi.hoisted(() => ({
  snapshot: {} as Bootstrap,
  hears: new Map<string, (payload: unknown) => void>(),
  list: (asked: Ask): Promise<Listed<MentionItem>> => Promise.reject(new Error(`not told of ${asked.cursor}`)),
}))
vi.mock("../gateway/index.ts", () => ({
  useBootstrap: (select: (b: Bootstrap) => unknown) => select(room.snapshot),
  useGateway: () => ({ snapshot: () => room.snapshot }),
  useGatewayEvent: (event: string, f: (payload: unknown) => void) => void room.hears.set(event, f),
}))
vi.mock("../trpc/index.ts", () => ({
  trpc: { mention: { list: { query: (asked: Ask) => room.list(asked) } } },
  toAppError: (error: unknown) => error,
}))
vi.mock("../message/services.tsx", () => ({ useSaid: (text: string) => text }))
vi.mock("../../i18n/formats.ts", () => ({ useFormats: () => ({ date: String }) }))
vi.mock("../../i18n/error-text.ts", () => ({ useErrorText: () => (error: AppError) => error.message }))
vi.mock("../shell/connection-banner.tsx", () => ({ ConnectionBanner: () => null }))
vi.mock("../shell/go.ts", () => ({ goTo: () => () => {} }))
vi.mock("../shell/link.tsx", () => ({
  Link: ({ href, children, ...rest }: React.ComponentProps<"a">) => (
    <a href={href} aria-label={rest["aria-label"]}>
      {children}
    </a>
  ),
}))
vi.mock("../shell/place.ts", () => ({
  catchUpPath: () => "/catch-up",
  channelPath: (guildId: string, channelId: string) => `/s/${guildId}/${channelId}`,
  useChannel: (_: string, id: string) => (id === "10" ? { name: "general" } : undefined),
  useGuild: () => ({ guild: { name: "Home" } }),
}))

const item = (seq: number, more: Partial<MentionItem> = {}): MentionItem => ({
  guildId: "5",
  channelId: "10",
  kind: "user",
  message: { channelId: "10", seq, authorId: "2", content: `number ${seq}`, createdAt: seq } as MentionItem["message"],
  author: { id: "2", displayName: "Ada" },
  ...more,
})
const listed = (...items: MentionItem[]): Listed<MentionItem> => ({ items, next: null })
const open = (alone = false) =>
  act(async () =>
    render(
      <NextIntlClientProvider locale="en" messages={{ catchUp, common, later }}>
        <MentionsRoom alone={alone} />
      </NextIntlClientProvider>,
    ),
  )
const links = () => screen.getAllByRole("link").map((link) => link.getAttribute("href"))
const rows = () => screen.queryAllByRole("listitem").map((row) => row.textContent)

beforeEach(() => {
  room.snapshot = {
    me: { id: "1" },
    guilds: [{ guild: { id: "5" }, channels: [{ id: "10" }], myRoleIds: ["7"] }],
    mentions: { "10": [3, 8] },
    readStates: [{ channelId: "10", lastReadSeq: 4 }],
  } as unknown as Bootstrap
})
afterEach(cleanup)

it("says who, where, what and why, marks what is unread, and leads to each message, in threads, too", async () => {
  const inThread = item(2, { channelId: "99", parentId: "10", kind: "reply" })
  room.list = async () => listed(item(8), inThread, item(3, { kind: "everyone" }))
  await open()
  expect(links()).toEqual(["/s/5/10/8", "/s/5/10/t/99/2", "/s/5/10/3"])
  const [first, second, third] = screen.getAllByRole("link")
  expect(first?.textContent).toMatch(/^Ada in general, Home, Unread · Names you.*number 8$/)
  expect(second?.textContent).toContain("Ada in general, Home, Answers you")
  expect(third?.textContent).toContain("Ada in general, Home, Calls everyone")
})

it("says that nobody called, and what would be here; on a phone there is a way back", async () => {
  room.list = async () => listed()
  await open(true)
  expect(screen.getByText("Nobody called you yet")).toBeTruthy()
  expect(screen.getByRole("link", { name: "Back to Catch up" }).getAttribute("href")).toBe("/catch-up")
})

it("says what failed, and has it tried again", async () => {
  room.list = () => Promise.reject(new AppError("UNAVAILABLE", "It is away."))
  await open()
  expect(screen.getByText(/^It is away\./)).toBeTruthy()
  room.list = async () => listed(item(8))
  await act(async () => fireEvent.click(screen.getByRole("button", { name: "Try again" })))
  expect(rows()).toHaveLength(1)
})

const hear = (event: string, more: object = {}) =>
  act(async () => room.hears.get(event)?.({ channelId: "10", targetId: "1", ...more }))
const seqs = () => links().map((href) => Number(href?.split("/").at(-1)))
const down = (from: number, to: number) => Array.from({ length: from - to + 1 }, (_, i) => from - i)
const page = (seqs: number[], next: string | null = null): Listed<MentionItem> => ({
  items: seqs.map((seq) => item(seq)),
  next,
})
const more = () => act(async () => fireEvent.click(screen.getByRole("button", { name: "Show more" })))

it("puts what is new on top and keeps what was shown, and takes away what addresses nobody any more", async () => {
  room.list = async ({ cursor }) => (cursor ? page([3]) : page([8], "more"))
  await open()
  await more()
  expect(seqs()).toEqual([8, 3])
  room.list = async () => page([9, 8], "more")
  await hear("mention:added", { seq: 9 })
  expect(seqs()).toEqual([9, 8, 3])
  room.list = async () => page([9], "more")
  await hear("mention:removed", { seq: 8 })
  expect(seqs()).toEqual([9, 3])
})

it("shows what moves up from below at the bottom, and once", async () => {
  room.list = async () => page(down(30, 11), "more")
  await open()
  room.list = async ({ cursor }) => (cursor ? page(down(10, 9)) : page([...down(30, 21), ...down(19, 10)], "more"))
  await hear("mention:removed", { seq: 20 })
  const left = [...down(30, 21), ...down(19, 10)]
  expect(seqs()).toEqual(left)
  await more()
  expect(seqs()).toEqual([...left, 9])
})

it("goes by what addresses the reader, and puts back in its place what does so in another way", async () => {
  room.list = async () => page([9, 8, 7])
  await open()
  room.list = () => Promise.reject(new Error("not asked"))
  await hear("mention:removed", { seq: 8, targetId: "6" })
  await hear("mention:added", { seq: 10, targetId: "6" })
  expect(seqs()).toEqual([9, 8, 7])
  room.list = async () => page([9, 8, 7])
  await hear("mention:removed", { seq: 8, targetId: "7" })
  expect(seqs()).toEqual([9, 8, 7])
})

it("knows of what was called in a read thread where that hangs", async () => {
  const inThread = item(2, { channelId: "99", parentId: "10", kind: "role" })
  room.list = async () => page([8])
  await open()
  room.list = async () => listed(inThread, item(8))
  await hear("mention:added", { channelId: "99", parentId: "10", seq: 2, targetId: "7" })
  expect(seqs()).toEqual([2, 8])
  room.list = async () => page([8])
  await hear("mention:removed", { channelId: "99", seq: 2, targetId: "7" })
  expect(seqs()).toEqual([8])
})

it("does not show again what was deleted while the list was read", async () => {
  room.list = async () => page([8])
  await open()
  const old = Promise.withResolvers<Listed<MentionItem>>()
  room.list = () => old.promise
  await hear("mention:added", { seq: 9 })
  room.list = async () => page([8])
  await hear("mention:removed", { seq: 9 })
  await act(async () => old.resolve(page([9, 8])))
  expect(seqs()).toEqual([8])
})

it("is read once more when something goes while its first page is on its way", async () => {
  const old = Promise.withResolvers<Listed<MentionItem>>()
  room.list = () => old.promise
  await open()
  room.list = async () => page([8])
  await hear("mention:removed", { seq: 9 })
  await act(async () => old.resolve(page([9, 8])))
  expect(seqs()).toEqual([8])
})

it("learns on the next connection what came and went meanwhile, and begins anew when that was too much", async () => {
  room.list = async ({ cursor }) => (cursor ? page([3]) : page([8, 7], "more"))
  await open()
  await more()
  room.list = async () => page([9, 7], "more")
  await hear("mention:unread", { all: false })
  expect(seqs()).toEqual([8, 7, 3])
  await hear("mention:unread", { all: true })
  expect(seqs()).toEqual([9, 7, 3])
  room.list = async () => page(down(60, 41), "more")
  await hear("mention:unread", { all: true })
  expect(seqs()).toEqual(down(60, 41))
  room.list = async ({ cursor }) => page(cursor ? [40] : [])
  await more()
  expect(seqs()).toEqual(down(60, 40))
})
