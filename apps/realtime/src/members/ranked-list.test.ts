import fc from "fast-check"
import { expect, test } from "vitest"
import { createRankedList } from "./ranked-list.ts"

const numbers = () => createRankedList<number>((a, b) => a - b)

test("after any changes it is what a sorted array would be", () => {
  const change = fc.record({ n: fc.nat(4_000), stays: fc.boolean() })
  fc.assert(
    fc.property(
      fc.array(change, { maxLength: 3_000, size: "max" }),
      fc.nat(4_000),
      fc.nat(2_000),
      (changes, n, count) => {
        const list = numbers()
        const all = new Set<number>()
        for (const { n, stays } of changes) {
          if (!stays) list.delete(n)
          else if (!all.has(n)) list.add(n)
          if (stays) all.add(n)
          else all.delete(n)
        }
        const sorted = [...all].sort((a, b) => a - b)
        expect(list.length).toBe(sorted.length)
        expect(list.slice(0, sorted.length)).toEqual(sorted)
        expect(list.slice(n, n + count)).toEqual(sorted.slice(n, n + count))
        expect(list.rankOf(n)).toBe(sorted.filter((other) => other < n).length)
      },
    ),
    { numRuns: 100 },
  )
})

test("many come in any order, and go again", () => {
  const list = numbers()
  const count = 20_000
  // 7,919 is prime to it: each comes once.
  for (let i = 0; i < count; i++) list.add((i * 7_919) % count)
  expect(list.length).toBe(count)
  expect(list.slice(9_990, 10_010)).toEqual(Array.from({ length: 20 }, (_, i) => 9_990 + i))
  expect([0, 511, 10_000, count - 1, count].map(list.rankOf)).toEqual([0, 511, 10_000, count - 1, count])
  for (let n = 0; n < count; n += 2) list.delete(n)
  expect(list.slice(4_000, 4_003)).toEqual([8_001, 8_003, 8_005])
  for (let n = 1; n < count; n += 2) list.delete(n)
  expect(list.length).toBe(0)
  expect(list.slice(0, 10)).toEqual([])
})
