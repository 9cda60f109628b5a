import { expect, test } from "vitest"
import { describeSharedState } from "./contract.ts"
import { createMemoryState } from "./memory.ts"
import { sharedStateDefaults } from "./timing.ts"

describeSharedState("memory", async (options) => {
  const state = createMemoryState({ options })
  return { a: state, b: state, close: () => state.close() }
})

test("[P11] the real figures: owners 15 s, presence 45 s, 10 s after a farewell", () => {
  expect(sharedStateDefaults).toEqual({ ownerTtlMs: 15_000, presenceTtlMs: 45_000, forgetMs: 10_000 })
})

test("keeps time by the clock it is given", async () => {
  let now = 0
  const state = createMemoryState({ clock: () => now })
  const node = { id: "n", epoch: "1", address: "" }
  await state.register(node)
  await state.setPresence(node, "1", "online")
  now = 15_001
  expect(await state.nodes()).toEqual([])
  expect((await state.presences(["1"])).get("1")).toBe("online")
  now = 45_001
  expect((await state.presences(["1"])).get("1")).toBe("offline")
})

test("a farewell shortens a node's life", async () => {
  let now = 0
  const state = createMemoryState({ clock: () => now })
  const node = { id: "n", epoch: "1", address: "" }
  await state.register(node)
  await state.setPresence(node, "1", "online")
  await state.forget(node)
  now = 9_999
  expect((await state.presences(["1"])).get("1")).toBe("online")
  now = 10_001
  expect((await state.presences(["1"])).get("1")).toBe("offline")
})
