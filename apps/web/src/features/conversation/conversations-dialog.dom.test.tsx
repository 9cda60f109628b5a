import type { Bootstrap } from "@hearth/core"
import { cleanup, fireEvent, render, screen } from "@testing-library/react"
import type { ReactNode } from "react"
import { afterEach, expect, it, vi } from "vitest"
import { ConversationsDialog } from "./conversations-dialog.tsx"

const held = vi.hoisted(() => ({ cursors: [] as unknown[], pages: {} as Record<string, unknown> }))
vi.mock("next-intl", () => ({ useTranslations: () => (key: string) => key }))
vi.mock("@hearth/ui", async (original) => ({
  ...(await original<object>()),
  Dialog: ({ children }: { children: ReactNode }) => <div>{children}</div>,
}))
vi.mock("../gateway/index.ts", () => ({
  useBootstrap: (select: (b: Bootstrap) => unknown) => select({ me: { displayName: "Ada" } } as Bootstrap),
}))
vi.mock("../shell/complaint.tsx", () => ({ Complaint: () => null }))
vi.mock("../shell/link.tsx", () => ({
  Link: ({ children, href }: { children: ReactNode; href: string }) => <a href={href}>{children}</a>,
}))
vi.mock("./conversation-face.tsx", () => ({ ConversationFace: () => null }))
vi.mock("../trpc/index.ts", () => ({
  trpc: {
    conversation: {
      list: {
        query: ({ cursor }: { cursor?: string }) => {
          held.cursors.push(cursor)
          return Promise.resolve(held.pages[cursor ?? ""])
        },
      },
    },
  },
}))
afterEach(cleanup)

const talk = (id: string, name: string, closed: boolean) => ({
  guild: { id, name: "", ownerId: "0" },
  conversation: { kind: "direct", ownerId: null, people: [{ id: `9${id}`, displayName: name }], count: 2 },
  closed,
})

it("has all conversations, page by page, each with a link to it", async () => {
  held.pages = {
    "": { items: [talk("1", "Bob", false), talk("2", "Cleo", true)], next: "n" },
    n: { items: [talk("3", "Dora", true)], next: null },
  }
  render(<ConversationsDialog open onOpenChange={() => {}} />)
  expect((await screen.findByRole("link", { name: "Cleo" })).getAttribute("href")).toBe("/messages/2")
  fireEvent.click(screen.getByRole("button", { name: "showMore" }))
  await screen.findByRole("link", { name: "Dora" })
  expect(screen.getAllByRole("link").map((link) => link.textContent)).toEqual(["Bob", "Cleo", "Dora"])
  expect(held.cursors).toEqual([undefined, "n"])
})
