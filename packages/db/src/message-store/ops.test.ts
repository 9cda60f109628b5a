import type { Message } from "@hearth/core"
import { expect, test } from "vitest"
import { planOps } from "./ops.ts"

const cardOf = (url: string) => ({ url, site: "example.org", title: "A page" })
const [one, two] = ["https://example.org/1", "https://example.org/2"] as const

test.each([
  ["of its links stay", one, [one], [one]],
  ["that an edit by an older node left behind go", two, [one], undefined],
  ["that an edit by an older node left behind go, others stay", `${one} ${two}`, [one, "https://a.org/"], [one]],
  ["that were taken away stay away", one, [], []],
])("with an edit that changes no link, cards %s", (_, content, held, left) => {
  const message: Message = {
    channelId: "1",
    seq: 1,
    id: "3",
    authorId: "2",
    nonce: "n".repeat(20),
    content,
    replyTo: null,
    createdAt: 1,
    editedAt: null,
    version: 1,
    deleted: false,
    reactions: {},
    mver: 1,
    previews: held.map(cardOf),
  }
  const read = new Map([[1, { message, reactors: new Set<string>() }]])
  const edit = { kind: "edit", seq: 1, version: 1, content: `see ${content}`, by: "2" } as const
  expect(planOps([edit], read, 2).rows[0]?.previews).toEqual(left?.map(cardOf))
})
