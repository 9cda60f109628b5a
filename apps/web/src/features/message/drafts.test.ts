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
  expect(drafts.get("10")).toEqual({ text: "", names: [], replyTo: null, editing: null })
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

const maja = { shown: "@Maja", wire: "<@7>", at: 3 }

it("keeps who is meant by a name, and what is answered, through a reload", () => {
  const store = storage()
  createDrafts("1", store).set("10", { text: "hi @Maja", names: [maja], replyTo: 4 })
  expect(createDrafts("1", store).get("10")).toEqual({ text: "hi @Maja", names: [maja], replyTo: 4, editing: null })
  // What an older page left, whatever it looks like.
  store.setItem("hearth:draft:1:11", "[1, 2")
  store.setItem("hearth:draft:1:12", "12")
  expect(createDrafts("1", store).get("11").text).toBe("[1, 2")
  expect(createDrafts("1", store).get("12").text).toBe("12")
})

it("names follow what is typed, in the draft or in what is edited, and go with the last letter", () => {
  const drafts = createDrafts("1", storage())
  drafts.type("10", "hi @Maja", [maja])
  drafts.type("10", "so hi @Maja")
  expect(drafts.get("10").names).toEqual([{ ...maja, at: 6 }])
  drafts.edit({ channelId: "10", seq: 3, version: 1, content: "ask <@7>" }, () => "Maja")
  drafts.type("10", "please ask @Maja")
  expect(drafts.get("10")).toMatchObject({
    text: "so hi @Maja",
    editing: { seq: 3, version: 1, text: "please ask @Maja", names: [{ ...maja, at: 11 }] },
  })
  drafts.set("10", { editing: null })
  drafts.type("10", "")
  expect(drafts.get("10").names).toEqual([])
})

it("what comes back takes nothing from an edit that was begun meanwhile", () => {
  const drafts = createDrafts("1", storage())
  drafts.edit({ channelId: "10", seq: 3, version: 1, content: "kiln" }, () => "Maja")
  drafts.type("10", "the kiln")
  drafts.putBack("10", { text: "late", names: [], replyTo: 2 })
  expect(drafts.get("10")).toMatchObject({ text: "late", replyTo: 2, editing: { seq: 3, text: "the kiln" } })
})

it("what comes back stands before what was typed meanwhile, with its names", () => {
  const drafts = createDrafts("1", storage())
  drafts.type("10", "hi @Maja", [maja])
  drafts.putBack("10", { text: "@Maja", names: [{ ...maja, at: 0 }], replyTo: 2 })
  expect(drafts.get("10")).toMatchObject({
    text: "@Maja\nhi @Maja",
    names: [{ at: 0 }, { at: 9 }],
    replyTo: 2,
  })
})
