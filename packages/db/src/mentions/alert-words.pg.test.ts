import { compileKeywords, newSnowflake, type Snowflake } from "@hearth/core"
import { joinGuild, kick, makeGuild, makeUser, type TestDatabase, type TestUser, testDatabase } from "@hearth/testing"
import { eq } from "drizzle-orm"
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import { readOutbox, outboxHead } from "../outbox.ts"
import { alerts } from "../schema/index.ts"
import { alertWordsOf, openAlertWords } from "./alert-words.ts"

let database: TestDatabase
let alice: TestUser
let bob: TestUser
let guildId: Snowflake
let general: Snowflake
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database[Symbol.asyncDispose]())
beforeEach(async () => {
  const { db } = database
  ;[alice, bob] = [await makeUser(db, "alice"), await makeUser(db, "bob")]
  const guild = await makeGuild(db, alice, [])
  guildId = guild.id
  general = guild.channels.general ?? ""
})

const wants = (user: TestUser, word: string) =>
  database.db.insert(alerts).values({ userId: user.id, folded: word, word, anchor: word, since: new Date() })
const changed = (user: TestUser) => ({
  pos: "1",
  kind: "alerts:changed" as const,
  audience: `user:${user.id}` as const,
  userId: user.id,
  payload: {},
})

test("a server's words are those of its members, and follow who comes, goes, and changes theirs", async () => {
  const { db } = database
  await wants(bob, "kiln")
  const words = openAlertWords(db)
  const may = (content: string) => words.mayAlert(general, [content])
  expect(await may("the kiln")).toBe(false)
  const follow = async (from: string) => {
    for (const row of await readOutbox(db, from)) words.changed(row)
  }
  let at = await outboxHead(db)
  await joinGuild(db, guildId, bob)
  await follow(at)
  await expect.poll(() => may("the Kiln!")).toBe(true)
  expect(await may("kilns")).toBe(false)
  await wants(bob, "glaze")
  words.changed(changed(bob))
  await expect.poll(() => may("blue glaze")).toBe(true)
  await db.delete(alerts).where(eq(alerts.userId, bob.id))
  words.changed(changed(bob))
  await expect.poll(() => may("blue glaze, kiln")).toBe(false)
  await wants(bob, "kiln")
  words.changed(changed(bob))
  await expect.poll(() => may("kiln")).toBe(true)
  at = await outboxHead(db)
  await kick(db, guildId, bob.id)
  await follow(at)
  await expect.poll(() => may("kiln")).toBe(false)
})

test("a matcher is made anew when the words are others, not when others have them", async () => {
  const { db } = database
  let made = 0
  const words = openAlertWords(
    db,
    () => {},
    (all) => {
      made++
      return compileKeywords(all)
    },
  )
  const may = (content: string) => words.mayAlert(general, [content])
  await joinGuild(db, guildId, bob)
  await wants(alice, "kiln")
  expect([await may("a kiln"), made]).toEqual([true, 1])
  const eve = await makeUser(db, "eve")
  const told = async (user: TestUser) => {
    words.changed(changed(user))
    // Loading stands behind it: of another server, where nobody has words.
    const other = await makeGuild(db, eve, [])
    await words.mayAlert(other.channels.general ?? "", [])
    return [await may("a kiln"), await may("a glaze"), made]
  }
  await wants(bob, "kiln")
  expect(await told(bob)).toEqual([true, false, 1])
  await wants(bob, "glaze")
  expect(await told(bob)).toEqual([true, true, 2])
  await db.delete(alerts).where(eq(alerts.userId, alice.id))
  expect(await told(alice)).toEqual([true, true, 2])
  await db.delete(alerts).where(eq(alerts.userId, bob.id))
  expect(await told(bob)).toEqual([false, false, 2])
})

test("what was missed is read anew; a channel that is not there alerts nobody", async () => {
  const words = openAlertWords(database.db)
  expect(await words.mayAlert(newSnowflake(), ["kiln"])).toBe(false)
  expect(await words.mayAlert(general, ["kiln"])).toBe(false)
  await wants(alice, "kiln")
  expect(await words.mayAlert(general, ["kiln"])).toBe(false)
  words.missed()
  await expect.poll(() => words.mayAlert(general, ["kiln"])).toBe(true)
  expect(await alertWordsOf(database.db, guildId)).toEqual(new Map([[alice.id, ["kiln"]]]))
})

test("a database that is away is asked once, not by every message, and what it could not say is no alert", async () => {
  const errors: unknown[] = []
  let asked = 0
  const away = {
    execute: async () => {
      asked++
      throw new Error("away")
    },
  } as unknown as TestDatabase["db"]
  const words = openAlertWords(away, (error) => errors.push(error))
  const all = await Promise.all(Array.from({ length: 20 }, () => words.mayAlert(general, ["kiln"])))
  expect(all).not.toContain(true)
  expect(await words.mayAlert(general, ["kiln"])).toBe(false)
  expect([asked, errors.length]).toEqual([1, 1])
})
