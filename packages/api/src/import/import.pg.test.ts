import { snowflakeTime } from "@hearth/core"
import { afterAll, beforeAll, expect, it } from "vitest"
import { type Bed, failureCode, testBed } from "../test-bed.ts"
import { importAccounts, importMembers } from "./index.ts"

let bed: Bed
beforeAll(async () => {
  bed = await testBed()
})
afterAll(() => bed[Symbol.asyncDispose]())

const then = Date.parse("2025-02-01T10:00:00Z")
let n = 0
const accounts = (count: number) => {
  const from = n
  n += count
  return Array.from({ length: count }, (_, i) => ({
    email: `Person-${from + i}@Example.org`,
    displayName: `Person ${String(from + i).padStart(4, "0")}`,
    ...(i % 2 === 0 && { portrait: `p-${i}` }),
    createdAt: then + i * 1000,
  }))
}

it("accounts are made with their past and their portraits, and nobody can sign in to them", async () => {
  const all = accounts(700)
  const progress: number[] = []
  const ids = await importAccounts(bed.deps, all, (done) => progress.push(done))
  expect(progress).toEqual([500, 700])
  expect([...ids.keys()]).toEqual(all.map((a) => a.email))
  expect([...ids.values()].map(snowflakeTime)).toEqual(all.map((a) => a.createdAt))
  const again = await importAccounts(bed.deps, all)
  expect([...again]).toEqual([...ids])
})

it.each([
  ["no address", { email: "nowhere" }],
  ["no name", { displayName: "\u200b" }],
  ["a portrait that would leave its folder", { portrait: "../x" }],
])("an account with %s is refused like anybody's", async (_, wrong) => {
  const [account] = accounts(1)
  if (!account) throw new Error("no account")
  await expect(importAccounts(bed.deps, [{ ...account, ...wrong }])).rejects.toThrow()
})

it("members join as by an invite: nodes hear first, and then each hears what a fresh look shows", async () => {
  const owner = await bed.person("Owner")
  const { guild, channels } = await owner.call.guild.create({ name: "Big" })
  const ids = [...(await importAccounts(bed.deps, accounts(600))).values()]
  const since = await bed.head()
  const members = ids.map((userId, i) => ({ userId, joinedAt: then + i }))
  await importMembers(bed.deps, guild.id, members)
  const told = await bed.told(since)
  expect(told).toHaveLength(1200)
  for (const userId of [ids[0], ids[599]]) {
    const own = told.filter((row) => row.userId === userId)
    expect(own.map(({ kind, audience }) => [kind, audience])).toEqual([
      ["member:joined", "node"],
      ["guild:added", `user:${userId}`],
    ])
    expect(own[1]?.payload).toMatchObject({
      guild: { id: guild.id },
      channels: [{ id: channels[0]?.id }],
      myRoleIds: [],
    })
  }
  const { items } = await owner.call.member.list({ guildId: guild.id, limit: 3 })
  expect(items.slice(1).map((row) => row.joinedAt)).toEqual([then, then + 1])

  const before = await bed.head()
  await importMembers(bed.deps, guild.id, members)
  expect(await bed.told(before)).toEqual([])
})

it("nobody joins a server that is not there", async () => {
  const [userId = ""] = (await importAccounts(bed.deps, accounts(1))).values()
  expect(await failureCode(importMembers(bed.deps, "404", [{ userId, joinedAt: then }]))).toBe("UNKNOWN_GUILD")
})
