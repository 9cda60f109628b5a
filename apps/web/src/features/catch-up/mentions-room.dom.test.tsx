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

it("puts what is new on top and keeps what was shown, and takes away what addresses nobody any more", async () => {
  room.list = async ({ cursor }) => (cursor ? listed(item(3)) : { items: [item(8)], next: "more" })
  await open()
  await act(async () => fireEvent.click(screen.getByRole("button", { name: "Show more" })))
  expect(links()).toEqual(["/s/5/10/8", "/s/5/10/3"])
  room.list = async () => ({ items: [item(9), item(8)], next: "more" })
  await act(async () => room.hears.get("mention:added")?.({}))
  expect(links()).toEqual(["/s/5/10/9", "/s/5/10/8", "/s/5/10/3"])
  room.list = async () => ({ items: [item(9)], next: "more" })
  await act(async () => room.hears.get("mention:removed")?.({ channelId: "10", seq: 8 }))
  expect(links()).toEqual(["/s/5/10/9", "/s/5/10/3"])
})
