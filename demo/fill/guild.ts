import { type Deps } from "@hearth/api"
import { createRole, importMembers } from "@hearth/api/import"
import { bits, type Channel, DEFAULT_PERMISSIONS, type GuildSnapshot, type Snowflake } from "@hearth/core"
import type { Person } from "../plan/cast.ts"
import type { ChannelPlan, GuildPlan } from "../plan/places.ts"
import type { SignedInCaller } from "./caller.ts"

export interface GuildFill {
  plan: GuildPlan
  owner: SignedInCaller
  members: readonly { person: Person; joinedAt: number }[]
  talkers: readonly Person[]
  idOf(person: Person): Snowflake
}

/** A server with its people, roles and channels. Whatever is there already stays. */
export const fillGuild = async (
  deps: Deps,
  { plan, owner, members, talkers, idOf }: GuildFill,
): Promise<{ guildId: Snowflake; channels: Map<string, Snowflake> }> => {
  const snapshot = (await guildNamed(owner, plan.name)) ?? (await owner.call.guild.create({ name: plan.name }))
  const guildId = snapshot.guild.id
  // People before channels: what each of them is told of on joining is shorter.
  await importMembers(
    deps,
    guildId,
    members.map(({ person, joinedAt }) => ({ userId: idOf(person), joinedAt })),
  )
  const channels = await fillChannels(owner, snapshot, plan.channels)
  await fillRoles(owner, snapshot, { plan, talkers, idOf })
  return { guildId, channels }
}

export const guildNamed = async (owner: SignedInCaller, name: string): Promise<GuildSnapshot | undefined> =>
  (await owner.call.app.bootstrap()).guilds.find(({ guild }) => guild.name === name && guild.ownerId === owner.userId)

const fillChannels = async (
  { call }: SignedInCaller,
  { guild, channels }: GuildSnapshot,
  plans: readonly ChannelPlan[],
): Promise<Map<string, Snowflake>> => {
  const ids = new Map(channels.map((c) => [c.name, c.id]))
  // What every server begins with becomes the first of ours.
  const [first, ...rest] = plans
  const given = ids.get("general")
  if (first && given && !ids.has(first.name)) {
    ids.delete("general")
    ids.set(first.name, given)
    await call.channel.update({ channelId: given, name: first.name, topic: first.topic })
  }
  for (const { name, topic } of rest) {
    if (ids.has(name)) continue
    const made: Channel = await call.channel.create({ guildId: guild.id, name, topic })
    ids.set(name, made.id)
  }
  return ids
}

const moderating = bits("MANAGE_MESSAGES", "MANAGE_CHANNELS", "KICK_MEMBERS", "MANAGE_INVITES", "MENTION_EVERYONE")

const fillRoles = async (
  { userId, context, call }: SignedInCaller,
  { guild, roles, myRoleIds }: GuildSnapshot,
  { plan, talkers, idOf }: Pick<GuildFill, "plan" | "talkers" | "idOf">,
): Promise<void> => {
  const guildId = guild.id
  const ids: { id: Snowflake; people: number }[] = []
  for (const { name, people, moderates } of plan.roles) {
    const known = roles.find((r) => r.name === name)
    const permissions = DEFAULT_PERMISSIONS | (moderates ? moderating : 0n)
    const role = known ?? (await createRole(context, { guildId, name, permissions, hoisted: true }))
    ids.push({ id: role.id, people })
  }
  const [top] = ids
  if (top && !myRoleIds.includes(top.id)) await call.member.setRoles({ guildId, userId, roleIds: [top.id] })
  // Each talker has the highest role whose circle they are in.
  for (const [i, person] of talkers.entries()) {
    const role = ids.find(({ people }) => i < people)
    if (role) await call.member.setRoles({ guildId, userId: idOf(person), roleIds: [role.id] })
  }
}
