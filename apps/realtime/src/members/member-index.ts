import { compareSnowflakes, type MemberGroup, type MemberRow, type Presence, type Snowflake } from "@hearth/core"
import { createRankedList, type RankedList } from "./ranked-list.ts"

export interface IndexedMember extends MemberRow {
  /** What orders them within a group: `orderName` of their name. */
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

/** Between two turns of what looks at everybody. */
const AT_ONCE = 5_000

/**
 * The members of one guild, ordered as the list shows them: each hoisted role from the highest down, then "online", then
 * "offline"; in each by name. Who is here stands in the highest hoisted role that they have. The owner is no group of their
 * own, and stands where their roles put them. Who is not here stands in "offline", whatever their roles.
 *
 * A slice and a change of one member cost the same whether there are fifty or half a million. What may concern everybody, which is
 * another order of the hoisted roles and the end of a role, is done in turns, for whoever drives it to rest between them.
 */
export interface MemberIndex {
  readonly size: number
  has(userId: Snowflake): boolean
  userIds(): IterableIterator<Snowflake>
  /** Adds a member, or brings one up to date. */
  put(member: IndexedMember): void
  remove(userId: Snowflake): void
  /** Whether that is news. */
  see(userId: Snowflake, presence: Presence, away: Presence): boolean
  setRoles(hoisted: readonly HoistedRole[]): Iterable<void>
  /** Takes a role from everybody. */
  dropRole(roleId: Snowflake): Iterable<void>
  /** At most `count` rows from rank `from` on, and how long all groups are. Groups without members are left out. `hidden` are shown as not here. */
  slice(from: number, count: number, hidden?: ReadonlySet<Snowflake>): Slice
}

interface Entry extends IndexedMember {
  group: string
}
/** Who stands elsewhere for one viewer: of a group, who is not in it for them, and who is instead. Each in the order of the list. */
interface Moves {
  gone: Entry[]
  come: Entry[]
}

const compare = (a: Entry, b: Entry): number =>
  a.sortName < b.sortName ? -1 : a.sortName > b.sortName ? 1 : compareSnowflakes(a.user.id, b.user.id)

/** Part of a group as that viewer sees it. Nobody stands further from where all see them than as many places as have moved. */
const partOf = (group: RankedList<Entry>, { gone, come }: Moves, begin: number, end: number): Entry[] => {
  const first = Math.max(0, Math.min(begin - come.length, group.length - 1))
  const there = group.slice(first, end + gone.length)
  const [start] = there
  const isEarlier = (entry: Entry) => first > 0 && start !== undefined && compare(entry, start) < 0
  const earlier = come.filter(isEarlier).length
  const left = gone.filter((entry) => group.rankOf(entry) < first)
  // Anybody may be blocked by thousands.
  const away = new Set(gone)
  const view = there.filter((entry) => !away.has(entry))
  for (const entry of come) if (!isEarlier(entry)) view.push(entry)
  view.sort(compare)
  const rank = first - left.length + earlier
  return view.slice(begin - rank, end - rank)
}

const orderOf = (roles: readonly HoistedRole[]): string[] => {
  const highestFirst = [...roles].sort((a, b) => b.position - a.position || compareSnowflakes(a.id, b.id))
  return [...highestFirst.map((role) => role.id), ...REST]
}

export const createMemberIndex = (
  hoisted: readonly HoistedRole[],
  members: Iterable<IndexedMember> = [],
): MemberIndex => {
  const all = new Map<Snowflake, Entry>()
  const groups = new Map<string, RankedList<Entry>>()
  let order = orderOf(hoisted)

  const groupOf = ({ presence, roleIds }: Pick<IndexedMember, "presence" | "roleIds">): string => {
    if (presence === "offline") return "offline"
    // `order` begins with the roles, the highest first.
    if (roleIds.length > 0) for (const key of order) if (roleIds.includes(key)) return key
    return presence === "unknown" ? "members" : "online"
  }
  const listOf = (key: string): RankedList<Entry> => {
    let group = groups.get(key)
    if (!group) groups.set(key, (group = createRankedList(compare)))
    return group
  }
  const take = (entry: Entry) => {
    const group = groups.get(entry.group)
    group?.delete(entry)
    if (group?.length === 0) groups.delete(entry.group)
  }
  const regroup = (entry: Entry) => {
    const group = groupOf(entry)
    if (group === entry.group) return
    take(entry)
    entry.group = group
    listOf(group).add(entry)
  }
  const put = (member: IndexedMember) => {
    const before = all.get(member.user.id)
    if (before) take(before)
    const entry = { ...member, group: groupOf(member) }
    all.set(member.user.id, entry)
    listOf(entry.group).add(entry)
  }
  function* everybody(visit: (entry: Entry) => void): Iterable<void> {
    let seen = 0
    for (const entry of all.values()) {
      visit(entry)
      if (++seen % AT_ONCE === 0) yield
    }
  }

  /** Those of them who are here, by group: for whom they are hidden from they stand elsewhere. */
  const movesOf = (hidden: ReadonlySet<Snowflake>): ReadonlyMap<string, Moves> => {
    const moves = new Map<string, Moves>()
    const of = (key: string): Moves => {
      let those = moves.get(key)
      if (!those) moves.set(key, (those = { gone: [], come: [] }))
      return those
    }
    for (const id of hidden) {
      const entry = all.get(id)
      if (!entry || entry.presence === entry.away) continue
      const group = groupOf({ ...entry, presence: entry.away })
      if (group === entry.group) continue
      of(entry.group).gone.push(entry)
      of(group).come.push(entry)
    }
    return moves
  }

  for (const member of members) put(member)

  return {
    get size() {
      return all.size
    },
    has: (userId) => all.has(userId),
    userIds: () => all.keys(),
    put,
    remove(userId) {
      const entry = all.get(userId)
      if (!entry) return
      take(entry)
      all.delete(userId)
    },
    see(userId, presence, away) {
      const entry = all.get(userId)
      if (!entry || (entry.presence === presence && entry.away === away)) return false
      entry.presence = presence
      entry.away = away
      regroup(entry)
      return true
    },
    *setRoles(roles) {
      const next = orderOf(roles)
      if (next.join() === order.join()) return
      order = next
      yield* everybody(regroup)
    },
    *dropRole(roleId) {
      yield* everybody((entry) => {
        if (!entry.roleIds.includes(roleId)) return
        entry.roleIds = entry.roleIds.filter((id) => id !== roleId)
        regroup(entry)
      })
    },
    slice(from, count, hidden) {
      const moves = hidden && movesOf(hidden)
      const rows: MemberRow[] = []
      const counts: MemberGroup[] = []
      let rank = 0
      for (const key of order) {
        const group = groups.get(key) ?? createRankedList(compare)
        const moved = moves?.get(key)
        const length = group.length + (moved ? moved.come.length - moved.gone.length : 0)
        if (length === 0) continue
        counts.push({ key, count: length })
        const [begin, end] = [Math.max(from - rank, 0), Math.min(from + count - rank, length)]
        if (begin < end) {
          const part = moved ? partOf(group, moved, begin, end) : group.slice(begin, end)
          for (const { user, roleIds, joinedAt } of part) rows.push({ user, roleIds, joinedAt })
        }
        rank += length
      }
      return { from, rows, groups: counts, total: rank }
    },
  }
}
