import { type Bootstrap, compareSnowflakes } from "@hearth/core"
import { cardColumns, outboxHead, schema, toCard } from "@hearth/db"
import { loadMemberships, toSnapshot, visibleTo } from "@hearth/db/access"
import { loadConversations, toConversation } from "@hearth/db/conversations"
import { dueOf } from "@hearth/db/later"
import { unreadDeletions, unreadInThreads, unreadMentions } from "@hearth/db/mentions"
import { unsentOf } from "@hearth/db/schedule"
import { statusOf } from "@hearth/db/status"
import { unreadThreads } from "@hearth/db/threads"
import { and, eq, isNull } from "drizzle-orm"
import type { SignedIn } from "../context.ts"
import { askedOf, friendsOf } from "../friend/pair.ts"

const { channels, drafts, instance, readStates } = schema

/** All that opening the app needs, and the outbox position that it is true at: one snapshot, so that no change falls between. */
export const bootstrap = ({ db, session, version, clock }: SignedIn): Promise<Bootstrap> =>
  db.transaction(
    async (tx) => {
      const pos = await outboxHead(tx)
      const [here] = await tx.select({ name: instance.name }).from(instance)
      const [me] = await tx
        .select({
          card: cardColumns,
          own: { email: schema.users.email, isInstanceAdmin: schema.users.isInstanceAdmin },
        })
        .from(schema.users)
        .where(eq(schema.users.id, session.userId))
      const memberships = await loadMemberships(tx, session.userId, "shown")
      const talks = await loadConversations(
        tx,
        session.userId,
        memberships.flatMap(({ access }) => (access.isConversation ? access.guild.id : [])),
      )
      const visible = memberships.flatMap(({ access, channels }) => visibleTo(access, channels))
      const heads = Object.fromEntries(visible.map((c) => [c.channel.id, c.lastSeq]))
      const marks = await tx
        .select({ channelId: readStates.channelId, lastReadSeq: readStates.lastReadSeq })
        .from(readStates)
        .innerJoin(channels, and(eq(channels.id, readStates.channelId), isNull(channels.parentId)))
        .where(eq(readStates.userId, session.userId))
      const addressed = (await unreadMentions(tx, [session.userId])).get(session.userId) ?? {}
      const within = (await unreadInThreads(tx, [session.userId])).get(session.userId)
      const parents = Object.entries(within?.parents ?? {}).filter(([, parentId]) => heads[parentId] !== undefined)
      const mentions = [
        ...Object.entries(addressed).filter(([channelId]) => heads[channelId] !== undefined),
        ...parents.map(([id]) => [id, within?.mentions[id] ?? []] as const),
      ]
      const deleted = Object.entries((await unreadDeletions(tx, [session.userId])).get(session.userId) ?? {}).filter(
        ([channelId]) => heads[channelId] !== undefined,
      )
      const unread = (await unreadThreads(tx, session.userId, Object.keys(heads), clock())).sort((a, b) =>
        compareSnowflakes(a.id, b.id),
      )
      const unsent = await unsentOf(tx, session.userId)
      const due = await dueOf(tx, session.userId)
      const friends = await friendsOf(tx, session.userId)
      const asked = await askedOf(tx, session.userId)
      const status = await statusOf(tx, session.userId)
      const written = await tx
        .select({ channelId: drafts.channelId, version: drafts.version, parentId: channels.parentId })
        .from(drafts)
        .innerJoin(channels, eq(channels.id, drafts.channelId))
        .where(eq(drafts.userId, session.userId))
      const mine = written.filter(({ channelId, parentId }) => heads[parentId ?? channelId] !== undefined)
      return {
        pos,
        instance: { name: here?.name ?? "Hearth", version },
        me: me ? { ...toCard(me.card), ...me.own } : session.me,
        guilds: memberships.map(({ access, channels }) => {
          const talk = talks.get(access.guild.id)
          return { ...toSnapshot(access, channels), ...(talk && { conversation: toConversation(talk) }) }
        }),
        readStates: marks
          .filter((m) => heads[m.channelId] !== undefined)
          .sort((a, b) => compareSnowflakes(a.channelId, b.channelId)),
        heads,
        ...(mentions.length > 0 && { mentions: Object.fromEntries(mentions) }),
        ...(parents.length > 0 && { parents: Object.fromEntries(parents) }),
        ...(deleted.length > 0 && { deleted: Object.fromEntries(deleted) }),
        ...(unread.length > 0 && { threads: unread }),
        ...(due > 0 && { due }),
        ...(unsent > 0 && { unsent }),
        ...(friends.length > 0 && { friends }),
        ...(asked > 0 && { asked }),
        ...(status && { status }),
        ...(mine.length > 0 && { drafts: Object.fromEntries(mine.map((d) => [d.channelId, d.version])) }),
      }
    },
    { isolationLevel: "repeatable read", accessMode: "read only" },
  )
