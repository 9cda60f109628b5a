import type { Message } from "@hearth/core"
import { cleanup, fireEvent, render, screen } from "@testing-library/react"
import type { ReactNode } from "react"
import { afterEach, expect, it, vi } from "vitest"
import { MessageRowView } from "./message-row.tsx"

const ask = vi.hoisted(() => vi.fn())
vi.mock("next-intl", () => ({ useTranslations: () => (key: string) => key }))
vi.mock("../../i18n/formats.ts", () => ({ useFormats: () => ({ full: String, clock: String }) }))
vi.mock("../shell/dialogs.tsx", () => ({ useAsk: () => ask }))
vi.mock("./message-tools.tsx", () => ({ MessageTools: () => null }))
vi.mock("./answered.tsx", () => ({ Answered: () => null }))
vi.mock("./markdown/markdown.tsx", () => ({ Markdown: ({ content }: { content: string }) => content }))
vi.mock("./reactions.tsx", () => ({ Reactions: () => null }))
vi.mock("./services.tsx", () => ({}))
vi.mock("./row-shell.tsx", () => ({
  Day: () => null,
  RowShell: ({ children }: { children: ReactNode }) => <article>{children}</article>,
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
const draw = (me: string, canModerate = false) =>
  render(
    <MessageRowView
      row={{ kind: "message", key: "70", message, leads: true, day: null, forMe: null, newSince: null }}
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
