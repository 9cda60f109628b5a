import "fake-indexeddb/auto"
import { expect, it, vi } from "vitest"
import type { OutgoingRow } from "./outgoing-queue.ts"
import { openOutgoingStore, tabLock } from "./outgoing-store.ts"

const row = (nonce: string, userId: string, createdAt: number) => ({ nonce, userId, createdAt }) as OutgoingRow

it("keeps what waits, of each account and in its order, for the next page that opens it", async () => {
  const before = openOutgoingStore("kept")
  await before.put(row("b", "1", 2))
  await before.put(row("a", "1", 1))
  await before.put(row("c", "2", 3))
  await before.put(row("gone", "1", 4))
  await before.remove("gone")
  await before.close()
  const after = openOutgoingStore("kept")
  expect((await after.list("1")).map((r) => r.nonce)).toEqual(["a", "b"])
  expect((await after.list("2")).map((r) => r.nonce)).toEqual(["c"])
  await after.close()
})

it("says when something could not be kept", async () => {
  const store = openOutgoingStore("refused")
  // No copy can be made of a function.
  const refused = { ...row("a", "1", 1), content: () => {} } as unknown as OutgoingRow
  await expect(store.put(refused)).rejects.toThrow()
  expect(await store.list("1")).toEqual([])
  await store.close()
})

it("makes way for a tab with newer code", async () => {
  const store = openOutgoingStore("older")
  await store.put(row("a", "1", 1))
  const newer = indexedDB.open("older", 2)
  await new Promise((resolve) => newer.addEventListener("success", resolve))
  newer.result.close()
})

it("keeps it as long as the page lives where the browser keeps nothing", async () => {
  const refusing = vi.spyOn(indexedDB, "open").mockImplementation(() => {
    throw new DOMException("not in private windows", "SecurityError")
  })
  const store = openOutgoingStore()
  refusing.mockRestore()
  await store.put(row("a", "1", 1))
  await store.put(row("b", "1", 2))
  await store.remove("a")
  expect((await store.list("1")).map((r) => r.nonce)).toEqual(["b"])
  await store.close()
})

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
