import type { UserCard } from "@hearth/core"
import { act, cleanup, render } from "@testing-library/react"
import { NextIntlClientProvider } from "next-intl"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { message as texts } from "../../../messages/en/message.ts"
import { common } from "../../../messages/en/common.ts"
import { Typing } from "./typing.tsx"

type Hears = (payload: unknown) => void
const room = vi.hoisted(() => ({ hears: new Map<string, Hears>(), cards: [] as UserCard[] }))
vi.mock("../gateway/provider.tsx", () => ({
  useBootstrap: () => "1",
  useGatewayEvent: (event: string, f: Hears) => void room.hears.set(event, f),
}))
// What is drawn comes with the first who writes: here it is there.
vi.mock("@hearth/ui", async (original) => {
  const now = await import("./typing-now.tsx")
  return { ...(await original<object>()), useOnDemand: (_: unknown, wanted: boolean) => (wanted ? now : null) }
})
vi.mock("./services.tsx", () => ({ usePeople: (ids: string[]) => room.cards.filter((c) => ids.includes(c.id)) }))

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 })
  room.cards = ["Ada Byron", "Ben Ode", "Cy Twombly", "Di Vine"].map((displayName, i) => ({
    id: String(i + 2),
    displayName,
  }))
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

const open = () => {
  const { container } = render(
    <NextIntlClientProvider locale="en" messages={{ message: texts, common }}>
      <Typing channelId="7" />
    </NextIntlClientProvider>,
  )
  return () => container.querySelector(".typing .clip")?.textContent ?? null
}
const types = (userId: string, channelId = "7") => act(() => room.hears.get("typing:started")?.({ channelId, userId }))
const wrote = (authorId: string, channelId = "7") =>
  act(() => room.hears.get("channel:changed")?.([{ channelId, items: [{ authorId }] }]))
const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms))

it("names who types, the first two and how many more; never oneself, nor who types elsewhere", () => {
  const says = open()
  types("1")
  types("2", "8")
  expect(says()).toBeNull()
  types("2")
  expect(says()).toBe("Ada is typing")
  types("3")
  expect(says()).toBe("Ada and Ben are typing")
  types("4")
  expect(says()).toBe("Ada, Ben and 1 other are typing")
  types("5")
  expect(says()).toBe("Ada, Ben and 2 others are typing")
  // Once more is no more of them.
  types("3")
  expect(says()).toBe("Ada, Ben and 2 others are typing")
})

it("forgets each within eight seconds of their last sign", async () => {
  const says = open()
  types("2")
  await pass(4000)
  types("3")
  types("4")
  expect(says()).toBe("Ada, Ben and 1 other are typing")
  await pass(4000)
  expect(says()).toBe("Ben and Cy are typing")
  types("4")
  await pass(4000)
  expect(says()).toBe("Cy is typing")
  await pass(4000)
  expect(says()).toBeNull()
})

it("takes who has written away at once, and leaves the others", () => {
  const says = open()
  for (const id of ["2", "3", "4"]) types(id)
  wrote("2", "8")
  expect(says()).toBe("Ada, Ben and 1 other are typing")
  wrote("2")
  expect(says()).toBe("Ben and Cy are typing")
})

it("says of whom nothing is known yet that it is somebody, and has whole names where first names do not tell", () => {
  room.cards = [
    { id: "2", displayName: "Ada Byron" },
    { id: "3", displayName: "Ada Lovelace" },
  ]
  const says = open()
  types("9")
  expect(says()).toBe("Somebody is typing")
  wrote("9")
  types("2")
  types("3")
  expect(says()).toBe("Ada Byron and Ada Lovelace are typing")
})
