import { anchorOf, type Message, newSnowflake, type Snowflake } from "@hearth/core"
import { joinGuild, makeGuild, makeUser, type TestDatabase, type TestUser, testDatabase } from "@hearth/testing"
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import { alerts } from "../schema/index.ts"
import { alertedBy } from "./alerted.ts"

let database: TestDatabase
let [alice, bob, eve, dan]: TestUser[] = []
let general: Snowflake
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database[Symbol.asyncDispose]())
beforeEach(async () => {
  const { db } = database
  ;[alice, bob, eve, dan] = await Promise.all(["alice", "bob", "eve", "dan"].map((name) => makeUser(db, name)))
  const guild = await makeGuild(db, alice!, [bob!, eve!])
  await joinGuild(db, guild.id, dan!)
  general = guild.channels.general ?? ""
})

const AT = Date.now()
const wants = (user: TestUser | undefined, words: readonly string[], agoMs: number) =>
  database.db.insert(alerts).values(
    words.map((word) => ({
      userId: user!.id,
      folded: word,
      word,
      anchor: anchorOf(word) ?? "",
      since: new Date(AT - agoMs),
    })),
  )
const said = (seq: number, content: string): Message => ({
  ...{ channelId: general, seq, id: newSnowflake(), mver: 1, version: 1, authorId: alice!.id, nonce: "n".repeat(16) },
  ...{ content, createdAt: AT, editedAt: null, deleted: false, replyTo: null, reactions: {} },
})

test("however many asked before for words that only begin alike, who asked later hears, who asked first before them", async () => {
  await wants(bob, ["the kiln", "the glaze", "the wheel", "the clay", "the slip"], 3000)
  await wants(eve, ["the moon", "the clay"], 2000)
  await wants(dan, ["the moon"], 1000)
  const messages = [said(1, "the moon"), said(2, "the clay, the slip"), said(3, "nothing")]
  const all = new Map([
    [1, [eve!.id, dan!.id]],
    [2, [bob!.id, eve!.id]],
  ])
  for (const page of [1, 2, 3, 8, 100]) expect(await alertedBy(database.db, general, messages, page)).toEqual(all)
})
