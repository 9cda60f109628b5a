import type { Message } from "@hearth/core"
import { cleanup, fireEvent, render, screen } from "@testing-library/react"
import type { ReactNode } from "react"
import { afterEach, expect, it, vi } from "vitest"
import { MessageRowView } from "./message-row.tsx"

const ask = vi.hoisted(() => vi.fn())
vi.mock("next-intl", () => ({
  useTranslations: () => (key: string, values?: object) => [key, ...Object.values(values ?? {})].join(" "),
}))
vi.mock("../../i18n/formats.ts", () => ({
  useFormats: () => ({ full: String, clock: () => "20:14", day: () => "Tuesday", dayWithYear: () => "Tuesday" }),
}))
vi.mock("../shell/dialogs.tsx", () => ({ useAsk: () => ask }))
vi.mock("./message-tools.tsx", () => ({ MessageTools: () => null }))
vi.mock("./answered.tsx", () => ({ Answered: () => null }))
vi.mock("./markdown/markdown.tsx", () => ({ Markdown: ({ content }: { content: string }) => content }))
vi.mock("./reactions.tsx", () => ({ Reactions: () => null }))
vi.mock("./services.tsx", () => ({}))
vi.mock("../receipt/receipt-mark.tsx", () => ({ ReceiptMark: () => "how far it has come" }))
vi.mock("./row-shell.tsx", () => ({
  Day: () => null,
  RowShell: ({ children, below, className }: { children: ReactNode; below: ReactNode; className: string }) => (
    <article className={className}>
      {children}
      {below}
    </article>
  ),
}))
afterEach(() => {
  cleanup()
  ask.mockClear()
})

const message: Message = {
  id: "70",
  channelId: "7",
  seq: 3,
  authorId: "2",
  nonce: "",
  content: "Hello",
  replyTo: null,
  createdAt: 1,
  editedAt: 2,
  version: 2,
  mver: 4,
  deleted: false,
  reactions: {},
}
const draw = (me: string, canModerate = false, newSince: number | null = null, createdAt = 1) =>
  render(
    <MessageRowView
      row={{
        kind: "message",
        key: "70",
        message: { ...message, createdAt },
        leads: true,
        day: null,
        forMe: null,
        newSince,
      }}
      context={{ guildId: "5", channelId: "7", me, highlighted: null, canModerate, mayReact: true, pinned: new Set() }}
    />,
  )

it("an edited message leads its author, and who moderates, to what it said before; nobody else", () => {
  draw("2")
  fireEvent.click(screen.getByRole("button"))
  expect(ask).toHaveBeenCalledExactlyOnceWith({ kind: "versions", channelId: "7", seq: 3 })
  cleanup()
  draw("1", true)
  expect(screen.getByRole("button")).toBeTruthy()
  cleanup()
  draw("1")
  expect(screen.getByText("edited")).toBeTruthy()
  expect(screen.queryByRole("button")).toBeNull()
})

it("the first that is new says since when: with the day, when that was another", () => {
  const hour = 3_600_000
  const noon = new Date(2026, 10, 26, 12).getTime()
  draw("1", false, noon - hour, noon)
  expect(screen.getByText("newSince 20:14")).toBeTruthy()
  cleanup()
  draw("1", false, noon - 48 * hour, noon)
  expect(screen.getByText("newSince Tuesday, 20:14")).toBeTruthy()
})

it("how far it has come stands beside one's own messages, in a conversation and not in a server or a thread of one", async () => {
  const of = (me: string, guildId: string) =>
    render(
      <MessageRowView
        row={{ kind: "message", key: "70", message, leads: true, day: null, forMe: null, newSince: null }}
        context={{
          guildId,
          channelId: "7",
          me,
          highlighted: null,
          canModerate: false,
          mayReact: true,
          pinned: new Set(),
        }}
      />,
    )
  of("2", "7")
  expect(await screen.findByText(/how far it has come/)).toBeTruthy()
  // Its place is kept from the first.
  expect(screen.getByRole("article").className).toContain("talked")
  for (const [me, guildId] of [
    ["1", "7"],
    ["2", "5"],
  ] as const) {
    cleanup()
    of(me, guildId)
    expect(screen.queryByText(/how far it has come/)).toBeNull()
    expect(screen.getByRole("article").className).not.toContain("talked")
  }
})
