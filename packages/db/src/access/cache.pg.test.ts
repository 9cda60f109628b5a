import { guildRoom, newSnowflake, permissionNames, type Snowflake } from "@hearth/core"
import {
  joinGuild,
  kick,
  makeAdminRole,
  makeChannel,
  makeGuild,
  makeUser,
  setBlock,
  setRoles,
  type TestDatabase,
  type TestGuild,
  type TestUser,
  testDatabase,
} from "@hearth/testing"
import { eq } from "drizzle-orm"
import fc from "fast-check"
import { afterAll, beforeAll, expect, test } from "vitest"
import { addToOutbox, outboxHead, readOutbox, transact } from "../outbox.ts"
import { channels, guilds, roles } from "../schema/index.ts"
import { type AccessCache, createAccessCache } from "./cache.ts"

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database[Symbol.asyncDispose]())

/** Applies what was committed since, as a gateway node does. Answers the new position. */
const follow = async (cache: AccessCache, from: string): Promise<string> => {
  let pos = from
  for (const row of await readOutbox(database.db, pos)) {
    await cache.apply(row)
    pos = row.pos
  }
  return pos
}

const picture = (cache: AccessCache, users: TestUser[], guild: TestGuild) =>
  users.map(({ id }) => ({
    member: cache.isMember(id, guild.id),
    guilds: [...cache.guildsOf(id)],
    visible: cache.visibleChannels(id).sort(),
    may: Object.values(guild.channels).flatMap((channelId) =>
      permissionNames.filter((p) => cache.can(id, p, channelId)).map((p) => `${p} ${channelId}`),
    ),
    inGuild: permissionNames.filter((p) => cache.canInGuild(id, p, guild.id)),
    open: Object.values(guild.channels).filter((channelId) => cache.isPublic(channelId)),
  }))

test("whatever changes, in whatever order: a cache that followed the outbox equals one that was loaded just now", async () => {
  const { db } = database
  const step = fc.record({
    kind: fc.constantFrom("join", "kick", "roles", "channel", "private", "delete-channel", "role", "everyone", "owner"),
    who: fc.nat(3),
    which: fc.nat(20),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
      const users = [await makeUser(db, "a"), await makeUser(db, "b"), await makeUser(db, "c"), await makeUser(db, "d")]
      const owner = users[0] as TestUser
      const guild = await makeGuild(db, owner, users.slice(1, 3))
      const roleIds: Snowflake[] = []
      const inside = new Set(users.slice(0, 3).map((user) => user.id))
      const cache = createAccessCache(db)
      for (const user of users) await cache.acquire(user.id)
      let pos = await outboxHead(db)
      for (const { kind, who, which } of steps) {
        const user = users[who] as TestUser
        const names = Object.keys(guild.channels)
        const name = names[which % Math.max(1, names.length)] ?? ""
        switch (kind) {
          case "join":
            if (!inside.has(user.id)) await joinGuild(db, guild.id, user)
            inside.add(user.id)
            break
          case "kick":
            if (who !== 0 && inside.delete(user.id)) await kick(db, guild.id, user.id)
            break
          case "roles":
            // Also of who is not there, or no longer.
            await setRoles(db, guild.id, user.id, roleIds.slice(0, which % (roleIds.length + 1)))
            break
          case "channel":
            await makeChannel(db, guild, newSnowflake())
            break
          case "private":
            await makeChannel(db, guild, newSnowflake(), [user.id])
            break
          case "delete-channel": {
            const channelId = guild.channels[name]
            if (!channelId) break
            delete guild.channels[name]
            await transact(db, async (tx) => {
              await tx.delete(channels).where(eq(channels.id, channelId))
              const gone = { guildId: guild.id, channelId }
              addToOutbox(tx, guildRoom(guild.id), "channel:removed", gone, gone)
            })
            break
          }
          case "role":
            roleIds.push(await makeAdminRole(db, guild.id))
            break
          case "everyone":
            await transact(db, async (tx) => {
              await tx
                .update(roles)
                .set({ permissions: BigInt(which) })
                .where(eq(roles.id, guild.id))
              const role = {
                id: guild.id,
                guildId: guild.id,
                name: "everyone",
                position: 0,
                permissions: `${which}`,
                hoisted: false,
              }
              addToOutbox(tx, guildRoom(guild.id), "role:updated", role, { guildId: guild.id })
            })
            break
          case "owner":
            await transact(db, async (tx) => {
              await tx.update(guilds).set({ ownerId: user.id }).where(eq(guilds.id, guild.id))
              const payload = { id: guild.id, name: "Test", ownerId: user.id }
              addToOutbox(tx, guildRoom(guild.id), "guild:updated", payload, { guildId: guild.id })
            })
            break
        }
        // Sometimes one by one, sometimes several at once.
        if (which % 2) pos = await follow(cache, pos)
      }
      pos = await follow(cache, pos)
      const fresh = createAccessCache(db)
      for (const user of users) await fresh.acquire(user.id)
      expect(picture(cache, users, guild)).toEqual(picture(fresh, users, guild))
    }),
    { numRuns: 25 },
  )
})

test("a load that began before a change, and arrives after it, does not bring the old back", async () => {
  const { db } = database
  const [owner, user] = [await makeUser(db, "owner"), await makeUser(db, "user")]
  const guild = await makeGuild(db, owner, [user])
  for (let round = 0; round < 10; round++) {
    const cache = createAccessCache(db)
    const pos = await outboxHead(db)
    const loading = cache.acquire(user.id)
    if (round % 2) await kick(db, guild.id, user.id)
    else await joinGuild(db, guild.id, user).catch(() => {})
    const rows = await readOutbox(db, pos)
    for (const row of rows) await cache.apply(row)
    await loading
    expect(cache.isMember(user.id, guild.id)).toBe(round % 2 === 0)
  }
})

test("who is not connected, and what nobody connected is in, is not kept and may do nothing", async () => {
  const { db } = database
  const [owner, user] = [await makeUser(db, "owner"), await makeUser(db, "user")]
  const guild = await makeGuild(db, owner, [user])
  const general = guild.channels.general ?? ""
  const cache = createAccessCache(db)
  expect(cache.can(owner.id, "VIEW_CHANNEL", general)).toBe(false)
  await Promise.all([cache.acquire(owner.id), cache.acquire(owner.id), cache.acquire(user.id)])
  expect(cache.can(owner.id, "MANAGE_GUILD", general)).toBe(true)
  expect(cache.can(user.id, "MANAGE_GUILD", general)).toBe(false)
  expect(cache.can(user.id, "SEND_MESSAGES", general)).toBe(true)
  expect(cache.can(user.id, "SEND_MESSAGES", "1")).toBe(false)
  cache.release(owner.id)
  expect(cache.isMember(owner.id, guild.id)).toBe(true)
  cache.release(owner.id)
  expect(cache.isMember(owner.id, guild.id)).toBe(false)
  expect(cache.can(owner.id, "VIEW_CHANNEL", general)).toBe(false)
  cache.release(user.id)
  expect(cache.guildOf(general)).toBeUndefined()
})

test("who blocked somebody is known as long as they are connected, and follows the outbox", async () => {
  const { db } = database
  const [a, b] = [await makeUser(db, "a"), await makeUser(db, "b")]
  const cache = createAccessCache(db)
  await setBlock(db, a, b, true)
  let pos = await outboxHead(db)
  await cache.acquire(b.id)
  expect([...(cache.hiddenFrom(b.id) ?? [])]).toEqual([a.id])
  expect([...cache.blocked()]).toEqual([b.id])
  await setBlock(db, a, b, false)
  pos = await follow(cache, pos)
  expect(cache.hiddenFrom(b.id)).toBeUndefined()
  await setBlock(db, a, b, true)
  await follow(cache, pos)
  expect(cache.hiddenFrom(b.id)?.has(a.id)).toBe(true)
  expect(cache.hiddenFrom(a.id)).toBeUndefined()
  cache.release(b.id)
  expect([...cache.blocked()]).toEqual([])
})

test("a load that failed half way leaves nothing behind: the next one begins anew", async () => {
  const { db } = database
  const [alice, bob] = [await makeUser(db, "alice"), await makeUser(db, "bob")]
  const guild = await makeGuild(db, alice, [bob])
  await setBlock(db, alice, bob, true)
  let reads = 0
  const failing = new Proxy(db, {
    get: (target, key) =>
      key === "execute"
        ? (query: never) => (++reads === 2 ? Promise.reject(new Error("the database is away")) : target.execute(query))
        : Reflect.get(target, key),
  })
  const cache = createAccessCache(failing)
  // Their memberships and who blocked them are read, and then the server is not.
  await expect(cache.acquire(bob.id)).rejects.toThrow()
  expect([[...cache.blocked()], cache.hiddenFrom(bob.id), cache.isMember(bob.id, guild.id)]).toEqual([
    [],
    undefined,
    false,
  ])
  await cache.acquire(bob.id)
  expect([...(cache.hiddenFrom(bob.id) ?? [])]).toEqual([alice.id])
})

test("a crowd that shares no guild is loaded, and loaded anew, by few reads", async () => {
  const { db } = database
  const owner = await makeUser(db, "owner")
  const made: TestGuild[] = []
  for (let i = 0; i < 20; i++) made.push(await makeGuild(db, owner, [await makeUser(db, `u${i}`)]))
  let reads = 0
  const counted = new Proxy(db, {
    get: (of, name) => {
      if (name === "execute") reads++
      return Reflect.get(of, name)
    },
  })
  const cache = createAccessCache(counted)
  const seen = () => made.map((guild) => [...cache.channelsOf(guild.id)].sort())
  await cache.acquire(owner.id)
  expect(reads).toBeLessThan(10)
  expect(seen()).toEqual(made.map((guild) => Object.values(guild.channels).sort()))
  const [gone] = made
  if (gone) await db.delete(guilds).where(eq(guilds.id, gone.id))
  reads = 0
  await cache.reload()
  expect(reads).toBeLessThan(10)
  expect(seen()).toEqual(made.map((guild) => (guild === gone ? [] : Object.values(guild.channels).sort())))
})
