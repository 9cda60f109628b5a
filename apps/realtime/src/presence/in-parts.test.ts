import { expect, test } from "vitest"
import { inParts } from "./in-parts.ts"

const turn = (next: ReturnType<typeof inParts<number>>) => {
  const parts: number[][] = []
  for (;;) {
    const { keys, last } = next()
    parts.push(keys)
    if (last) return parts
  }
}
const mapOf = (count: number) => new Map(Array.from({ length: count }, (_, i) => [i, true]))

test("each turn goes over everything once, in even parts", () => {
  const next = inParts(mapOf(10), 5)
  for (let again = 0; again < 3; again++)
    expect(turn(next)).toEqual([
      [0, 1],
      [2, 3],
      [4, 5],
      [6, 7],
      [8, 9],
    ])
})

test("few, or nobody, are a turn as well", () => {
  expect(turn(inParts(mapOf(2), 4)).flat()).toEqual([0, 1])
  expect(turn(inParts(mapOf(0), 4))).toEqual([[], [], [], []])
})

test("who is there all the while comes by in the turn, whoever comes and goes meanwhile", () => {
  const map = mapOf(10)
  const next = inParts(map, 5)
  const first = next().keys
  for (const gone of [0, 2, 3]) map.delete(gone)
  for (let n = 100; n < 130; n++) map.set(n, true)
  const seen = [...first, ...turn(next).flat()]
  for (const stays of [1, 4, 5, 6, 7, 8, 9]) expect(seen).toContain(stays)
  expect(new Set(seen).size).toBe(seen.length)
  expect(turn(next).flat()).toEqual([...map.keys()])
})

test("a part is as large as it was when the turn began, the last one, too: who comes meanwhile comes by in the next turn", () => {
  const map = mapOf(10)
  const next = inParts(map, 5)
  expect(next().keys).toEqual([0, 1])
  for (let n = 10; n < 1_000; n++) map.set(n, true)
  expect(turn(next)).toEqual([
    [2, 3],
    [4, 5],
    [6, 7],
    [8, 9],
  ])
  expect(turn(next).map((keys) => keys.length)).toEqual([200, 200, 200, 200, 200])
})
