import { afterAll, beforeAll, expect, it } from "vitest"
import { type Bed, failureCode, testBed } from "../test-bed.ts"

let bed: Bed
beforeAll(async () => {
  bed = await testBed()
})
afterAll(() => bed[Symbol.asyncDispose]())

it("keeps how one wants to be seen on the account, and tells it to one's own devices alone", async () => {
  const ada = await bed.person("Ada")
  expect(await ada.bootstrap()).not.toHaveProperty("status")
  const since = await bed.head()
  const first = await ada.call.status.set({ state: "dnd" })
  expect(first).toEqual({ state: "dnd", version: 1 })
  const own = await ada.call.status.set({ custom: { text: "  writing\n a  letter ", emoji: "✉️" } })
  expect(own).toEqual({ state: "dnd", version: 2, custom: { text: "writing a letter", emoji: "✉️" } })
  expect((await ada.bootstrap()).status).toEqual(own)
  expect((await bed.told(since)).map(({ kind, audience, payload }) => [kind, audience, payload])).toEqual([
    ["status:updated", `user:${ada.userId}`, first],
    ["status:updated", `user:${ada.userId}`, own],
  ])
})

it("changes only what is given: the state keeps the line, and the line the state", async () => {
  const ada = await bed.person("Ada")
  await ada.call.status.set({ state: "idle", custom: { text: "out" } })
  expect(await ada.call.status.set({ state: "invisible" })).toMatchObject({
    state: "invisible",
    custom: { text: "out" },
  })
  expect(await ada.call.status.set({ custom: null })).toEqual({ state: "invisible", version: 3 })
  expect(await ada.call.status.set({ custom: { text: " " } })).toEqual({ state: "invisible", version: 4 })
})

it("lets a line hold for as long as was said, and not longer", async () => {
  const ada = await bed.person("Ada")
  const { custom } = await ada.call.status.set({ custom: { text: "tea", forMs: 3_600_000 } })
  expect(custom?.until).toBeGreaterThan(Date.now())
  expect((await ada.bootstrap()).status?.custom).toEqual(custom)
  await ada.call.status.set({ state: "dnd", custom: { text: "tea", forMs: 1 } })
  await expect.poll(async () => (await ada.bootstrap()).status).toEqual({ state: "dnd", version: 2 })
  // Without end again.
  expect(await ada.call.status.set({ custom: { text: "more tea" } })).toMatchObject({ custom: { text: "more tea" } })
})

it("refuses what is too long, no emoji, or no state", async () => {
  const ada = await bed.person("Ada")
  for (const input of [
    { custom: { text: "x".repeat(101) } },
    { custom: { text: "", emoji: "two" } },
    { custom: { text: "x", forMs: 8 * 86_400_000 } },
    { state: "offline" },
  ])
    expect(await failureCode(ada.call.status.set(input as never))).toBe("BAD_REQUEST")
  expect((await ada.call.status.set({ custom: { text: "👩‍💻".repeat(33) } })).custom?.text).toBe("👩‍💻".repeat(33))
  expect((await ada.call.status.set({ custom: { text: "a\u202Eb" } })).custom?.text).toBe("ab")
})
