import type { Shown } from "@hearth/core"
import { cleanup, render, screen } from "@testing-library/react"
import { afterEach, expect, it, vi } from "vitest"
import { FriendRow } from "./friend-row.tsx"

const held = vi.hoisted(() => ({ presence: "online" as Shown | undefined }))
vi.mock("next-intl", () => ({ useTranslations: () => (key: string) => key }))
vi.mock("../conversation/open-conversation.ts", () => ({ useOpenConversation: () => () => {} }))
vi.mock("../gateway/index.ts", () => ({ usePresence: () => held.presence }))
vi.mock("../presence/last-active.tsx", () => ({ LastActive: ({ userId }: { userId: string }) => `since ${userId}` }))
vi.mock("../presence/person-face.tsx", () => ({ PersonFace: () => null }))
vi.mock("../status/status-line.tsx", () => ({ StatusLine: () => null }))
afterEach(cleanup)

it("says of a friend how they are, and only of who is not here when they were", async () => {
  const row = () => <FriendRow user={{ id: "2", displayName: "Ada" }} />
  const { rerender } = render(row())
  expect(screen.getByText("online")).toBeDefined()
  held.presence = "offline"
  rerender(row())
  expect(await screen.findByText("since 2", undefined, { timeout: 20_000 })).toBeDefined()
  for (const presence of ["unknown", undefined, "idle"] as const) {
    held.presence = presence
    rerender(row())
    expect(screen.queryByText("since 2")).toBeNull()
  }
  expect(screen.getByText("idle")).toBeDefined()
})
