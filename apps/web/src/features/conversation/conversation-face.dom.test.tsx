import type { Bootstrap, Conversation } from "@hearth/core"
import { act, cleanup, fireEvent, render } from "@testing-library/react"
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

it("is as large of a group as of one person, where a conversation begins", () => {
  const people = ["2", "3"].map((id) => ({ id, displayName: `p${id}` }))
  const group = (n: number): Conversation => ({
    kind: "group",
    ownerId: null,
    people: people.slice(0, n),
    count: n + 1,
    muted: false,
    pending: false,
  })
  const { container, rerender } = render(<ConversationFace of={group(2)} size={64} />)
  const sizes = () => [...container.querySelectorAll(".pair.big > .face")].map((face) => face.classList.item(1))
  expect(sizes()).toEqual(["f48", "f48"])
  rerender(<ConversationFace of={group(1)} size={64} />)
  expect(sizes()).toEqual(["f64"])
  rerender(<ConversationFace of={group(2)} />)
  expect(container.querySelector(".big")).toBeNull()
})

it("of a group is its icon, beside the name and so without words; without it, or where it cannot be had, its people", () => {
  const group = (icon?: string): Conversation => ({
    kind: "group",
    ownerId: null,
    people: [{ id: "2", displayName: "p2" }],
    count: 2,
    muted: false,
    pending: false,
    ...(icon && { icon }),
  })
  held.watched.clear()
  const { container, rerender } = render(<ConversationFace of={group("a1")} size={64} />)
  const picture = () => container.querySelector("img")
  expect(picture()?.getAttribute("src")).toBe("/api/icons/a1")
  expect(picture()?.getAttribute("alt")).toBe("")
  expect(container.querySelector(".face.f64")).not.toBeNull()
  expect(container.querySelector(".pair")).toBeNull()
  // A group that nobody named is called as its people are.
  expect([...held.watched]).toEqual(["2"])
  fireEvent.error(picture() as HTMLImageElement)
  expect(picture()).toBeNull()
  expect(container.querySelector(".pair")).not.toBeNull()
  // Another picture is asked for anew.
  rerender(<ConversationFace of={group("b2")} size={64} />)
  expect(picture()?.getAttribute("src")).toBe("/api/icons/b2")
  rerender(<ConversationFace of={group()} size={64} />)
  expect(container.querySelector(".pair")).not.toBeNull()
  // Nobody has to look at what strangers chose before they have let them in.
  rerender(<ConversationFace of={{ ...group("b2"), pending: true }} size={64} />)
  expect(picture()).toBeNull()
  expect(container.querySelector(".pair")).not.toBeNull()
})

it("that could not be had is asked for again, some times and ever later", () => {
  vi.useFakeTimers()
  try {
    const people = [{ id: "2", displayName: "p2" }]
    const group: Conversation = { kind: "group", ownerId: null, people, count: 2, muted: false, pending: false }
    const { container } = render(<ConversationFace of={{ ...group, icon: "a1" }} />)
    const picture = () => container.querySelector("img")
    const waits: number[] = []
    while (picture() && waits.length < 20) {
      fireEvent.error(picture() as HTMLImageElement)
      expect(picture()).toBeNull()
      let seconds = 0
      for (; !picture() && seconds < 1000; seconds++) act(() => vi.advanceTimersByTime(1000))
      waits.push(seconds)
    }
    expect(waits).toEqual([10, 20, 40, 80, 160, 1000])
  } finally {
    vi.useRealTimers()
  }
})
