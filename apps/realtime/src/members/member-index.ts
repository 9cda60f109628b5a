import { compareSnowflakes, type MemberGroup, type MemberRow, type Presence, type Snowflake } from "@hearth/core"

export interface IndexedMember extends MemberRow {
  /** The display name, folded for ordering. */
  sortName: string
  presence: Presence
  /** How they are to whom they are hidden from: as if they were not here. */
  away: Presence
}
export interface HoistedRole {
  id: Snowflake
  position: number
}
export interface Slice {
  from: number
  rows: MemberRow[]
  groups: MemberGroup[]
  total: number
}

/** Who is here and has no hoisted role; who may be here, while presence is unknown; who is not. */
const REST = ["online", "members", "offline"] as const

/**
 * The members of one guild, ordered as the list shows them: each hoisted role from the highest down, then "online", then
 * "offline"; in each by name. Who is here stands in the highest hoisted role that they have. The owner is no group of their
 * own, and stands where their roles put them. Who is not here stands in "offline", whatever their roles.
 *
 * A change costs a search and a move within one sorted array: fine for some 50,000 members of a guild that somebody on this
 * node looks at. Beyond it, the order belongs into a store that all nodes share, of those who are here alone.
 */
export interface MemberIndex {
  readonly size: number
  has(userId: Snowflake): boolean
  userIds(): Iterable<Snowflake>
  /** Adds a member, or brings one up to date. */
  put(member: IndexedMember): void
  remove(userId: Snowflake): void
  /** Whether that is news. */
  see(userId: Snowflake, presence: Presence, away: Presence): boolean
  setRoles(hoisted: readonly HoistedRole[]): void
  /** Takes a role from everybody. */
  dropRole(roleId: Snowflake): void
  /** At most `count` rows from rank `from` on, and how long all groups are. Groups without members are left out. `hidden` are shown as not here. */
  slice(from: number, count: number, hidden?: ReadonlySet<Snowflake>): Slice
}

const compare = (a: IndexedMember, b: IndexedMember): number =>
  a.sortName < b.sortName ? -1 : a.sortName > b.sortName ? 1 : compareSnowflakes(a.user.id, b.user.id)

/** Where it is, or where it would be. */
const search = (sorted: readonly IndexedMember[], member: IndexedMember): number => {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const there = sorted[middle]
    if (there && compare(there, member) < 0) low = middle + 1
    else high = middle
  }
  return low
}

export const createMemberIndex = (
  hoisted: readonly HoistedRole[],
  members: Iterable<IndexedMember> = [],
): MemberIndex => {
  const all = new Map<Snowflake, IndexedMember>()
  let order: string[] = []
  let groups = new Map<string, IndexedMember[]>()

  const groupOf = (member: IndexedMember): string => {
    if (member.presence === "offline") return "offline"
    // `order` begins with the roles, the highest first.
    for (const key of order) if (member.roleIds.includes(key)) return key
    return member.presence === "unknown" ? "members" : "online"
  }
  const insert = (member: IndexedMember) => {
    const group = groups.get(groupOf(member))
    group?.splice(search(group, member), 0, member)
  }
  const take = (member: IndexedMember) => {
    const group = groups.get(groupOf(member))
    group?.splice(search(group, member), 1)
  }
  const rebuild = () => {
    groups = new Map(order.map((key) => [key, []]))
    for (const member of all.values()) groups.get(groupOf(member))?.push(member)
    for (const group of groups.values()) group.sort(compare)
  }
  const setRoles = (roles: readonly HoistedRole[]) => {
    const highestFirst = [...roles].sort((a, b) => b.position - a.position || compareSnowflakes(a.id, b.id))
    order = [...highestFirst.map((role) => role.id), ...REST]
    rebuild()
  }

  /** The groups as somebody sees them to whom `hidden` are not here; or, while nobody can tell of others, may be. */
  const groupsWithout = (hidden: ReadonlySet<Snowflake>): ReadonlyMap<string, readonly IndexedMember[]> => {
    const here = [...hidden]
      .map((id) => all.get(id))
      .filter((member) => member !== undefined)
      .filter(({ presence, away }) => presence !== away)
    if (here.length === 0) return groups
    const shown = new Map(groups)
    for (const member of here) {
      const [from, to] = [groupOf(member), groupOf({ ...member, presence: member.away })]
      shown.set(from, shown.get(from)?.filter((other) => other !== member) ?? [])
      const group = [...(shown.get(to) ?? [])]
      group.splice(search(group, member), 0, member)
      shown.set(to, group)
    }
    return shown
  }

  for (const member of members) all.set(member.user.id, member)
  setRoles(hoisted)

  return {
    get size() {
      return all.size
    },
    has: (userId) => all.has(userId),
    userIds: () => all.keys(),
    put(member) {
      const before = all.get(member.user.id)
      if (before) take(before)
      all.set(member.user.id, member)
      insert(member)
    },
    remove(userId) {
      const member = all.get(userId)
      if (!member) return
      take(member)
      all.delete(userId)
    },
    see(userId, presence, away) {
      const member = all.get(userId)
      if (!member || (member.presence === presence && member.away === away)) return false
      member.away = away
      const [from, to] = [groupOf(member), groupOf({ ...member, presence })]
      if (from !== to) take(member)
      member.presence = presence
      if (from !== to) insert(member)
      return true
    },
    setRoles,
    dropRole(roleId) {
      for (const member of all.values())
        if (member.roleIds.includes(roleId)) member.roleIds = member.roleIds.filter((id) => id !== roleId)
      rebuild()
    },
    slice(from, count, hidden) {
      const shown = hidden ? groupsWithout(hidden) : groups
      const rows: MemberRow[] = []
      const counts: MemberGroup[] = []
      let rank = 0
      for (const key of order) {
        const group = shown.get(key) ?? []
        if (group.length === 0) continue
        counts.push({ key, count: group.length })
        const [begin, end] = [Math.max(from - rank, 0), from + count - rank]
        if (begin < group.length && end > 0)
          for (const { user, roleIds, joinedAt } of group.slice(begin, end)) rows.push({ user, roleIds, joinedAt })
        rank += group.length
      }
      return { from, rows, groups: counts, total: rank }
    },
  }
}
