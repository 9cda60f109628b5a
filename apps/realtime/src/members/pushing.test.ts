import {
  type HeldMembers,
  type MemberRange,
  type MemberSlice,
  NOBODY_HELD,
  type Presence,
  type Snowflake,
  takeSlices,
} from "@hearth/core"
import fc from "fast-check"
import { afterEach, beforeEach, expect, test, vi } from "vitest"
import type { Connection } from "../connection.ts"
import { type List, newList, type Watcher } from "./list.ts"
import { createMemberIndex, type HoistedRole, type IndexedMember, type MemberIndex } from "./member-index.ts"
import { createPushing } from "./pushing.ts"

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const member = (id: string, name: string, presence: Presence, roleIds: string[] = []): IndexedMember => ({
  user: { id, displayName: name },
  roleIds,
  joinedAt: 0,
  sortName: name,
  presence,
  away: "offline",
})

/** Somebody who watches, with the real client's reducer at the other end. */
const viewer = (userId: Snowflake, list: List, pushing: ReturnType<typeof createPushing>) => {
  let held: HeldMembers = NOBODY_HELD
  let ranges: MemberRange[] = []
  const packets: MemberSlice[][] = []
  const emit = (_event: string, { slices }: { slices: MemberSlice[] }) => {
    packets.push(slices)
    held = takeSlices(held, slices, ranges)
  }
  const connection = { userId, ended: false, socket: { emit } } as unknown as Connection
  return {
    packets,
    watch(index: MemberIndex, next: MemberRange[]) {
      ranges = next
      const watcher: Watcher = { connection, ranges, sent: new Map(), answering: false }
      list.watchers.set(connection, watcher)
      held = takeSlices(held, pushing.answer(list, index, watcher), ranges)
    },
    /** As a fresh answer would be. */
    holds: (): Omit<MemberSlice, "guildId">[] =>
      ranges.map(([from, count]) => ({
        from,
        rows: Array.from({ length: Math.max(0, Math.min(count, held.total - from)) }, (_, i) =>
          held.rows.get(from + i),
        ) as MemberSlice["rows"],
        groups: [...held.groups],
        total: held.total,
      })),
    ranges: () => ranges,
  }
}

const id = fc.integer({ min: 1, max: 30 }).map(String)
const roleId = fc.constantFrom("100", "200", "300")
const presence = fc.constantFrom<Presence>("online", "idle", "dnd", "offline", "unknown")
const roles = fc.uniqueArray(fc.record({ id: roleId, position: fc.integer({ min: 1, max: 3 }) }), {
  selector: (role) => role.id,
})
const name = fc.constantFrom("ada", "ben", "cleo", "dan", "eve", "fay", "gil")
const range = fc.tuple(fc.nat(30), fc.integer({ min: 1, max: 12 }))
const change = fc.oneof(
  // Joins, is renamed, has other roles.
  {
    arbitrary: fc.record({ do: fc.constant("put" as const), id, name, roleIds: fc.uniqueArray(roleId), presence }),
    weight: 6,
  },
  { arbitrary: fc.record({ do: fc.constant("see" as const), id, presence }), weight: 8 },
  { arbitrary: fc.record({ do: fc.constant("remove" as const), id }), weight: 2 },
  fc.record({ do: fc.constant("roles" as const), roles }),
  fc.record({ do: fc.constant("drop" as const), roleId }),
  // Somebody blocks the viewer, or does so no more.
  fc.record({ do: fc.constant("hide" as const), id }),
  fc.record({ do: fc.constant("scroll" as const), ranges: fc.array(range, { minLength: 1, maxLength: 4 }) }),
  { arbitrary: fc.record({ do: fc.constant("wait" as const), ms: fc.nat(1_500) }), weight: 4 },
)

test("after any sequence of changes what a client holds is what a fresh slice of a fresh list would be", () => {
  fc.assert(
    fc.property(roles, fc.array(change, { maxLength: 80, size: "max" }), (first, changes) => {
      let hoisted: HoistedRole[] = first
      const model = new Map<string, IndexedMember>()
      const blockers = new Set<string>()
      const list = newList("1")
      const index = createMemberIndex(hoisted)
      list.index = index
      const pushing = createPushing({
        hiddenFrom: (userId) => (userId === "999" && blockers.size > 0 ? blockers : undefined),
        fresh: () => true,
        clock: () => Date.now(),
        pushMs: 1_000,
      })
      const viewers = [viewer("998", list, pushing), viewer("999", list, pushing)]
      for (const it of viewers)
        it.watch(index, [
          [0, 5],
          [3, 12],
        ])
      for (const it of changes) {
        switch (it.do) {
          case "put":
            model.set(it.id, member(it.id, it.name, it.presence, it.roleIds))
            index.put(member(it.id, it.name, it.presence, it.roleIds))
            break
          case "see": {
            const known = model.get(it.id)
            if (known) known.presence = it.presence
            index.see(it.id, it.presence, "offline")
            break
          }
          case "remove":
            model.delete(it.id)
            index.remove(it.id)
            break
          case "roles":
            hoisted = it.roles
            for (const _ of index.setRoles(it.roles));
            break
          case "drop":
            for (const m of model.values()) m.roleIds = m.roleIds.filter((r) => r !== it.roleId)
            for (const _ of index.dropRole(it.roleId));
            break
          case "hide":
            if (!blockers.delete(it.id)) blockers.add(it.id)
            break
          case "scroll":
            viewers[0]?.watch(index, it.ranges)
            break
          case "wait":
            vi.advanceTimersByTime(it.ms)
        }
        pushing.schedule(list)
      }
      vi.runAllTimers()
      const fresh = createMemberIndex(hoisted, model.values())
      for (const [i, it] of viewers.entries())
        expect(it.holds()).toEqual(
          it.ranges().map(([from, count]) => fresh.slice(from, count, i === 1 ? blockers : undefined)),
        )
    }),
    { numRuns: 300 },
  )
})

test("who comes where nobody looks changes the counts, which go without rows; and nothing at all when nothing changed", () => {
  const list = newList("1")
  const people = Array.from({ length: 50 }, (_, i) =>
    member(String(i + 1), `m${String(i).padStart(2, "0")}`, i < 40 ? "online" : "offline"),
  )
  const index = createMemberIndex([], people)
  list.index = index
  const pushing = createPushing({
    hiddenFrom: () => undefined,
    fresh: () => true,
    clock: () => Date.now(),
    pushMs: 1_000,
  })
  const it = viewer("998", list, pushing)
  it.watch(index, [
    [0, 10],
    [30, 20],
  ])
  index.see("45", "online", "offline")
  pushing.schedule(list)
  vi.runAllTimers()
  expect(it.packets).toHaveLength(1)
  expect(it.packets[0]?.map(({ from, rows }) => [from, rows.length])).toEqual([
    [0, 0],
    [30, 20],
  ])
  expect(it.holds()).toEqual([index.slice(0, 10), index.slice(30, 20)])
  pushing.schedule(list)
  vi.runAllTimers()
  expect(it.packets).toHaveLength(1)
})

test("while people change groups by the thousand nobody is shown how far that has come", () => {
  const list = newList("1")
  const index = createMemberIndex([], [member("1", "ada", "online")])
  list.index = index
  const pushing = createPushing({
    hiddenFrom: () => undefined,
    fresh: () => true,
    clock: () => Date.now(),
    pushMs: 1_000,
  })
  const it = viewer("998", list, pushing)
  it.watch(index, [[0, 10]])
  list.regrouping = true
  index.put(member("2", "ben", "online"))
  pushing.schedule(list)
  vi.advanceTimersByTime(5_000)
  expect(it.packets).toHaveLength(0)
  list.regrouping = false
  vi.advanceTimersByTime(1_000)
  expect(it.packets).toHaveLength(1)
})
