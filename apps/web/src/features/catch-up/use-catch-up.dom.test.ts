import { act, cleanup, renderHook } from "@testing-library/react"
import { afterEach, expect, it, vi } from "vitest"
import { useCatchUp } from "./use-catch-up.ts"

const { mark, list, client, history, b } = vi.hoisted(() => {
  const channel = { id: "7", guildId: "1", name: "general" }
  return {
    mark: vi.fn(),
    list: { items: [] as unknown[], next: null },
    client: { onOnline: () => () => {}, snapshot: () => ({ heads: { "7": 5 } }) },
    history: { state: () => ({ view: { head: 4 } }) },
    b: {
      guilds: [{ guild: { id: "1", name: "Home" }, channels: [channel] }],
      heads: { "7": 5 },
      readStates: [],
      threads: [{ id: "9", guildId: "1", channelId: "7", seq: 1, head: 2 }],
    },
  }
})
vi.mock("../gateway/index.ts", () => ({
  useGateway: () => client,
  useReadMarks: () => ({ mark, release: () => {} }),
  useBootstrap: (select = (whole: unknown) => whole) => select(b),
}))
vi.mock("../message/services.tsx", () => ({ useServices: () => ({ history }) }))
vi.mock("../trpc/index.ts", () => ({
  trpc: { catchUp: { list: { query: async () => list } } },
  toAppError: (error: unknown) => error,
}))
afterEach(cleanup)

it("walks threads between what asks and what moved; one that is done is read up to what came while it was looked at", async () => {
  const moved = { guildId: "1", channelId: "7", asks: 0, why: null, said: null, people: [] }
  list.items = [{ ...moved, thread: { id: "9", replies: 3, lastReadSeq: 1 } }, moved]
  const { result } = await act(async () => renderHook(() => useCatchUp()))
  expect(result.current.all.map((e) => [e.channel.id, e.unread])).toEqual([
    ["9", 2],
    ["7", 5],
  ])
  for (const entry of result.current.all) act(() => result.current.finish(entry))
  expect(mark.mock.calls).toEqual([
    ["9", 4, 0],
    ["7", 5, 0],
  ])
})
