import { AppError } from "@hearth/core"
import { act, cleanup, render, screen } from "@testing-library/react"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { MessagesRoom } from "./messages-rooms.tsx"

const held = vi.hoisted(() => ({
  ids: [] as string[],
  shown: [] as string[],
  went: [] as string[],
  failures: [] as Error[],
}))
vi.mock("next-intl", () => ({ useTranslations: () => (key: string) => key }))
vi.mock("../gateway/index.ts", () => {
  const client = {
    onOnline: (f: () => void) => {
      f()
      return () => {}
    },
  }
  return { useGateway: () => client }
})
vi.mock("../shell/connection-banner.tsx", () => ({ ConnectionBanner: () => null }))
vi.mock("../shell/dialogs.tsx", () => ({ useAsk: () => () => {} }))
vi.mock("../shell/go.ts", () => ({ goTo: (path: string) => () => held.went.push(path) }))
vi.mock("../shell/nowhere.tsx", () => ({ Nowhere: () => <p>nowhere</p> }))
vi.mock("../shell/room.tsx", () => ({ DrawerButton: () => null }))
vi.mock("../shell/to-come.tsx", () => ({ ToCome: () => null }))
vi.mock("../shell/width.ts", () => ({ useNarrow: () => false }))
vi.mock("../trpc/index.ts", () => ({
  toAppError: (error: unknown) => error,
  trpc: {
    conversation: {
      show: {
        mutate: ({ conversationId }: { conversationId: string }) => {
          held.shown.push(conversationId)
          const failure = held.failures.shift()
          return failure ? Promise.reject(failure) : new Promise(() => {})
        },
      },
    },
  },
}))
vi.mock("./conversation-list.tsx", () => ({ ConversationList: () => null }))
vi.mock("./conversation-room.tsx", () => ({
  ConversationRoom: ({ talk }: { talk: { guild: { id: string } } }) => <p>room {talk.guild.id}</p>,
}))
vi.mock("./use-conversations.ts", () => ({
  useConversations: () => ({ talks: held.ids.map((id) => ({ guild: { id } })), requests: [] }),
}))

const room = (conversationId: string | undefined) => (
  <MessagesRoom conversationId={conversationId} seq={undefined} covered={false} />
)
beforeEach(() => {
  held.ids = []
  held.shown = []
  held.went = []
})
afterEach(cleanup)

it("brings back what is not listed when one comes to its address, and not what goes while one is there", async () => {
  const { rerender } = render(room("7"))
  expect(held.shown).toEqual(["7"])
  held.ids = ["7"]
  await act(async () => rerender(room("7")))
  expect(screen.getByText("room 7")).toBeDefined()
  // Closed on another device.
  held.ids = []
  await act(async () => rerender(room("7")))
  expect(held.shown).toEqual(["7"])
  expect(held.went).toEqual(["/messages"])
  // Left and come to again it is asked for as at first.
  await act(async () => rerender(room(undefined)))
  await act(async () => rerender(room("7")))
  expect(held.shown).toEqual(["7", "7"])
})

it("asks again for one that a new snapshot has no place for", async () => {
  const others = Array.from({ length: 100 }, (_, i) => String(100 + i))
  held.ids = ["7", ...others]
  const { rerender } = render(room("7"))
  expect(screen.getByText("room 7")).toBeDefined()
  held.ids = others
  await act(async () => rerender(room("7")))
  expect(held.shown).toEqual(["7"])
  expect(held.went).toEqual([])
})

it("says that one is not there when that is the answer, and waits when there is none", async () => {
  vi.useFakeTimers()
  held.failures = [
    new AppError("RATE_LIMITED", "slow down", { retryAfterMs: 2_000 }),
    new AppError("UNAVAILABLE", "not now"),
    new AppError("UNKNOWN_CHANNEL", "no"),
  ]
  try {
    render(room("7"))
    await act(() => vi.advanceTimersByTimeAsync(1_999))
    expect(held.shown).toEqual(["7"])
    await act(() => vi.advanceTimersByTimeAsync(1))
    expect(held.shown).toEqual(["7", "7"])
    expect(screen.queryByText("nowhere")).toBeNull()
    await act(() => vi.advanceTimersByTimeAsync(10_000))
    expect(held.shown).toEqual(["7", "7", "7"])
    expect(screen.getByText("nowhere")).toBeDefined()
  } finally {
    vi.useRealTimers()
  }
})
