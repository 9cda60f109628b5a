import { type MemberRange, type MemberSlice, type Presence, type Snowflake, guildRoom } from "@hearth/core"
import { addToOutbox, schema, transact } from "@hearth/db"
import {
  joinGuild,
  kick,
  makeAdminRole,
  makeGuild,
  makeUser,
  setRoles,
  setStatus,
  type TestClient,
  type TestDatabase,
  type TestUser,
  testDatabase,
  waitUntil,
} from "@hearth/testing"
import { eq } from "drizzle-orm"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import type { TestNetwork } from "../test-network.ts"
import { held } from "./held.ts"

const STEPS = 60
/** After so many it is waited until all of it is seen. */
const LOOK_EVERY = 15

/** The same every time: mulberry32. */
const randomOf = (seed: number) => {
  let state = seed
  return (below: number): number => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}

interface Someone {
  user: TestUser
  name: string
  isIn: boolean
  roleIds: Snowflake[]
  devices: TestClient[]
  invisible: boolean
}

/** People come and go, join, leave, are renamed and given roles; after any of it, everybody holds what a fresh look would show. */
export const describeMemberSequence = (
  name: string,
  open: (database: TestDatabase) => Promise<TestNetwork & { last: number }>,
) => {
  describe(`member lists after whatever happens, ${name}`, () => {
    let database: TestDatabase
    let net: TestNetwork & { last: number }
    beforeAll(async () => {
      database = await testDatabase()
      net = await open(database)
    })
    afterAll(async () => {
      await net?.[Symbol.asyncDispose]()
      await database?.[Symbol.asyncDispose]()
    })

    test.for([1, 2, 3])(
      "what one holds is what a fresh look shows, and what is true (seed %i)",
      { timeout: 120_000 },
      async (seed) => {
        const { db } = database
        const random = randomOf(seed)
        const of = <T>(choices: readonly T[]): T => {
          const choice = choices[random(choices.length)]
          if (choice === undefined) throw new Error("there is nothing to choose")
          return choice
        }
        const one = async (displayName: string): Promise<Someone> => ({
          user: await makeUser(db, displayName),
          name: displayName,
          isIn: true,
          roleIds: [],
          devices: [],
          invisible: false,
        })
        const watching = [await one("alice"), await one("yves")]
        const others = await Promise.all(["bob", "carol", "dave", "erin", "frank", "grace", "heidi"].map(one))
        const all = [...watching, ...others]
        const [owner] = watching
        if (!owner) throw new Error("nobody")
        const guild = await makeGuild(
          db,
          owner.user,
          all.slice(1).map(({ user }) => user),
        )
        const roleIds = [await makeAdminRole(db, guild.id), await makeAdminRole(db, guild.id)]
        const hoisted = new Set<Snowflake>()

        const ranges: MemberRange[] = [
          [0, 3],
          [2, 4],
          [5, 100],
        ]
        const look = async (client: TestClient): Promise<MemberSlice[]> =>
          (await client.command("members:watch", { guildId: guild.id, ranges: ranges.map(([a, b]) => [a, b]) })).slices
        const watchers = await Promise.all(
          watching.map(async (it, i) => {
            const client = await net.connect(it.user, { node: i === 0 ? 0 : net.last })
            it.devices.push(client)
            const first = await look(client)
            const since = client.heard.length
            return { client, holds: () => held(guild.id, first, client.heard.slice(since), ranges) }
          }),
        )

        /** Who stands where, by what was done. */
        const truth = () => {
          const isHere = (it: Someone) => it.devices.length > 0 && !it.invisible
          const order = roleIds.filter((id) => hoisted.has(id)).sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1))
          const groupOf = (it: Someone) =>
            isHere(it) ? (order.find((id) => it.roleIds.includes(id)) ?? "online") : "offline"
          const sorted = all.filter((it) => it.isIn).sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
          const groups = [...order, "online", "offline"].map((key) => sorted.filter((it) => groupOf(it) === key))
          return groups.map((group) => group.map((it) => it.name).join(" ")).filter((group) => group !== "")
        }
        const shownBy = (slices: MemberSlice[]) => {
          const rows = new Map(
            slices.flatMap(({ from, rows }) => rows.map((row, i) => [from + i, row.user.displayName])),
          )
          let rank = 0
          return slices[0]?.groups.map(({ count }) => Array.from({ length: count }, () => rows.get(rank++)).join(" "))
        }

        const acts: Record<string, (it: Someone) => Promise<unknown>> = {
          come: async (it) => it.devices.push(await net.connect(it.user, { node: random(net.last + 1) })),
          go: async (it) => it.devices.pop()?.close(),
          report: async (it) =>
            it.devices.at(-1)?.command("presence:set", {
              presence: of<Exclude<Presence, "offline" | "unknown">>(["online", "idle", "dnd"]),
            }),
          hide: (it) => {
            it.invisible = !it.invisible
            return setStatus(db, it.user, { state: it.invisible ? "invisible" : "online" })
          },
          member: (it) => {
            it.isIn = !it.isIn
            it.roleIds = []
            // A new name is of the account: who comes back has it.
            const user = { ...it.user, displayName: it.name }
            return it.isIn ? joinGuild(db, guild.id, user) : kick(db, guild.id, it.user.id)
          },
          rename: (it) =>
            transact(db, async (tx) => {
              const displayName = `${of(["a", "m", "z"])}${random(1000)} ${it.user.displayName}`
              it.name = displayName
              const { id } = it.user
              await tx.update(schema.users).set({ displayName }).where(eq(schema.users.id, id))
              await tx.update(schema.members).set({ sortName: displayName }).where(eq(schema.members.userId, id))
              addToOutbox(tx, `presence:${id}`, "user:updated", { id, displayName }, { userId: id })
            }),
          roles: async (it) => {
            if (!it.isIn) return
            it.roleIds = roleIds.filter(() => random(2) === 0)
            await setRoles(db, guild.id, it.user.id, it.roleIds)
          },
          hoist: () =>
            transact(db, async (tx) => {
              const id = of(roleIds)
              if (!hoisted.delete(id)) hoisted.add(id)
              const [role] = await tx
                .update(schema.roles)
                .set({ hoisted: hoisted.has(id) })
                .where(eq(schema.roles.id, id))
                .returning()
              if (!role) throw new Error("there is no such role")
              const { permissions, ...rest } = role
              addToOutbox(
                tx,
                guildRoom(guild.id),
                "role:updated",
                { ...rest, permissions: permissions.toString() },
                { guildId: guild.id },
              )
            }),
        }

        const did: string[] = []
        for (let step = 1; step <= STEPS; step++) {
          const [act, it] = [of(Object.keys(acts)), of(others)]
          did.push(`${act} ${it.user.displayName}`)
          await acts[act]?.(it)
          if (step % LOOK_EVERY !== 0) continue
          const is = truth()
          const seen = () => JSON.stringify(watchers.map(({ holds }) => shownBy(holds())))
          await waitUntil(
            `${JSON.stringify(is)} after ${did.join(", ")}, not ${seen()}`,
            () => seen() === JSON.stringify(watchers.map(() => is)),
            25_000,
          )
        }
        // On other connections, so that nothing is answered from what was sent before.
        for (const [i, { holds }] of watchers.entries()) {
          const { user } = watching[i] ?? owner
          const other = await net.connect(user, { node: i === 0 ? net.last : 0 })
          await waitUntil("a fresh look to be the same", async () => {
            const fresh = await look(other)
            return JSON.stringify(fresh) === JSON.stringify(holds())
          })
          other.close()
        }
        expect(watchers.every(({ client }) => client.heard.some((h) => h.event === "members:changed"))).toBe(true)
        for (const { devices } of all) for (const device of devices) device.close()
      },
    )
  })
}
