import type { Message, PersonReceipt } from "@hearth/core"
import { describe, expect, it } from "vitest"
import { marksOf } from "./marks.ts"

const me = "1"
const said = (seq: number, authorId = me, deleted = false) => ({ seq, authorId, deleted }) as Message
const person = (id: string, delivered: number, read: number, since = 0): PersonReceipt => ({
  user: { id, displayName: id },
  since,
  delivered,
  read,
})
/** By number: how far, and whose faces. */
const drawn = (messages: Message[], people: PersonReceipt[], isGroup: boolean) =>
  Object.fromEntries(
    [...marksOf(messages, me, people, isGroup)].map(([seq, { reached, readers }]) => [
      seq,
      [reached, ...readers.map((r) => r.id)].join(" "),
    ]),
  )

describe("of two", () => {
  const log = [said(1), said(2), said(3, "2"), said(4), said(5)]
  it("one mark stands on the newest own message that came so far, and none on what is older", () => {
    expect(drawn(log, [person("2", 0, 0)], false)).toEqual({ 5: "sent" })
    expect(drawn(log, [person("2", 4, 0)], false)).toEqual({ 5: "sent", 4: "delivered" })
    expect(drawn(log, [person("2", 4, 2)], false)).toEqual({ 5: "sent", 4: "delivered", 2: "read" })
    expect(drawn(log, [person("2", 5, 3)], false)).toEqual({ 5: "delivered", 2: "read" })
    expect(drawn(log, [person("2", 5, 5)], false)).toEqual({ 5: "read" })
  })

  it("what others wrote and what was deleted has none", () => {
    expect(drawn([said(1), said(2, me, true), said(3, "2")], [person("2", 3, 3)], false)).toEqual({ 1: "read" })
  })
})

describe("of a group", () => {
  const log = [said(1), said(2), said(3)]
  it("it has come so far once it has with all, and faces stand where each has read to", () => {
    const people = [person("2", 3, 3), person("3", 3, 1), person("4", 2, 0)]
    expect(drawn(log, people, true)).toEqual({ 3: "sent 2", 2: "delivered", 1: " 3" })
    expect(marksOf(log, me, people, true).get(3)).toMatchObject({ read: 1, delivered: 2, of: 3 })
    const all = people.map((p) => person(p.user.id, 3, 3))
    expect(drawn(log, all, true)).toEqual({ 3: "read 2 3 4" })
  })

  it("who came in later is not asked of what was before", () => {
    expect(drawn(log, [person("2", 3, 3), person("5", 2, 2, 2)], true)).toEqual({ 3: "sent 2", 2: "read" })
  })

  it("of nobody nothing has arrived", () => {
    expect(drawn(log, [], true)).toEqual({ 3: "sent" })
  })
})

it("what is asked again is not built again", () => {
  const [log, people] = [[said(1)], [person("2", 0, 0)]]
  expect(marksOf(log, me, people, false)).toBe(marksOf(log, me, people, false))
  expect(marksOf(log, me, [person("2", 1, 0)], false)).not.toBe(marksOf(log, me, people, false))
})
