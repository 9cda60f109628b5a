import { applyEvent, type Bootstrap, bits, type EventName, type EventPayload, events, newSnowflake } from "@hearth/core"
import { addToOutbox, type OutboxRow, schema, transact } from "@hearth/db"
import { loadChannel, loadGuilds } from "@hearth/db/access"
import fc from "fast-check"
import { afterAll, beforeAll, expect, it } from "vitest"
import { type Bed, type Person, testBed } from "./test-bed.ts"
import { reaches } from "./test-rooms.ts"

let bed: Bed
beforeAll(async () => {
  bed = await testBed()
})
afterAll(() => bed[Symbol.asyncDispose]())

const isEvent = (kind: string): kind is EventName => Object.hasOwn(events, kind)

/** What a client of this person does with the outbox. */
const follow = (from: Bootstrap, rows: readonly OutboxRow[]): Bootstrap =>
  rows.reduce((state, { kind, payload, pos, audience }) => {
    if (!isEvent(kind) || !reaches(state, { audience, payload })) return state
    return applyEvent(state, kind, events[kind].parse(payload) as EventPayload<EventName>, pos)
  }, from)

/** Heads are hints that events do not carry: only which channels have one is compared. `pos` moves with what one hears. */
const comparable = ({ pos: _pos, heads, drafts = {}, ...rest }: Bootstrap) => ({
  ...rest,
  drafts,
  channelIds: Object.keys(heads).sort(),
})

type Step = { who: number; what: (typeof kinds)[number]; a: number; b: number; together: boolean }
const kinds = [
  "guild.create",
  "guild.update",
  "guild.delete",
  "guild.leave",
  "channel.create",
  "channel.update",
  "channel.delete",
  "channel.reorder",
  "invite.join",
  "member.setRoles",
  "member.kick",
  "account.update",
  "draft.save",
  "status.set",
  "hide",
] as const

/** One life in which everything happens at least once, whatever chance adds. */
const fullLife: Step[] = (
  [
    [0, "channel.create", 0, 1],
    [0, "channel.create", 0, 2],
    [0, "channel.reorder", 0, 1],
    [0, "hide", 0, 0],
    [0, "member.setRoles", 0, 1],
    [1, "channel.update", 0, 1],
    [1, "channel.reorder", 0, 1],
    [1, "draft.save", 0, 0],
    [0, "draft.save", 0, 1],
    [1, "draft.save", 0, 0],
    [2, "status.set", 0, 1],
    [0, "channel.delete", 0, 1],
    [0, "member.setRoles", 0, 0],
    [2, "account.update", 0, 1],
    [3, "invite.join", 0, 0],
    [3, "guild.create", 1, 0],
    [0, "invite.join", 1, 0],
    [0, "guild.update", 0, 2],
    [0, "member.kick", 0, 2],
    [3, "guild.leave", 0, 0],
    [0, "guild.delete", 0, 0],
  ] as const
).map(([who, what, a, b]) => ({ who, what, a, b, together: false }))

const pick = <T>(list: readonly T[], n: number): T | undefined => list[n % Math.max(1, list.length)]

/** One action of somebody, on something that they see, or on nothing. Refusals are part of life. */
const act = async (
  people: readonly Person[],
  invites: Map<string, string>,
  { who, what, a, b }: Step,
): Promise<void> => {
  const person = pick(people, who)
  const other = pick(people, b)
  if (!person || !other) return
  const state = await person.bootstrap()
  const snapshot = pick(state.guilds, a)
  const guildId = snapshot?.guild.id ?? newSnowflake()
  const channel = pick(snapshot?.channels ?? [], b)
  // Mostly who may does it: a life of refusals would prove little.
  const owner = people.find((p) => p.userId === snapshot?.guild.ownerId)
  const { call } = a % 3 && owner && what !== "guild.leave" && what !== "account.update" ? owner : person
  const channelId = channel?.id ?? newSnowflake()
  switch (what) {
    case "guild.create": {
      const made = await person.call.guild.create({ name: `G${a}` })
      const { code } = await person.call.invite.create({ guildId: made.guild.id, expiresInMs: null, maxUses: null })
      invites.set(made.guild.id, code)
      return
    }
    case "guild.update":
      return void (await call.guild.update({ guildId, name: `R${b}` }))
    case "guild.delete":
      return void (await call.guild.delete({ guildId }))
    case "guild.leave":
      return void (await call.guild.leave({ guildId }))
    case "channel.create":
      return void (await call.channel.create({ guildId, name: `c${b}` }))
    case "channel.update":
      return void (await call.channel.update({ channelId, name: `n${a}`, topic: `t${b}` }))
    case "channel.delete":
      return void (await call.channel.delete({ channelId }))
    case "channel.reorder": {
      const ids = snapshot?.channels.map((c) => c.id) ?? []
      const turn = b % Math.max(1, ids.length)
      return void (await call.channel.reorder({ guildId, channelIds: [...ids.slice(turn), ...ids.slice(0, turn)] }))
    }
    case "invite.join":
      return void (await person.call.invite.join({ code: pick([...invites.values()], a) ?? "none" }))
    case "member.setRoles": {
      const adminRole = snapshot?.roles.at(-1)?.id
      const roleIds = adminRole && b % 2 ? [adminRole] : []
      return void (await call.member.setRoles({ guildId, userId: other.userId, roleIds }))
    }
    case "member.kick":
      return void (await call.member.kick({ guildId, userId: other.userId }))
    case "account.update":
      return void (await call.account.update({ displayName: `N${b}` }))
    case "draft.save": {
      const version = state.drafts?.[channelId] ?? 0
      const content = version === 0 || b % 2 ? `${a} ${b}` : ""
      return void (await person.call.draft.save({ channelId, version, content, replyTo: null }))
    }
    case "status.set": {
      const custom = b % 2 ? { text: `t${a}` } : null
      return void (await person.call.status.set({ state: a % 2 ? "online" : "invisible", custom }))
    }
    case "hide":
      // What services do not offer yet, rows already can.
      return hiddenChannel(call, guildId)
  }
}

const hiddenChannel = async (call: Person["call"], guildId: string) => {
  const { id } = await call.channel.create({ guildId, name: "hidden" })
  // Taken from everybody, by the id alone, then given to its viewers.
  await transact(bed.db, async (tx) => {
    await loadGuilds(tx, [guildId], "write")
    await tx
      .insert(schema.channelOverwrites)
      .values({ channelId: id, target: "role", targetId: guildId, allow: 0n, deny: bits("VIEW_CHANNEL") })
    const loaded = await loadChannel(tx, id)
    if (!loaded) return
    addToOutbox(tx, `guild:${guildId}`, "channel:removed", { guildId, channelId: id })
    addToOutbox(tx, `audience:${id}`, "channel:added", loaded.channel)
  })
}

it("[SPEC] snapshot + events equals a fresh snapshot, for everybody, after whatever happened in whatever order", async () => {
  let applied = 0
  const seen = new Set<string>()
  const step = fc.record({
    who: fc.nat(3),
    what: fc.constantFrom(...kinds),
    a: fc.nat(5),
    b: fc.nat(5),
    together: fc.boolean(),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
      const people = await Promise.all(["Ada", "Bob", "Cleo", "Dan"].map((name) => bed.person(name)))
      const invites = new Map<string, string>()
      // Everybody in one server, so that there is something to see.
      await act(people, invites, { who: 0, what: "guild.create", a: 0, b: 0, together: false })
      for (const who of [1, 2]) await act(people, invites, { who, what: "invite.join", a: 0, b: 0, together: false })
      const before = await Promise.all(people.map((p) => p.bootstrap()))
      const since = before.map((b) => b.pos).sort((x, y) => Number(BigInt(x) - BigInt(y)))[0] ?? "0"
      let running: Promise<unknown>[] = []
      for (const s of steps) {
        const done = act(people, invites, s).catch(() => {})
        if (s.together) running.push(done)
        else {
          await Promise.all([...running, done])
          running = []
        }
      }
      await Promise.all(running)
      const rows = await bed.told(since)
      for (const row of rows) seen.add(row.kind)
      for (const [i, person] of people.entries()) {
        const start = before[i]
        if (!start) throw new Error("no snapshot")
        const followed = follow(
          start,
          rows.filter((row) => BigInt(row.pos) > BigInt(start.pos)),
        )
        if (followed !== start) applied++
        expect(comparable(followed)).toEqual(comparable(await person.bootstrap()))
      }
    }),
    { numRuns: 20, endOnFailure: true, examples: [[fullLife]] },
  )
  expect(applied).toBeGreaterThan(20)
  expect([...seen].sort()).toEqual([
    "channel:added",
    "channel:removed",
    "channel:updated",
    "channels:reordered",
    "draft:removed",
    "draft:saved",
    "guild:added",
    "guild:removed",
    "guild:updated",
    "me:roles",
    "me:updated",
    "member:changed",
    "member:joined",
    "member:left",
    "status:updated",
    "user:updated",
  ])
}, 240_000)
