import type { UserCard } from "@hearth/core"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { createMemberSearch, matchesName } from "./member-search.ts"

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const card = (id: string, displayName: string): UserCard => ({ id, displayName })
const many = Array.from({ length: 10 }, (_, i) => card(`${i}`, `Ma ${i}`))

const searching = (answers: Record<string, UserCard[]>) => {
  const asked: string[] = []
  const heard: (readonly UserCard[])[] = []
  const search = createMemberSearch(
    async (prefix) => {
      asked.push(prefix)
      const answer = answers[prefix]
      if (!answer) throw new Error("no connection")
      return answer
    },
    (people) => heard.push(people),
  )
  return { search, asked, heard }
}

it("asks once for what was typed in one go, and not again", async () => {
  const { search, asked, heard } = searching({ maj: [card("1", "Maja")] })
  expect(search.find("M")).toEqual({ people: [], waiting: true })
  search.find("Ma")
  search.find("Maj")
  await vi.runAllTimersAsync()
  expect(asked).toEqual(["maj"])
  expect(heard).toEqual([[card("1", "Maja")]])
  expect(search.find("maj")).toEqual({ people: [card("1", "Maja")], waiting: false })
  await vi.runAllTimersAsync()
  expect(asked).toEqual(["maj"])
})

it("does not ask for what begins like something of which all are known, and does when there may be more", async () => {
  const { search, asked } = searching({ ma: many, to: [card("7", "Tom"), card("8", "Tosca")], "ma 1": [] })
  search.find("to")
  await vi.runAllTimersAsync()
  expect(search.find("tos")).toEqual({ people: [card("8", "Tosca")], waiting: false })
  search.find("ma")
  await vi.runAllTimersAsync()
  expect(search.find("ma 1").waiting).toBe(true)
  await vi.runAllTimersAsync()
  expect(asked).toEqual(["to", "ma", "ma 1"])
})

it("asks again after a while, and has what it knew until that is answered", async () => {
  const answers = { maj: [card("1", "Maja")] }
  const { search, asked } = searching(answers)
  search.find("maj")
  await vi.runAllTimersAsync()
  await vi.advanceTimersByTimeAsync(59_000)
  expect(search.find("maja").waiting).toBe(false)
  await vi.advanceTimersByTimeAsync(2000)
  answers.maj = [card("1", "Maja"), card("2", "Majbritt")]
  expect(search.find("maj")).toEqual({ people: [card("1", "Maja")], waiting: true })
  expect(search.known("maj")).toEqual([card("1", "Maja")])
  await vi.runAllTimersAsync()
  expect(asked).toEqual(["maj", "maj"])
  expect(search.find("maj")).toEqual({ people: answers.maj, waiting: false })
})

it("says what it learned last, also of a name that it was asked for itself before", async () => {
  const answers: Record<string, UserCard[]> = { maja: [card("1", "Maja")], maj: [card("2", "Maja Lind")] }
  const { search } = searching(answers)
  search.find("maja")
  await vi.runAllTimersAsync()
  await vi.advanceTimersByTimeAsync(61_000)
  search.find("maj")
  await vi.runAllTimersAsync()
  expect(search.known("maja")).toEqual([card("2", "Maja Lind")])
})

it("asks again after a failure", async () => {
  const { search, asked } = searching({})
  search.find("x")
  await vi.runAllTimersAsync()
  search.find("x")
  await vi.runAllTimersAsync()
  expect(asked).toEqual(["x", "x"])
})

it("asks one at a time: what is typed meanwhile is asked when the answer is there", async () => {
  const answers: ((people: UserCard[]) => void)[] = []
  const asked: string[] = []
  const search = createMemberSearch(
    (prefix) => {
      asked.push(prefix)
      return new Promise((resolve) => answers.push(resolve))
    },
    () => {},
  )
  search.find("m")
  await vi.runAllTimersAsync()
  search.find("ma")
  await vi.runAllTimersAsync()
  expect(asked).toEqual(["m"])
  answers[0]?.(many)
  await vi.runAllTimersAsync()
  expect(asked).toEqual(["m", "ma"])
})

it("knows those who are here by any of their names, with or without accents", () => {
  expect(matchesName("Maja Lindqvist", "lind")).toBe(true)
  expect(matchesName("Ayşe Demir", "ayse d")).toBe(true)
  expect(matchesName("Maja", "aja")).toBe(false)
})
