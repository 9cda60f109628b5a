import type { Bootstrap, Conversation } from "@hearth/core"
import { cleanup, render } from "@testing-library/react"
import { afterEach, expect, it, vi } from "vitest"
import { ConversationFace } from "./conversation-face.tsx"

const held = vi.hoisted(() => ({ watched: new Set<string>() }))
vi.mock("next-intl", () => ({ useTranslations: () => (key: string) => key }))
vi.mock("../gateway/index.ts", () => ({
  useBootstrap: (select: (b: Bootstrap) => unknown) => select({ me: { id: "1" } } as Bootstrap),
  usePresence: (userId: string) => {
    held.watched.add(userId)
  },
}))
afterEach(cleanup)

it("has those watched who are shown, of two and of a group", () => {
  const people = ["2", "3", "4", "5"].map((id) => ({ id, displayName: `p${id}` }))
  const of = (kind: Conversation["kind"], n: number): Conversation => ({
    kind,
    ownerId: null,
    people: people.slice(0, n),
    count: n + 1,
    muted: false,
    pending: false,
  })
  render(<ConversationFace of={of("direct", 1)} />)
  expect([...held.watched]).toEqual(["2"])
  held.watched.clear()
  render(<ConversationFace of={of("group", 4)} />)
  expect([...held.watched]).toEqual(["2", "3", "4"])
})
