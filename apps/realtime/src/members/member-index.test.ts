import type { Presence } from "@hearth/core"
import fc from "fast-check"
import { expect, test } from "vitest"
import { createMemberIndex, type HoistedRole, type IndexedMember } from "./member-index.ts"

const member = (id: string, name: string, presence: Presence = "online", roleIds: string[] = []): IndexedMember => ({
  user: { id, displayName: name },
  roleIds,
  joinedAt: 0,
  sortName: name.toLowerCase(),
  presence,
  away: presence === "unknown" ? "unknown" : "offline",
})

/** In one turn. */
const run = (steps: Iterable<void>) => void [...steps]

const names = (rows: { user: { displayName: string } }[]) => rows.map((row) => row.user.displayName)

test("hoisted roles from the highest down, then who is here, then who is not; in each by name", () => {
  const index = createMemberIndex(
    [
      { id: "100", position: 1 },
      { id: "200", position: 2 },
    ],
    [
      member("1", "zoe"),
      member("2", "Adam"),
      member("3", "mod", "idle", ["100"]),
      member("4", "both", "dnd", ["100", "200"]),
      member("5", "absent admin", "offline", ["200"]),
      member("6", "plain role", "online", ["300"]),
    ],
  )
  const { rows, groups, total } = index.slice(0, 100)
  expect(names(rows)).toEqual(["both", "mod", "Adam", "plain role", "zoe", "absent admin"])
  expect(groups).toEqual([
    { key: "200", count: 1 },
    { key: "100", count: 1 },
    { key: "online", count: 3 },
    { key: "offline", count: 1 },
  ])
  expect(total).toBe(6)
  expect(names(index.slice(1, 2).rows)).toEqual(["mod", "Adam"])
  expect(names(index.slice(4, 10).rows)).toEqual(["zoe", "absent admin"])
  expect(index.slice(6, 10)).toMatchObject({ rows: [], total: 6 })
})

test("while presence is unknown nobody is said to be here or not", () => {
  const index = createMemberIndex(
    [{ id: "100", position: 1 }],
    [member("1", "a", "unknown"), member("2", "b", "unknown", ["100"]), member("3", "c")],
  )
  expect(index.slice(0, 10).groups).toEqual([
    { key: "100", count: 1 },
    { key: "online", count: 1 },
    { key: "members", count: 1 },
  ])
})

test("two of one name stand in the order of their ids", () => {
  const index = createMemberIndex([], [member("10", "same"), member("9", "same"), member("1000", "same")])
  expect(index.slice(0, 9).rows.map((row) => row.user.id)).toEqual(["9", "10", "1000"])
})

const id = fc.integer({ min: 1, max: 12 }).map(String)
const roleId = fc.constantFrom("100", "200", "300")
const presence = fc.constantFrom<Presence>("online", "idle", "dnd", "offline", "unknown")
const roles = fc.uniqueArray(fc.record({ id: roleId, position: fc.integer({ min: 1, max: 3 }) }), {
  selector: (role) => role.id,
})
const change = fc.oneof(
  fc.record({
    do: fc.constant("put" as const),
    id,
    name: fc.constantFrom("ada", "Ada", "bob", "", "émile"),
    roleIds: fc.uniqueArray(roleId),
    presence,
  }),
  fc.record({ do: fc.constant("remove" as const), id }),
  fc.record({ do: fc.constant("see" as const), id, presence }),
  fc.record({ do: fc.constant("roles" as const), roles }),
  fc.record({ do: fc.constant("drop" as const), roleId }),
)

test("after any sequence of changes, every slice is what a fresh list would show", () => {
  fc.assert(
    fc.property(
      roles,
      fc.array(change, { maxLength: 60 }),
      fc.nat(12),
      fc.integer({ min: 1, max: 12 }),
      (first, changes, from, count) => {
        let hoisted: HoistedRole[] = first
        const model = new Map<string, IndexedMember>()
        const index = createMemberIndex(hoisted)
        for (const it of changes) {
          if (it.do === "put") {
            const fresh = () => member(it.id, it.name, it.presence, [...it.roleIds])
            model.set(it.id, fresh())
            index.put(fresh())
          } else if (it.do === "remove") {
            model.delete(it.id)
            index.remove(it.id)
          } else if (it.do === "see") {
            const known = model.get(it.id)
            if (known) known.presence = it.presence
            index.see(it.id, it.presence, "offline")
          } else if (it.do === "roles") {
            hoisted = it.roles
            run(index.setRoles(it.roles))
          } else {
            for (const m of model.values()) m.roleIds = m.roleIds.filter((r) => r !== it.roleId)
            run(index.dropRole(it.roleId))
          }
        }
        const fresh = createMemberIndex(hoisted, model.values())
        expect(index.slice(from, count)).toEqual(fresh.slice(from, count))
        expect(index.slice(0, 100)).toEqual(fresh.slice(0, 100))
        expect(index.size).toBe(model.size)
        expect(new Set(index.userIds())).toEqual(new Set(model.keys()))
      },
    ),
    { numRuns: 500 },
  )
})

test("whoever is hidden from somebody: they see every slice as if those were not here", () => {
  const people = fc.uniqueArray(
    fc.record({
      id: fc.integer({ min: 1, max: 40 }).map(String),
      name: fc.constantFrom("ada", "bob", "cleo", "dan"),
      roleIds: fc.uniqueArray(roleId),
      presence,
    }),
    { selector: (it) => it.id, maxLength: 40 },
  )
  const hidden = fc.uniqueArray(fc.integer({ min: 1, max: 45 }).map(String), { maxLength: 20 })
  fc.assert(
    fc.property(
      roles,
      people,
      hidden,
      fc.nat(40),
      fc.integer({ min: 1, max: 20 }),
      (hoisted, all, ids, from, count) => {
        const as = (those: ReadonlySet<string>) =>
          createMemberIndex(
            hoisted,
            all.map((it) => {
              const one = member(it.id, it.name, it.presence, it.roleIds)
              return those.has(it.id) ? { ...one, presence: one.away } : one
            }),
          )
        const those = new Set(ids)
        expect(as(new Set()).slice(from, count, those)).toEqual(as(those).slice(from, count))
      },
    ),
    { numRuns: 1_000 },
  )
})

test("another order of roles rests between its turns, and the same order has none", () => {
  const people = Array.from({ length: 12_000 }, (_, i) => member(String(i + 1), `m${i}`, "online", ["100"]))
  const index = createMemberIndex([], people)
  let rests = 0
  for (const _ of index.setRoles([{ id: "100", position: 1 }])) rests++
  expect(rests).toBe(2)
  expect(index.slice(0, 1).groups).toEqual([{ key: "100", count: 12_000 }])
  expect([...index.setRoles([{ id: "100", position: 9 }])]).toEqual([])
  for (const _ of index.dropRole("100")) rests++
  expect(rests).toBe(4)
  expect(index.slice(0, 1).groups).toEqual([{ key: "online", count: 12_000 }])
})

test("who is hidden from somebody stands among those who are not here, or may be, as others do then", () => {
  const roles = [{ id: "100", position: 1 }]
  const people = [member("1", "Ada", "online", ["100"]), member("2", "Bob"), member("3", "Cleo", "offline")]
  const index = createMemberIndex(roles, people)
  const hidden = new Set(["1", "9"])
  expect(names(index.slice(0, 9, hidden).rows)).toEqual(["Bob", "Ada", "Cleo"])
  expect(index.slice(0, 9, hidden)).toMatchObject({
    total: 3,
    groups: [
      { key: "online", count: 1 },
      { key: "offline", count: 2 },
    ],
  })
  expect(names(index.slice(1, 1, hidden).rows)).toEqual(["Ada"])
  expect(names(index.slice(0, 9).rows)).toEqual(["Ada", "Bob", "Cleo"])
  // Nobody can tell of others; those who are connected here are known all the same.
  for (const [id, presence] of [
    ["1", "online"],
    ["2", "online"],
    ["3", "online"],
  ] as const)
    expect(index.see(id, presence, "unknown")).toBe(true)
  expect(index.see("1", "online", "unknown")).toBe(false)
  expect(index.slice(0, 9, hidden).groups).toEqual([
    { key: "100", count: 1 },
    { key: "online", count: 2 },
  ])
  expect(index.slice(0, 9, new Set(["2"])).groups).toEqual([
    { key: "100", count: 1 },
    { key: "online", count: 1 },
    { key: "members", count: 1 },
  ])
  // Others who could not be asked for say nothing of whom the answer was there.
  index.see("2", "online", "offline")
  index.see("3", "unknown", "unknown")
  expect(index.slice(0, 9, new Set(["2"])).groups).toEqual([
    { key: "100", count: 1 },
    { key: "members", count: 1 },
    { key: "offline", count: 1 },
  ])
})
