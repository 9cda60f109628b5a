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
const [GATHER, RETRY, PATIENCE, LATE] = [10, 100, 1_000, 30_000]

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  vi.resetAllMocks()
})

const person = (id: number, name: string, roleIds: Snowflake[] = []): ReadMember => {
  const user = { id: String(id), displayName: name }
  return { member: { user, roleIds, joinedAt: 0, sortName: name }, reserved: false, after: [name, user.id] }
}
const people = (count: number, roleIds: Snowflake[] = []) =>
  Array.from({ length: count }, (_, i) => person(1_000_000 + i, `member ${1_000_000 + i}`, roleIds))

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
    options: { pushMs: 50, gatherMs: GATHER, retryMs: RETRY, patienceMs: PATIENCE, lateMs: LATE },
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
const groupsOf = (slices: readonly MemberSlice[] | undefined) =>
  slices?.[0]?.groups.map(({ key, count }) => [key, count])
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

test("nobody is answered while thousands change groups: all of it follows", async () => {
  const { lists, db, here, packets, happens, watch } = opened()
  db.people = people(12_000, ["7"])
  db.hoisted = [{ id: "7", position: 1 }]
  for (const { member } of db.people) here.set(member.user.id, "online")
  const first = watch()
  await vi.advanceTimersByTimeAsync(500)
  expect(groupsOf(await first)).toEqual([["7", 12_000]])
  db.hoisted = []
  happens("role:updated", { guildId: GUILD })
  // The work begins, and rests when it has come to some of them.
  await vi.advanceTimersToNextTimerAsync()
  expect(reader.hoistedRoles).toHaveBeenCalledTimes(2)
  expect(await watch(20)).toEqual([])
  await vi.advanceTimersByTimeAsync(1_000)
  expect(packets.map((slices) => [groupsOf(slices), slices[0]?.total, slices[0]?.rows.length])).toEqual([
    [[["online", 12_000]], 12_000, 20],
  ])
  await lists.close?.()
})

test("[P5] how somebody was seen before a try that failed is not how they are in the next", async () => {
  const { lists, db, page, packets, sees, watch } = opened()
  db.people = people(1_000)
  const failing = Promise.withResolvers<never>()
  reader.page.mockImplementationOnce(page).mockImplementationOnce(() => failing.promise)
  const answer = watch()
  await vi.advanceTimersByTimeAsync(PATIENCE)
  expect(await answer).toEqual([])
  await vi.advanceTimersByTimeAsync(1)
  sees("1000000", "online")
  failing.reject(new Error("the database is away"))
  // Gone by the next try: presence says "offline" of everybody.
  await vi.advanceTimersByTimeAsync(RETRY + 1_000)
  expect(groupsOf(packets.at(-1))).toEqual([["offline", 1_000]])
  await lists.close?.()
})

test("a new name that led past the page that was read is told of after the last, and its member is there", async () => {
  const { lists, db, packets, happens, watch } = opened()
  db.people = [person(10, "alice")]
  const answer = watch()
  await vi.advanceTimersByTimeAsync(0)
  expect(namesIn(await answer)).toEqual(["alice"])
  // She was still Zoe when the names with an a were read, and no more when those with a z were.
  db.people = [person(10, "alice"), person(11, "anna, once zoe")]
  happens("user:updated", { id: "11" })
  await vi.advanceTimersByTimeAsync(1_000)
  expect(namesIn(packets.at(-1))).toEqual(["alice", "anna, once zoe"])
  // Much later it is only asked of those who stand in it.
  await vi.advanceTimersByTimeAsync(LATE)
  reader.some.mockClear()
  happens("user:updated", { id: "12" })
  happens("user:updated", { id: "10" })
  await vi.advanceTimersByTimeAsync(1_000)
  expect(reader.some.mock.calls).toEqual([[GUILD, ["10"]]])
  await lists.close?.()
})
