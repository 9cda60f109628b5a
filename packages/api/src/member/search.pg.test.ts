import { sql } from "drizzle-orm"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type Bed, failureCode, type Person, testBed } from "../test-bed.ts"
import { searchQuery } from "./search.ts"

let bed: Bed
let owner: Person
beforeAll(async () => {
  bed = await testBed()
  owner = await bed.person("Owner")
})
afterAll(() => bed[Symbol.asyncDispose]())

const home = async (...names: string[]) => {
  const { guild } = await owner.call.guild.create({ name: "Home" })
  const { code } = await owner.call.invite.create({ guildId: guild.id, expiresInMs: null, maxUses: null })
  for (const name of names) await (await bed.person(name)).call.invite.join({ code })
  return guild.id
}
/** All pages of so many. */
const listed = async (guildId: string, prefix: string, limit: number) => {
  const names: string[] = []
  let cursor: string | undefined
  do {
    const page = await owner.call.member.list({ guildId, prefix, limit, ...(cursor !== undefined && { cursor }) })
    expect(page.items.length).toBeLessThanOrEqual(limit)
    names.push(...page.items.map(({ user }) => user.displayName))
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  return names
}
const found = async (guildId: string, prefix: string, limit?: number) =>
  (await owner.call.member.search({ guildId, prefix, ...(limit !== undefined && { limit }) })).map((m) => m.displayName)

interface Plan {
  "Node Type": string
  "Relation Name"?: string
  "Index Name"?: string
  "Actual Rows": number
  "Rows Removed by Filter"?: number
  Plans?: Plan[]
}
const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)]

describe("the search that completes names", () => {
  it("finds by the beginning of the name, in any case, and by name's order", async () => {
    const guildId = await home("maja Lindqvist", "MAREN", "Tom", "Ma_ex", "Ma%ex")
    expect(await found(guildId, "ma")).toEqual(["Ma%ex", "Ma_ex", "maja Lindqvist", "MAREN"])
    expect(await found(guildId, "Maja L")).toEqual(["maja Lindqvist"])
    expect(await found(guildId, "ma", 1)).toEqual(["Ma%ex"])
  })

  it("takes signs of patterns for what they are", async () => {
    const guildId = await home("Ma_ex", "Mabex", "back\\slash")
    expect(await found(guildId, "ma_")).toEqual(["Ma_ex"])
    expect(await found(guildId, "%")).toEqual([])
    expect(await found(guildId, "back\\")).toEqual(["back\\slash"])
    expect(await found(guildId, "ma\0")).toEqual(["Ma_ex", "Mabex"])
  })

  it("answers nobody who is not a member, and names nobody of another server", async () => {
    const guildId = await home("Maja")
    await home("Majon")
    expect(await found(guildId, "maj")).toEqual(["Maja"])
    const stranger = await bed.person("Stranger")
    expect(await failureCode(stranger.call.member.search({ guildId, prefix: "maj" }))).toBe("UNKNOWN_GUILD")
  })

  it("reads no more rows than it answers, in a server of 120,000", async () => {
    const guildId = await home()
    await bed.db.transaction(async (tx) => {
      // Without looking up each row's owner: that alone would take a minute.
      await tx.execute(sql`set local session_replication_role = replica`)
      await tx.execute(sql`
        insert into users (id, email, display_name, password_hash)
        select 1000 + n, 'many-' || n || '@example.org', 'Member ' || n, 'x' from generate_series(1, 120000) n`)
      await tx.execute(sql`
        insert into members (guild_id, user_id, sort_name)
        select ${guildId}::bigint, 1000 + n, 'member ' || n from generate_series(1, 120000) n`)
    })
    await bed.db.execute(sql`analyze members, users`)
    for (const prefix of ["m", "member 11", "member 77777", ""]) {
      const { rows } = await bed.db.execute<{ "QUERY PLAN": { Plan: Plan }[] }>(
        sql`explain (analyze, format json) ${searchQuery(bed.db, { guildId, prefix, limit: 10 })}`,
      )
      const plan = rows[0]?.["QUERY PLAN"][0]?.Plan
      const nodes = plan ? nodesOf(plan) : []
      const scan = nodes.find((n) => n["Relation Name"] === "members")
      expect(scan?.["Index Name"], prefix).toBe("members_by_prefix")
      for (const node of nodes) {
        expect(node["Actual Rows"]).toBeLessThanOrEqual(10)
        expect(node["Rows Removed by Filter"] ?? 0).toBe(0)
        expect(node["Node Type"]).not.toMatch(/Sort|Seq Scan/)
      }
    }
  })
})

describe("the list of those whose names begin so", () => {
  it("has each of them once, page by page, also those of one name", async () => {
    const guildId = await home("Mara", "mara", "Mar_a", "Marie", "Tom", "Mbali", "Émile", "MARA")
    for (const limit of [1, 2, 3, 50]) {
      const names = await listed(guildId, "mar", limit)
      expect(names.toSorted()).toEqual(["MARA", "Mar_a", "Mara", "Marie", "mara"])
      expect([names[0], names.at(-1)]).toEqual(["Mar_a", "Marie"])
    }
    expect(await listed(guildId, "émi", 2)).toEqual(["Émile"])
    expect(await listed(guildId, "mar_", 2)).toEqual(["Mar_a"])
    expect(await listed(guildId, "x", 2)).toEqual([])
  })

  it("answers nobody who is not a member", async () => {
    const guildId = await home("Maja")
    const stranger = await bed.person("Stranger")
    expect(await failureCode(stranger.call.member.list({ guildId, prefix: "maj" }))).toBe("UNKNOWN_GUILD")
  })
})
