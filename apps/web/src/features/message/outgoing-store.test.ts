import { expect, it } from "vitest"
import { tabLock } from "./outgoing-store.ts"

it("one tab of an account sends at a time, and another account's tab holds up nobody", async () => {
  const events: string[] = []
  const leave = new AbortController()
  const work = (name: string, until?: AbortSignal) => async () => {
    events.push(name)
    await new Promise<void>((resolve) => (until ? until.addEventListener("abort", () => resolve()) : resolve()))
  }
  const never = new AbortController().signal
  const first = tabLock("1")(work("alice", leave.signal), never)
  const second = tabLock("1")(work("alice's other tab"), never)
  await tabLock("2")(work("bob"), never)
  expect(events).toEqual(["alice", "bob"])
  leave.abort()
  await Promise.all([first, second])
  expect(events).toEqual(["alice", "bob", "alice's other tab"])
})
