import {
  AppError,
  type Channel,
  guildRoom,
  isPublicChannel,
  MAX_CHANNELS,
  newSnowflake,
  type Snowflake,
  type UpdateChannelRequest,
} from "@hearth/core"
import { addToOutbox, schema, transact } from "@hearth/db"
import { loadChannels, visibleTo } from "@hearth/db/access"
import { eq, sql } from "drizzle-orm"
import type { z } from "zod"
import { channelAudience, requireMember, requirePermission, requireRoom } from "../access.ts"
import type { SignedIn } from "../context.ts"
import { takeLimits } from "../limits.ts"

const { channelHeads, channels } = schema

const MAY_NOT = "You may not manage this server's channels."

/** A text channel at the end of the list, with the head row of its log. */
export const create = async (
  ctx: SignedIn,
  { guildId, name, topic = "" }: { guildId: Snowflake; name: string; topic?: string | undefined },
): Promise<Channel> => {
  const { db, session, clock } = ctx
  await takeLimits(ctx, { channelCreateByAccount: session.userId })
  return transact(db, async (tx) => {
    const access = await requireMember(tx, guildId, session.userId, "write")
    requirePermission(access, "MANAGE_CHANNELS", MAY_NOT)
    const all = await loadChannels(tx, [guildId])
    if (all.length >= MAX_CHANNELS)
      throw new AppError("TOO_MANY", `A server has at most ${MAX_CHANNELS} channels. Delete one first.`)
    const position = Math.max(-1, ...all.map((c) => c.channel.position)) + 1
    const channel: Channel = { id: newSnowflake(clock()), guildId, name, topic, position, overwrites: [] }
    const { overwrites: _none, ...row } = channel
    await tx.insert(channels).values(row)
    await tx.insert(channelHeads).values({ channelId: channel.id })
    const audience = channelAudience(access, { channel, parentId: null, overwrites: [], lastSeq: 0 })
    addToOutbox(tx, audience, "channel:added", channel, { guildId, channelId: channel.id })
    return channel
  })
}

export const update = async (
  { db, session }: SignedIn,
  { channelId, ...change }: z.output<typeof UpdateChannelRequest>,
): Promise<Channel> =>
  transact(db, async (tx) => {
    const found = await requireRoom(tx, channelId, session.userId, "write")
    requirePermission(found.access, "MANAGE_CHANNELS", MAY_NOT)
    const { slowmodeSeconds: before = 0, ...rest } = found.channel
    const { name = rest.name, topic = rest.topic, slowmodeSeconds = before } = change
    const channel: Channel = { ...rest, name, topic, ...(slowmodeSeconds > 0 && { slowmodeSeconds }) }
    await tx.update(channels).set({ name, topic, slowmodeSeconds }).where(eq(channels.id, channelId))
    const { guildId } = channel
    addToOutbox(tx, channelAudience(found.access, found), "channel:updated", channel, { guildId, channelId })
    return channel
  })

/** The head rows of the channel and of its threads go with it, so that nothing can be appended any more. */
export const remove = async ({ db, session }: SignedIn, { channelId }: { channelId: Snowflake }): Promise<object> =>
  transact(db, async (tx) => {
    const found = await requireRoom(tx, channelId, session.userId, "write")
    requirePermission(found.access, "MANAGE_CHANNELS", MAY_NOT)
    await tx
      .delete(channelHeads)
      .where(sql`${channelHeads.channelId} in (select id from channels where parent_id = ${channelId}::bigint)`)
    await tx.delete(channels).where(eq(channels.id, channelId))
    await tx.delete(channelHeads).where(eq(channelHeads.channelId, channelId))
    const { guildId } = found.channel
    addToOutbox(
      tx,
      channelAudience(found.access, found),
      "channel:removed",
      { guildId, channelId },
      { guildId, channelId },
    )
    return {}
  })

/** Puts the channels that one sees into a new order; those that one does not see keep their places among them. */
export const reorder = async (
  { db, session }: SignedIn,
  { guildId, channelIds }: { guildId: Snowflake; channelIds: Snowflake[] },
): Promise<{ channelIds: Snowflake[] }> =>
  transact(db, async (tx) => {
    const access = await requireMember(tx, guildId, session.userId, "write")
    requirePermission(access, "MANAGE_CHANNELS", MAY_NOT)
    const all = await loadChannels(tx, [guildId])
    const visible = new Map(visibleTo(access, all).map((c) => [c.channel.id, c]))
    if (channelIds.length !== visible.size || new Set(channelIds.filter((id) => visible.has(id))).size !== visible.size)
      throw new AppError("CONFLICT", "The channels have changed meanwhile. Please try again.")
    const wanted = channelIds.values()
    const ordered = all.map((c) => (visible.has(c.channel.id) ? (visible.get(wanted.next().value ?? "") ?? c) : c))
    const moved = ordered
      .map((loaded, position) => ({
        ...loaded,
        channel: { ...loaded.channel, position },
        was: loaded.channel.position,
      }))
      .filter(({ channel, was }) => channel.position !== was)
    for (const { channel } of moved)
      await tx.update(channels).set({ position: channel.position }).where(eq(channels.id, channel.id))
    if (moved.length === 0) return { channelIds }
    // One list may be told to the guild only if everybody may know all that is in it.
    if (all.every((c) => isPublicChannel(access.rules, c.overwrites)))
      addToOutbox(
        tx,
        guildRoom(guildId),
        "channels:reordered",
        { guildId, channelIds: ordered.map((c) => c.channel.id) },
        { guildId },
      )
    else
      for (const loaded of moved)
        addToOutbox(tx, channelAudience(access, loaded), "channel:updated", loaded.channel, {
          guildId,
          channelId: loaded.channel.id,
        })
    return { channelIds }
  })
