import { applyEvent, bits, DEFAULT_PERMISSIONS, type EventName, type EventPayload } from "@hearth/core"
import { schema, transact } from "@hearth/db"
import { afterAll, beforeAll, expect, it } from "vitest"
import type { SignedIn } from "../context.ts"
import { addMember } from "../member/membership.ts"
import { findSession } from "../session/service.ts"
import { type Bed, failureCode, type Person, testBed } from "../test-bed.ts"
import { create } from "./service.ts"

let bed: Bed
beforeAll(async () => {
  bed = await testBed()
})
afterAll(() => bed[Symbol.asyncDispose]())

const signedIn = async ({ sessionId }: Person): Promise<SignedIn> => {
  const session = await findSession(bed.deps, sessionId)
  if (!session) throw new Error("not signed in")
  return { ...bed.deps, session, address: "192.0.2.1", userAgent: "vitest", requestId: "test" }
}

const scene = async () => {
  const [owner, member] = [await bed.person("Owner"), await bed.person("Member")]
  const { guild, roles } = await owner.call.guild.create({ name: "Home" })
  await transact(bed.db, (tx) => addMember(tx, guild.id, member.userId))
  return { owner, member, guildId: guild.id, admin: roles[1]?.id ?? "" }
}
const plain = { name: "Keepers", permissions: DEFAULT_PERMISSIONS, hoisted: true }

it("a role is made right above everyone, and what members hear of it is what a fresh look shows", async () => {
  const { owner, member, guildId } = await scene()
  const before = await member.bootstrap()
  const ctx = await signedIn(owner)
  await create(ctx, { guildId, ...plain, name: "  Top   of them " })
  await create(ctx, { guildId, ...plain, name: "Below", hoisted: false })
  const after = await member.bootstrap()
  expect(after.guilds[0]?.roles.map((r) => [r.name, r.position, r.hoisted])).toEqual([
    ["everyone", 0, false],
    ["Below", 1, false],
    ["Top of them", 2, true],
    ["Admin", 3, true],
  ])
  const rows = await bed.told(before.pos)
  expect(new Set(rows.map((row) => row.audience))).toEqual(new Set([`guild:${guildId}`]))
  const followed = rows.reduce(
    (state, { kind, payload, pos }) => applyEvent(state, kind as EventName, payload as EventPayload<EventName>, pos),
    before,
  )
  expect(followed.guilds).toEqual(after.guilds)
})

it("two at once get a place each", async () => {
  const { owner, guildId } = await scene()
  const ctx = await signedIn(owner)
  await Promise.all(["a", "b", "c", "d"].map((name) => create(ctx, { guildId, ...plain, name })))
  const positions = (await owner.bootstrap()).guilds[0]?.roles.map((r) => r.position)
  expect(positions).toEqual([0, 1, 2, 3, 4, 5])
})

it("who may not manage roles may not, and to a stranger there is no such server", async () => {
  const { member, guildId } = await scene()
  const stranger = await bed.person("Stranger")
  expect(await failureCode(create(await signedIn(member), { guildId, ...plain }))).toBe("FORBIDDEN")
  expect(await failureCode(create(await signedIn(stranger), { guildId, ...plain }))).toBe("UNKNOWN_GUILD")
})

it("nobody gives away what they may not do themselves", async () => {
  const { owner, member, guildId } = await scene()
  const helper = await create(await signedIn(owner), {
    guildId,
    name: "Helper",
    permissions: DEFAULT_PERMISSIONS | bits("MANAGE_ROLES"),
    hoisted: false,
  })
  await owner.call.member.setRoles({ guildId, userId: member.userId, roleIds: [helper.id] })
  const ctx = await signedIn(member)
  const kickers = { guildId, name: "Kickers", permissions: bits("KICK_MEMBERS"), hoisted: false }
  expect(await failureCode(create(ctx, kickers))).toBe("FORBIDDEN")
  expect(await create(ctx, { ...kickers, permissions: bits("SEND_MESSAGES") })).toMatchObject({ position: 1 })
})

it("a server has at most 250 roles", async () => {
  const { owner, guildId } = await scene()
  await bed.db.insert(schema.roles).values(
    Array.from({ length: 248 }, (_, i) => ({
      id: String(1000 + i + Number(BigInt(guildId) % 1_000_000n) * 1000),
      guildId,
      name: `r${i}`,
      position: i + 2,
      permissions: 0n,
    })),
  )
  expect(await failureCode(create(await signedIn(owner), { guildId, ...plain }))).toBe("TOO_MANY")
})
