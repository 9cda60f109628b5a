import type { Snowflake } from "@hearth/core"
import type { PresenceFeature } from "../presence/presence.ts"
import type { FeatureContext } from "../gateway.ts"
import { type List, turn } from "./list.ts"
import { createMemberIndex, type MemberIndex } from "./member-index.ts"
import { createMemberReader, type ReadMember } from "./read-members.ts"
import { createStanding } from "./standing.ts"

/** Rows of one question, and of one turn. */
const PAGE = 1_000
/** Before all names. */
const BEGINNING: ReadMember["after"] = ["", "0"]

/** Brings lists up to date from the database and from presence, in turns: whoever is on this node goes on meanwhile. */
export const createLoading = ({
  db,
  presence,
  clock,
  isOpen,
}: Pick<FeatureContext, "db" | "clock"> & { presence: PresenceFeature; isOpen: (list: List) => boolean }) => {
  const reader = createMemberReader(db)
  /** Which lists somebody stands in, or is about to. */
  const standing = createStanding<List>()

  /** First in, then looked at: who moves in between is seen by one or the other. */
  const putAll = async (list: List, found: readonly ReadMember[], put: MemberIndex["put"]) => {
    const userIds = found.map(({ member }) => member.user.id)
    for (const id of userIds) standing.enter(id, list)
    const { presences, away } = await presence.read(userIds)
    for (const { member } of found) {
      const { id } = member.user
      const seen = list.early.get(id) ?? { presence: presences.get(id) ?? "unknown", away }
      put(Object.assign(member, seen))
    }
  }

  const load = async (list: List): Promise<void> => {
    const { guildId } = list
    const isConversation = await reader.isConversation(guildId)
    const index = createMemberIndex(await reader.hoistedRoles(guildId))
    const reserved = new Set<Snowflake>()
    list.next = index
    const page = (after: ReadMember["after"] = BEGINNING) => {
      const coming = isConversation ? reader.all(guildId) : reader.page(guildId, after, PAGE)
      // Whoever waits for it gets the failure; when nobody does any more it is nobody's.
      coming.catch(() => {})
      return coming
    }
    try {
      let coming = page()
      for (;;) {
        const found = await coming
        const after = isConversation || found.length < PAGE ? undefined : found.at(-1)?.after
        // The database reads on while this page is put where it belongs.
        if (after) coming = page(after)
        await putAll(list, found, index.put)
        for (const { member, reserved: is } of found) if (is) reserved.add(member.user.id)
        // Nobody waits for it any more.
        if (!isOpen(list)) break
        if (!after) {
          const before = list.index
          list.index = index
          list.reserved = reserved
          list.readAt = clock()
          list.early.clear()
          await leave(list, before)
          return
        }
      }
      await leave(list, index)
    } catch (error) {
      await leave(list, index)
      throw error
    } finally {
      list.next = null
    }
  }
  /** Those of an index that is given up stand in the list no more, unless they do by another. */
  const leave = async (list: List, index: MemberIndex | null) => {
    let seen = 0
    for (const id of index?.userIds() ?? []) {
      if (!isOpen(list) || !list.index?.has(id)) standing.leave(id, list)
      if (++seen % PAGE === 0) await turn()
    }
  }

  const regroup = async (list: List, steps: Iterable<void>) => {
    list.regrouping = true
    try {
      for (const _ of steps) await turn()
    } finally {
      list.regrouping = false
    }
  }
  const refresh = async (list: List, index: MemberIndex): Promise<void> => {
    for (const roleId of [...list.gone]) {
      list.gone.delete(roleId)
      await regroup(list, index.dropRole(roleId))
    }
    if (list.rolesDirty) {
      list.rolesDirty = false
      try {
        await regroup(list, index.setRoles(await reader.hoistedRoles(list.guildId)))
      } catch (error) {
        list.rolesDirty = true
        throw error
      }
    }
    const userIds = [...list.dirty].slice(0, PAGE)
    if (userIds.length === 0) return
    for (const id of userIds) list.dirty.delete(id)
    try {
      const found = await reader.some(list.guildId, userIds)
      await putAll(list, found, index.put)
      const there = new Set(found.map(({ member }) => member.user.id))
      for (const { member, reserved } of found) {
        if (reserved) list.reserved.add(member.user.id)
        else list.reserved.delete(member.user.id)
      }
      for (const id of userIds) {
        list.early.delete(id)
        if (there.has(id)) continue
        list.reserved.delete(id)
        index.remove(id)
        standing.leave(id, list)
      }
      if (!isOpen(list)) for (const id of userIds) standing.leave(id, list)
    } catch (error) {
      for (const id of userIds) list.dirty.add(id)
      throw error
    }
  }

  return { standing, load, refresh }
}
