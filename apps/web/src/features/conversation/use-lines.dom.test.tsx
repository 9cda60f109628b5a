import type { Bootstrap, EventPayload } from "@hearth/core"
import { act, cleanup, renderHook, waitFor } from "@testing-library/react"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { useLines } from "./use-lines.ts"

const held = vi.hoisted(() => ({
  heads: {} as Record<string, number>,
  changed: new Set<() => void>(),
  hear: undefined as ((packets: unknown) => void) | undefined,
  asked: [] as { ids: string[]; answer: (lines: unknown[]) => void }[],
}))
vi.mock("../gateway/index.ts", async () => {
  const { useSyncExternalStore } = await import("react")
  const client = {
    snapshot: () => held,
    onOnline: (f: () => void) => {
      f()
      return () => {}
    },
  }
  return {
    useGateway: () => client,
    useGatewayEvent: (_: string, f: (packets: unknown) => void) => {
      held.hear = f
    },
    useBootstrap: (select: (b: Bootstrap) => unknown) =>
      useSyncExternalStore(
        (f) => {
          held.changed.add(f)
          return () => held.changed.delete(f)
        },
        () => select(held as unknown as Bootstrap),
      ),
  }
})
vi.mock("../message/services.tsx", () => ({ useServices: () => ({ users: { add() {} } }) }))
vi.mock("../trpc/index.ts", () => ({
  trpc: {
    conversation: {
      lines: {
        query: ({ conversationIds }: { conversationIds: string[] }) =>
          new Promise((answer) => held.asked.push({ ids: conversationIds, answer })),
      },
    },
  },
}))

const line = (id: string, seq: number) => ({ id, message: { channelId: id, seq, content: `${id}/${seq}` } })
const grows = (heads: Record<string, number>) =>
  act(async () => {
    held.heads = { ...held.heads, ...heads }
    for (const f of held.changed) f()
  })
const contents = (lines: ReturnType<typeof useLines>) =>
  Object.fromEntries([...lines].map(([id, { message }]) => [id, message?.content ?? null]))

beforeEach(() => {
  held.heads = { "7": 3, "8": 0 }
  held.asked = []
})
afterEach(cleanup)

it("asks for all at first, then only for what has grown, also while an answer is awaited", async () => {
  const ids = ["7", "8"]
  const { result } = renderHook(() => useLines(ids))
  await waitFor(() => expect(held.asked.map((a) => a.ids)).toEqual([["7", "8"]]))
  await act(async () => held.asked[0]?.answer([line("7", 3), { id: "8" }]))
  expect(contents(result.current)).toEqual({ "7": "7/3", "8": null })
  expect(held.asked).toHaveLength(1)

  await grows({ "7": 4 })
  await grows({ "7": 5 })
  expect(held.asked.map((a) => a.ids)).toEqual([["7", "8"], ["7"], ["7"]])
  await act(async () => held.asked[2]?.answer([line("7", 5)]))
  // The answer to the first question comes last: what is newer stays.
  await act(async () => held.asked[1]?.answer([line("7", 4)]))
  expect(contents(result.current)["7"]).toBe("7/5")
  expect(held.asked).toHaveLength(3)
})

it("takes from what is open what was said, edited and deleted there, without a question", async () => {
  const ids = ["7"]
  const { result } = renderHook(() => useLines(ids))
  await act(async () => held.asked[0]?.answer([line("7", 3)]))
  const packet = (seq: number, more: object = {}) =>
    act(async () => {
      held.heads = { ...held.heads, "7": seq }
      const items = [{ ...line("7", seq).message, ...more }]
      held.hear?.([{ channelId: "7", head: seq, items }] as unknown as EventPayload<"channel:changed">)
      for (const f of held.changed) f()
    })
  await packet(4)
  expect(contents(result.current)).toEqual({ "7": "7/4" })
  await packet(4, { content: "edited" })
  expect(contents(result.current)).toEqual({ "7": "edited" })
  await packet(4, { deleted: true })
  expect(contents(result.current)).toEqual({ "7": null })
  expect(held.asked).toHaveLength(1)
})
