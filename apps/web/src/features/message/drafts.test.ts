import { expect, it } from "vitest"
import { createDrafts } from "./drafts.ts"

const storage = () => {
  const kept = new Map<string, string>()
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
}

it("keeps what is typed through a reload, each account's apart", () => {
  const store = storage()
  createDrafts("1", store).set("10", { text: "not finished" })
  expect(createDrafts("1", store).get("10").text).toBe("not finished")
  expect(createDrafts("2", store).get("10").text).toBe("")
})

it("what was handed over leaves the field at once, and the storage only once it is kept elsewhere", () => {
  const store = storage()
  const drafts = createDrafts("1", store)
  drafts.set("10", { text: "on its way", replyTo: 4 })
  const kept = drafts.handOver("10")
  expect(drafts.get("10")).toEqual({ text: "", replyTo: null, editing: null })
  // A reload here finds it again.
  expect(createDrafts("1", store).get("10").text).toBe("on its way")
  kept()
  expect(createDrafts("1", store).get("10").text).toBe("")
})

it("what is typed meanwhile is what a reload finds", () => {
  const store = storage()
  const drafts = createDrafts("1", store)
  drafts.set("10", { text: "the first" })
  const kept = drafts.handOver("10")
  drafts.set("10", { text: "the second" })
  kept()
  expect(createDrafts("1", store).get("10").text).toBe("the second")
})
