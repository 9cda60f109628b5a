import type { MemberSlice, Presence, Snowflake } from "@hearth/core"
import type { OutboxRow } from "@hearth/db"
import { afterEach, beforeEach, expect, test, vi } from "vitest"
import type { Connection } from "../connection.ts"
import type { Follower, PresenceFeature } from "../presence/presence.ts"
import { createMemberLists, type MemberListDeps } from "./member-lists.ts"
import type { MemberReader, ReadMember } from "./read-members.ts"

/** What is in the database. */
const reader = vi.hoisted(() => ({ hoistedRoles: vi.fn(), isConversation: vi.fn(), page: vi.fn(), some: vi.fn() }))
vi.mock("./read-members.ts", () => ({ createMemberReader: () => reader as Partial<MemberReader> }))

const GUILD = "1"
const [GATHER, RETRY, PATIENCE] = [10, 100, 1_000]

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  vi.resetAllMocks()
})

const person = (id: number, name: string, roleIds: Snowflake[] = []): ReadMember => {
  const user = { id: String(id), displayName: name }
  return { member: { user, roleIds, joinedAt: 0, sortName: name }, reserved: false, after: [name, user.id] }
}

/** One node, with one who looks. */
const opened = () => {
  const db = { people: [] as ReadMember[], hoisted: [] as { id: Snowflake; position: number }[] }
  const here = new Map<Snowflake, Presence>()
  reader.isConversation.mockImplementation(async () => false)
  reader.hoistedRoles.mockImplementation(async () => db.hoisted)
  reader.some.mockImplementation(async (_: Snowflake, ids: Snowflake[]) =>
    db.people.filter(({ member }) => ids.includes(member.user.id)),
  )
  const page: MemberReader["page"] = async (_, [name], limit) => {
    const first = db.people.findIndex(({ member }) => member.sortName > name)
    return first < 0 ? [] : db.people.slice(first, first + limit)
  }
  reader.page.mockImplementation(page)
  let follower: Follower | undefined
  const presence: Partial<PresenceFeature> = {
    read: async (ids) => ({ presences: new Map(ids.map((id) => [id, here.get(id) ?? "offline"])), away: "offline" }),
    follow(it) {
      follower = it
      return () => {}
    },
  }
  const packets: MemberSlice[][] = []
  const emit = (_event: string, { slices }: { slices: MemberSlice[] }) => packets.push(slices)
  const connection = { userId: "2", ended: false, socket: { emit } } as unknown as Connection
  const lists = createMemberLists({
    presence,
    access: { isMember: () => true, hiddenFrom: () => undefined },
    connections: { ofUser: () => [] },
    fresh: () => true,
    clock: () => performance.now(),
    log: { warn() {} },
    options: { pushMs: 50, gatherMs: GATHER, retryMs: RETRY, patienceMs: PATIENCE },
  } as unknown as MemberListDeps)
  return {
    lists,
    db,
    here,
    page,
    packets,
    sees: (id: Snowflake, how: Presence) => follower?.seen(new Map([[id, how]]), "offline"),
    happens: (kind: string, payload: object) => lists.changed?.({ kind, payload } as unknown as OutboxRow),
    watch: async (count = 50) =>
      (await lists.handlers["members:watch"]?.({ guildId: GUILD, ranges: [[0, count]] }, connection))?.slices,
  }
}
const namesIn = (slices: readonly MemberSlice[] | undefined) => slices?.[0]?.rows.map((row) => row.user.displayName)

test("what was missed while a list is read for the first time is read after it", async () => {
  const { lists, db, page, packets, watch } = opened()
  db.people = [person(10, "alice")]
  const reading = Promise.withResolvers<void>()
  reader.page.mockImplementationOnce(async (...asked: Parameters<typeof page>) => {
    const found = await page(...asked)
    await reading.promise
    return found
  })
  const answer = watch()
  await vi.advanceTimersByTimeAsync(0)
  expect(reader.page).toHaveBeenCalled()
  db.people = [person(10, "alice"), person(11, "bob")]
  lists.missed?.()
  // Whoever wants to read it now finds no list yet.
  await vi.advanceTimersByTimeAsync(5 * GATHER)
  reading.resolve()
  expect(namesIn(await answer)).toEqual(["alice"])
  await vi.advanceTimersByTimeAsync(1_000)
  expect(namesIn(packets.at(-1))).toEqual(["alice", "bob"])
  await lists.close?.()
})
