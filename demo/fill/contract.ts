import { signIn } from "@hearth/api"
import { type Message, snowflakeTime } from "@hearth/core"
import { schema } from "@hearth/db"
import { type TestDatabase, testDatabase } from "@hearth/testing"
import { count, eq, sql } from "drizzle-orm"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { guildPlans } from "../plan/places.ts"
import { demoPassword, me } from "./account.ts"
import { asStranger, signInAs } from "./caller.ts"
import { openDeps, type OpenDeps, type Stores } from "./deps.ts"
import { type Filled, fill } from "./fill.ts"

const size = { people: 150, messages: 1200, days: 60 }
const secret = "a-secret-for-tests-of-32-characters-or-more"
const going = () => new AbortController().signal

/** A small demo, whole, wherever its messages lie. */
export const describeFill = (name: string, openMessages?: () => Promise<Stores["cassandra"]>): void => {
  describe(`a demo with messages in ${name}`, () => {
    let database: TestDatabase
    let deps: OpenDeps
    let filled: Filled
    let interrupted = 0
    beforeAll(async () => {
      database = await testDatabase()
      deps = await openDeps({ databaseUrl: database.url, secret, cassandra: await openMessages?.() })
      // Stopped in the middle, and begun again.
      const stopping = new AbortController()
      const onProgress = (step: string, done: number) => {
        interrupted = done
        if (step === "messages" && done > 300) stopping.abort()
      }
      await expect(fill(deps, { size, signal: stopping.signal, onProgress })).rejects.toThrow()
      filled = await fill(deps, { size, signal: going() })
    })
    afterAll(async () => {
      await deps?.[Symbol.asyncDispose]()
      await database?.[Symbol.asyncDispose]()
    })

    const logOf = async (channelId: string): Promise<Message[]> => {
      const all: Message[] = []
      for (;;) {
        const { messages } = await deps.store.page(channelId, { after: all.length }, 100)
        if (messages.length === 0) return all
        all.push(...messages)
      }
    }

    it("goes on where it was stopped, to exactly what was planned", async () => {
      expect(interrupted).toBeGreaterThan(300)
      expect(interrupted).toBeLessThan(1200)
      for (const { channelId, count: planned } of filled.channels) {
        const log = await logOf(channelId)
        expect(log).toHaveLength(planned)
        const [row] = await deps.db.select().from(schema.channels).where(eq(schema.channels.id, channelId))
        expect(row?.lastSeq).toBe(planned)
      }
    })

    it("lies in the past, in order, with answers that lead to what is there, and reactions that people gave", async () => {
      const messages = (await Promise.all(filled.channels.map(({ channelId }) => logOf(channelId)))).map((log) => {
        log.forEach((message, i) => {
          const before = log[i - 1]
          if (before) expect(message.createdAt).toBeGreaterThanOrEqual(before.createdAt)
          if (before) expect(BigInt(message.id)).toBeGreaterThan(BigInt(before.id))
          if (message.replyTo !== null) expect(message.replyTo).toBeLessThan(message.seq)
        })
        return log
      })
      const all = messages.flat()
      expect(Math.min(...all.map((m) => m.createdAt))).toBeLessThan(Date.now() - 40 * 86_400_000)
      expect(Math.max(...all.map((m) => m.createdAt))).toBeLessThan(Date.now())
      // Ids tell the time, too: nearly all could have the one of their own millisecond.
      expect(all.filter((m) => snowflakeTime(m.id) === m.createdAt).length).toBeGreaterThan(all.length * 0.95)
      const reacted = all.filter((m) => Object.keys(m.reactions).length > 0)
      expect(reacted.length).toBeGreaterThan(50)
      for (const { channelId, seq, reactions } of reacted.slice(0, 20)) {
        const reactors = await deps.store.details(channelId, seq, 1, null, 100)
        expect(reactors.length).toBe(Object.values(reactions).reduce((a, b) => a + b, 0))
      }
    })

    it("has the servers, with roles in their order, channels with topics, and everybody in them once", async () => {
      const maren = await signInAs(deps, filled.userId)
      const { guilds, me: mine } = await maren.call.app.bootstrap()
      expect(mine).toMatchObject({
        displayName: me.name,
        email: me.email,
        portrait: me.portrait,
        isInstanceAdmin: true,
      })
      expect(guilds.map((g) => g.guild.name)).toEqual(guildPlans.map((g) => g.name))
      for (const [i, { channels, roles, guild, myRoleIds }] of guilds.entries()) {
        const plan = guildPlans[i]
        expect(channels.map((c) => [c.name, c.topic])).toEqual(plan?.channels.map((c) => [c.name, c.topic]))
        const named = roles.filter((r) => !["everyone", "Admin"].includes(r.name))
        expect(named.map((r) => r.name).reverse()).toEqual(plan?.roles.map((r) => r.name))
        expect(named.every((r) => r.hoisted)).toBe(true)
        if (plan && plan.roles.length > 0) expect(myRoleIds).toEqual([named.at(-1)?.id])
        const [top] = named.slice(-1)
        if (top) {
          const { members } = schema
          const [{ n } = { n: 0 }] = await deps.db
            .select({ n: count() })
            .from(members)
            .where(sql`guild_id = ${guild.id}::bigint and ${top.id}::bigint = any(role_ids)`)
          expect(n).toBe((plan?.roles[0]?.people ?? 0) + 1)
        }
      }
      const [{ n } = { n: 0 }] = await deps.db.select({ n: count() }).from(schema.users)
      expect(n).toBe(size.people + 1)
      const main = guilds[0]?.guild.id ?? ""
      const [inMain] = await deps.db.select({ n: count() }).from(schema.members).where(eq(schema.members.guildId, main))
      expect(inMain?.n).toBe(size.people + 1)
      await maren.signOut()
    })

    it("lets the demo's person in by address and password, and nobody else by none", async () => {
      const signingIn = { address: "192.0.2.1", userAgent: "vitest" }
      const { userId } = await signIn(deps, { email: me.email, password: demoPassword(secret), ...signingIn })
      expect(userId).toBe(filled.userId)
      await expect(signIn(deps, { email: me.email, password: "", ...signingIn })).rejects.toMatchObject({
        code: "WRONG_CREDENTIALS",
      })
      expect(demoPassword(`${secret}!`)).not.toBe(demoPassword(secret))
      expect(await asStranger(deps).setup.status()).toMatchObject({ needsSetup: false, instanceName: "Larkfield" })
    })

    it("changes nothing when it is all there, whatever has been said since, and leaves no session behind", async () => {
      const [first] = filled.channels
      if (!first) throw new Error("no channel")
      const draft = { authorId: filled.userId, nonce: "live-live-live-live", content: "And now?", replyTo: null }
      await deps.store.append(first.channelId, [draft])
      const counts = async () => {
        const { rows } =
          await deps.db.execute(sql`select (select count(*) from users) as users, (select count(*) from members) as members,
      (select count(*) from roles) as roles, (select count(*) from channels) as channels, (select count(*) from messages) as messages,
      (select count(*) from message_details) as details, (select max(pos) from outbox where kind <> 'session:ended' and kind <> 'session:revoked') as pos,
      (select count(*) from sessions where user_agent like '%demo%') as sessions`)
        return rows[0]
      }
      const before = await counts()
      expect(before).toMatchObject({ sessions: "0" })
      await fill(deps, { size, signal: going() })
      expect(await counts()).toEqual(before)
    })
  })
}
