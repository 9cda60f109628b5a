import { MAX_CONTENT_POINTS } from "@hearth/core"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { SETTLE_MS } from "./draft-sync.ts"
import { account, browser, device } from "./test-devices.ts"

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const pass = (ms = SETTLE_MS) => vi.advanceTimersByTimeAsync(ms)

it("what is typed on one device is there on the other, once somebody pauses", async () => {
  const here = account()
  const [desk, phone] = [device(here), device(here)]
  desk.type("hel")
  await pass(SETTLE_MS - 1)
  desk.type("hello")
  await pass(SETTLE_MS - 1)
  expect(desk.calls).toEqual([])
  await pass(1)
  expect(desk.calls).toEqual(["save hello"])
  expect(phone.text()).toBe("hello")
  // And is taken up there; the first follows.
  phone.type("hello there")
  await pass()
  expect([here.says(), desk.text()]).toEqual(["hello there", "hello there"])
  // Whoever comes later finds it, in whatever browser.
  const later = device(here)
  await pass(0)
  expect(later.text()).toBe("hello there")
  expect(later.calls).toEqual(["get 10"])
})

it("what is typed in a thread, which no snapshot lists, is there on the other device as well, and goes when it is sent", async () => {
  const here = account()
  const [desk, phone] = [device(here), device(here)]
  desk.type("half a thou", "70")
  await pass()
  expect(phone.text("70")).toBe("half a thou")
  const later = device(here)
  await pass(0)
  expect(later.text("70")).toBe("half a thou")
  desk.drafts.handOver("70")()
  await pass()
  expect([phone.text("70"), later.text("70")]).toEqual(["", ""])
})

it("of a thread that is gone nothing is asked twice", async () => {
  const here = account()
  here.save({ channelId: "70", version: 0, content: "left behind", replyTo: null })
  here.refuses.add("70")
  const phone = device(here)
  await pass(0)
  for (let i = 0; i < 3; i++) {
    phone.type(`on and on ${i}`)
    await pass()
  }
  expect(phone.calls.filter((call) => call === "get 70")).toHaveLength(1)
  phone.connectsAnew()
  await pass(0)
  expect(phone.calls.filter((call) => call === "get 70")).toHaveLength(2)
})

it("somebody who never pauses is saved all the same", async () => {
  const here = account()
  const desk = device(here)
  for (let i = 0; i < 22; i++) {
    desk.type("x".repeat(i + 1))
    await pass(SETTLE_MS / 2)
  }
  expect(here.says()?.length).toBeGreaterThan(15)
})

it("what is sent is gone everywhere", async () => {
  const here = account()
  const [desk, phone] = [device(here), device(here)]
  desk.type("sent soon")
  await pass()
  expect(phone.text()).toBe("sent soon")
  desk.drafts.handOver("10")()
  await pass()
  expect(here.rows.size).toBe(0)
  expect(phone.text()).toBe("")
  expect(phone.store.kept.size).toBe(0)
  expect(desk.store.kept.size).toBe(0)
})

it("names are names on both, also of people the other device does not know yet", async () => {
  const here = account()
  const [desk, phone] = [device(here), device(here)]
  desk.drafts.type("10", "ask @Maja", [{ shown: "@Maja", wire: "<@8>", at: 4 }])
  await pass()
  expect(here.says()).toBe("ask <@8>")
  expect(phone.text()).toBe("ask @Maja")
  here.save({ channelId: "11", version: 0, content: "and <@9>", replyTo: 3 })
  await pass(0)
  expect(phone.drafts.get("11")).toMatchObject({ text: "and @Person 9", replyTo: 3 })
  // Nothing of this is a change of the reader's own.
  await pass(60_000)
  expect(phone.calls.filter((call) => call.startsWith("save"))).toEqual([])
})

it("two that were changed are both kept, and neither is saved over the other before the writer chose", async () => {
  const here = account()
  const [desk, phone] = [device(here), device(here)]
  desk.type("both know this")
  await pass()
  phone.goesAway()
  phone.type("from the phone")
  desk.type("from the desk")
  await pass()
  phone.comesBack()
  await pass(60_000)
  expect([phone.text(), phone.other()]).toEqual(["from the phone", "from the desk"])
  expect([here.says(), desk.text()]).toEqual(["from the desk", "from the desk"])
  // It goes on being typed, and the other one too.
  phone.type("from the phone, on")
  desk.type("from the desk, on")
  await pass(60_000)
  expect([phone.text(), phone.other()]).toEqual(["from the phone, on", "from the desk, on"])
  phone.sync.resolve("10", "below")
  await pass()
  expect(phone.other()).toBeUndefined()
  expect([here.says(), desk.text()]).toEqual(Array(2).fill("from the phone, on\nfrom the desk, on"))
})

it.each([
  ["use", "from the desk"],
  ["discard", "from the phone"],
] as const)("of two that were changed one may be chosen: %s", async (how, left) => {
  const here = account()
  const [desk, phone] = [device(here), device(here)]
  phone.goesAway()
  phone.type("from the phone")
  desk.type("from the desk")
  await pass()
  phone.comesBack()
  await pass()
  expect(phone.other()).toBe("from the desk")
  phone.sync.resolve("10", how)
  await pass()
  expect([here.says(), desk.text(), phone.text(), phone.other()]).toEqual([left, left, left, undefined])
})

it("what the other device sent meanwhile takes nothing away from what was typed here", async () => {
  const here = account()
  const [desk, phone] = [device(here), device(here)]
  desk.type("both know this")
  await pass()
  phone.goesAway()
  phone.type("both know this, and more")
  desk.drafts.handOver("10")()
  await pass()
  phone.comesBack()
  await pass()
  expect([phone.text(), phone.other(), here.says()]).toEqual([
    "both know this, and more",
    undefined,
    "both know this, and more",
  ])
})

it("what is typed while a request is under way stays, and is saved after it; one request at a time", async () => {
  const here = account()
  const desk = device(here)
  const open = desk.holdsAnswers()
  desk.type("one")
  desk.type("elsewhere", "11")
  await pass()
  expect(desk.calls).toEqual(["save one"])
  desk.type("one two")
  await pass()
  open()
  await pass()
  expect([here.says(), here.says("11"), desk.text()]).toEqual(["one two", "elsewhere", "one two"])
  expect(desk.other()).toBeUndefined()
})

it("an answer that never came makes no stranger of one's own words, also after a reload", async () => {
  const here = account()
  const store = browser()
  const desk = device(here, store)
  desk.losesAnAnswer()
  desk.type("one")
  await pass(SETTLE_MS)
  desk.sync.stop()
  const again = device(here, store)
  again.type("one two")
  await pass(60_000)
  expect([here.says(), again.text(), again.other()]).toEqual(["one two", "one two", undefined])
})

it("what is sent before the first save is answered is gone everywhere all the same", async () => {
  const here = account()
  const [desk, phone] = [device(here), device(here)]
  const open = desk.holdsAnswers()
  desk.type("hello")
  await pass()
  desk.drafts.handOver("10")()
  await pass()
  open()
  await pass()
  expect([here.rows.size, desk.text(), phone.text()]).toEqual([0, "", ""])
})

it("what was taken back while it was saved is taken back there", async () => {
  const here = account()
  const desk = device(here)
  desk.type("x")
  await pass()
  const open = desk.holdsAnswers()
  desk.type("xa")
  await pass()
  desk.type("x")
  await pass()
  open()
  await pass()
  expect([here.says(), desk.text()]).toEqual(["x", "x"])
})

it.each([
  ["sent", "", undefined],
  ["gone on with", "hello world, and you", "hello world, and you"],
] as const)(
  "a save without an answer is one's own, though its news is late: what is %s by then",
  async (_, text, says) => {
    const here = account()
    const desk = device(here)
    desk.type("hello")
    await pass()
    const hears = desk.hearsLate()
    desk.losesAnAnswer()
    desk.type("hello world")
    await pass()
    if (text === "") desk.drafts.handOver("10")()
    else desk.type(text)
    desk.connectsAnew()
    await pass(0)
    hears()
    await pass(60_000)
    expect([here.says(), desk.text(), desk.other()]).toEqual([says, text, undefined])
  },
)

it("what another device answers does not ask for the keyboard here", async () => {
  const here = account()
  const [desk, phone] = [device(here), device(here)]
  phone.drafts.answer("10", 4)
  await pass()
  expect(desk.drafts.get("10")).toMatchObject({ replyTo: 4 })
  expect([phone.drafts.get("10").wanted, desk.drafts.get("10").wanted]).toEqual([1, undefined])
})

it("without a connection it is kept here, and saved when there is one, also by the next page", async () => {
  const here = account()
  const store = browser()
  const desk = device(here, store)
  desk.goesAway()
  desk.type("in a tunnel")
  await pass(60_000)
  expect(here.rows.size).toBe(0)
  desk.sync.stop()
  const again = device(here, store)
  expect(again.text()).toBe("in a tunnel")
  await pass()
  expect(here.says()).toBe("in a tunnel")
})

it("many that changed while one was away come by one question", async () => {
  const here = account()
  const ids = ["10", "11", "12", "13", "14"]
  for (const channelId of ids) here.save({ channelId, version: 0, content: `in ${channelId}`, replyTo: null })
  const phone = device(here)
  await pass(0)
  expect(ids.map((id) => phone.text(id))).toEqual(ids.map((id) => `in ${id}`))
  expect(phone.calls).toEqual(["list"])
})

it("what is too long for a message waits here until it is shorter", async () => {
  const here = account()
  const desk = device(here)
  desk.type("x".repeat(MAX_CONTENT_POINTS + 1))
  await pass(60_000)
  expect(desk.calls).toEqual([])
  desk.type("short")
  await pass()
  expect(here.says()).toBe("short")
})
