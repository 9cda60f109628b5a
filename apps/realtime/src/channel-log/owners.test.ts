import fc from "fast-check"
import { expect, test } from "vitest"
import type { NodeInfo } from "../ports.ts"
import { createOwners, ownersDefaults } from "./owners.ts"

const node = (id: string): NodeInfo => ({ id, epoch: `epoch of ${id}`, address: `http://${id}` })
const channels = Array.from({ length: 2000 }, (_, i) => String(700_000_000_000_000 + i * 4_194_304))
const seenBy = (selfId: string, nodes: readonly NodeInfo[], clock = () => 0) =>
  createOwners({ selfId, nodes: () => nodes, onNodes: () => () => {}, clock })

const ownerIds = (nodes: readonly NodeInfo[]) => {
  const owners = seenBy("a stranger", nodes)
  return channels.map((id) => owners.ownerOf(id)?.id)
}

test("all nodes agree, and the owner itself hears null", () => {
  const nodes = ["a", "b", "c"].map(node)
  const all = ownerIds(nodes)
  for (const { id } of nodes) {
    const owners = seenBy(id, nodes)
    expect(channels.map((c) => owners.ownerOf(c)?.id ?? id)).toEqual(all)
  }
})

test("each node gets its share", () => {
  const ids = ["node-1", "node-2", "node-3", "node-4"]
  const all = ownerIds(ids.map(node))
  for (const id of ids) {
    const share = all.filter((owner) => owner === id).length / all.length
    expect(share).toBeGreaterThan(0.2)
    expect(share).toBeLessThan(0.3)
  }
})

test("a node that goes moves its own channels only", () => {
  const ids = fc.uniqueArray(fc.uuid(), { minLength: 2, maxLength: 8 })
  fc.assert(
    fc.property(ids, (names) => {
      const before = ownerIds(names.map(node))
      const [gone, ...rest] = names
      const after = ownerIds(rest.map(node))
      before.forEach((owner, i) => {
        if (owner !== gone) expect(after[i]).toBe(owner)
      })
    }),
    { numRuns: 20 },
  )
})

test("nobody known: everyone appends", () => {
  expect(seenBy("a", []).ownerOf("1")).toBeNull()
})

test("a suspect is passed over for five seconds, whoever is next", () => {
  let now = 0
  const nodes = ["a", "b", "c"].map(node)
  const owners = seenBy("a", nodes, () => now)
  const channel = channels.find((c) => owners.ownerOf(c)?.id === "b") ?? ""
  const without = seenBy(
    "a",
    nodes.filter((n) => n.id !== "b"),
  )
  owners.suspect("b")
  expect(owners.ownerOf(channel)).toEqual(without.ownerOf(channel))
  now = 4_999
  expect(owners.ownerOf(channel)?.id).not.toBe("b")
  now = 5_000
  expect(owners.ownerOf(channel)?.id).toBe("b")
  expect(ownersDefaults.suspectMs).toBe(5_000)
})
