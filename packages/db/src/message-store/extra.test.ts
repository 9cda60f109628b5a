import { createSecretKey } from "node:crypto"
import type { Message } from "@hearth/core"
import { expect, test } from "vitest"
import { openBodies } from "./bodies.ts"
import { extraOf, withExtra } from "./extra.ts"

const message: Message = {
  channelId: "1",
  seq: 1,
  id: "3",
  authorId: "2",
  nonce: "n".repeat(20),
  content: "https://a.org/",
  replyTo: null,
  createdAt: 1,
  editedAt: null,
  version: 1,
  deleted: false,
  reactions: {},
  mver: 1,
}
const thread = { id: "77", replies: 1, lastAt: 1, people: ["2"] }
const previews = [{ url: "https://a.org/", site: "a.org", title: "A page" }]

test.each([
  ["plainly", openBodies()],
  ["sealed", openBodies([{ id: 1, key: createSecretKey(Buffer.alloc(32, 1)) }])],
])("cards lie beside their message, %s, and are none of what a node deleted that knew nothing of them", (_, bodies) => {
  const extra = extraOf({ ...message, thread, previews }, bodies)
  expect(withExtra(message, extra, bodies)).toEqual({ ...message, thread, previews })
  const deleted = { ...message, deleted: true, content: "", version: 2 }
  expect(withExtra(deleted, extra, bodies)).toEqual({ ...deleted, thread })
})
