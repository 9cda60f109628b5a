import type { Bootstrap, Channel, Deletions, GuildSnapshot, ReadState, Role, UnreadThread, UserCard } from "./entity.ts"
import type { EventName, EventPayload, Pos } from "./protocol.ts"
import { MAX_CONVERSATIONS, MAX_DELETIONS, MAX_UNREAD_MENTIONS, MAX_UNREAD_THREADS } from "./limits.ts"
import type { Snowflake } from "./snowflake.ts"
import { compareSnowflakes } from "./snowflake-order.ts"

/**
 * Snapshot + events = a fresh snapshot: what the web client keeps, and what the property test of the services compares.
 * Values are never changed in place; what an event does not touch keeps its identity.
 */
type Reducers = { [E in EventName]?: (state: Bootstrap, payload: EventPayload<E>) => Bootstrap }

/** Orders positions, which are decimal strings: shorter is older. */
export const comparePos = (a: Pos, b: Pos): number => compareSnowflakes(a, b)

/** Channels and roles as every list shows them: by position, then by age. */
export const byPosition = (a: { position: number; id: Snowflake }, b: { position: number; id: Snowflake }): number =>
  a.position - b.position || compareSnowflakes(a.id, b.id)

const put = <T extends { position: number; id: Snowflake }>(list: readonly T[], item: T): T[] =>
  [...list.filter((x) => x.id !== item.id), item].sort(byPosition)

const inGuild = (
  state: Bootstrap,
  guildId: Snowflake,
  change: (snapshot: GuildSnapshot) => GuildSnapshot,
): Bootstrap => {
  if (!state.guilds.some((g) => g.guild.id === guildId)) return state
  return { ...state, guilds: state.guilds.map((g) => (g.guild.id === guildId ? change(g) : g)) }
}

/** Forgets heads and read marks of channels that are no longer seen. */
const forget = (state: Bootstrap, channelIds: readonly Snowflake[]): Bootstrap => {
  if (channelIds.length === 0) return state
  const gone = new Set(channelIds)
  const { parents } = state
  return {
    ...state,
    ...(state.mentions && {
      mentions: Object.fromEntries(Object.entries(state.mentions).filter(([id]) => !gone.has(parents?.[id] ?? id))),
    }),
    ...(state.deleted && {
      deleted: Object.fromEntries(Object.entries(state.deleted).filter(([id]) => !gone.has(id))),
    }),
    ...(state.threads && { threads: state.threads.filter((t) => !gone.has(t.channelId)) }),
    ...(state.drafts && { drafts: Object.fromEntries(Object.entries(state.drafts).filter(([id]) => !gone.has(id))) }),
    heads: Object.fromEntries(Object.entries(state.heads).filter(([id]) => !gone.has(id))),
    readStates: state.readStates.filter((r) => !gone.has(r.channelId)),
  }
}

/** Every channel that is seen has a head; what was heard of it before stays. */
const withHeads = (state: Bootstrap, channels: readonly Channel[]): Bootstrap => ({
  ...state,
  heads: { ...Object.fromEntries(channels.map((c) => [c.id, 0])), ...state.heads },
})

/** Conversations stand behind the servers, the one where somebody wrote last at the very end. */
const toEnd = (state: Bootstrap, moved: ReadonlySet<Snowflake>): Bootstrap => {
  const isMoved = (g: GuildSnapshot): boolean => g.conversation !== undefined && moved.has(g.guild.id)
  const last = state.guilds.filter(isMoved)
  if (last.length === 0 || state.guilds.slice(-last.length).every(isMoved)) return state
  return { ...state, guilds: [...state.guilds.filter((g) => !isMoved(g)), ...last] }
}

const raiseHeads = (state: Bootstrap, heads: Iterable<readonly [Snowflake, number]>): Bootstrap => {
  let raised: Record<Snowflake, number> | null = null
  const moved = new Set<Snowflake>()
  for (const [id, head] of heads) {
    const held = (raised ?? state.heads)[id]
    if (held === undefined || held >= head) continue
    raised ??= { ...state.heads }
    raised[id] = head
    moved.add(id)
  }
  return raised ? toEnd({ ...state, heads: raised }, moved) : state
}

const leaveThread = (state: Bootstrap, id: Snowflake): Bootstrap =>
  state.threads?.some((t) => t.id === id) ? { ...state, threads: state.threads.filter((t) => t.id !== id) } : state

const putThread = (state: Bootstrap, thread: UnreadThread): Bootstrap => {
  // Who does not know its channel may not view it any more.
  if (state.heads[thread.channelId] === undefined) return state
  // It was read before this came.
  if ((state.threadReads?.[thread.id] ?? 0) >= thread.head) return state
  const others = (state.threads ?? []).filter((t) => t.id !== thread.id)
  // Of too many those go that began first: when somebody wrote in them is not known here.
  const kept = others.slice(-MAX_UNREAD_THREADS + 1)
  return { ...state, threads: [...kept, thread].sort((a, b) => compareSnowflakes(a.id, b.id)) }
}

/** What was read of a thread addresses nobody any more: its numbers go, since no list has its mark. */
const leaveRead = (state: Bootstrap): Bootstrap => {
  const { mentions, threadReads } = state
  if (!mentions || !threadReads) return state
  const left = Object.entries(mentions).map(([id, seqs]) => {
    const read = state.heads[id] === undefined ? (threadReads[id] ?? 0) : 0
    return [id, seqs.filter((seq) => seq > read)] as const
  })
  return { ...state, mentions: Object.fromEntries(left.filter(([, seqs]) => seqs.length > 0)) }
}

const mark = (before: Bootstrap, mark: ReadState): Bootstrap => {
  const { channelId, lastReadSeq } = mark
  const thread = before.threads?.find((t) => t.id === channelId)
  const state = thread && lastReadSeq >= thread.head ? leaveThread(before, thread.id) : before
  // A thread, or a channel that one may not view.
  if (state.heads[channelId] === undefined)
    return leaveRead({ ...state, threadReads: { ...state.threadReads, [channelId]: lastReadSeq } })
  const readStates = [...state.readStates.filter((r) => r.channelId !== channelId), mark]
  return { ...state, readStates: readStates.sort((a, b) => compareSnowflakes(a.channelId, b.channelId)) }
}

/** By name, by a role that one has, or as one of all; never by oneself. */
export const addresses = (
  state: Bootstrap,
  { channelId, targetId }: { channelId: Snowflake; targetId: Snowflake },
): boolean => {
  if (targetId === state.me.id) return true
  const at = state.parents?.[channelId] ?? channelId
  const home = state.guilds.find((g) => g.channels.some((c) => c.id === at))
  return home !== undefined && (targetId === home.guild.id || home.myRoleIds.includes(targetId))
}

const setMentions = (state: Bootstrap, channelId: Snowflake, seqs: number[]): Bootstrap => {
  const { [channelId]: _, ...others } = state.mentions ?? {}
  return { ...state, mentions: seqs.length === 0 ? others : { ...others, [channelId]: seqs } }
}

const addMention = (before: Bootstrap, mention: EventPayload<"mention:added">): Bootstrap => {
  const { channelId, seq, authorId, parentId } = mention
  const state = parentId === undefined ? before : { ...before, parents: { ...before.parents, [channelId]: parentId } }
  const held = state.mentions?.[channelId] ?? []
  if (authorId === state.me.id || held.includes(seq) || !addresses(state, mention)) return before
  if (parentId !== undefined && (state.heads[parentId] === undefined || seq <= (state.threadReads?.[channelId] ?? 0)))
    return before
  const seqs = [...held, seq].sort((a, b) => a - b).slice(-MAX_UNREAD_MENTIONS)
  // Whoever is told of a message knows that the channel is at least that long.
  return raiseHeads(setMentions(state, channelId, seqs), [[channelId, seq]])
}

const removeMention = (state: Bootstrap, mention: EventPayload<"mention:removed">): Bootstrap => {
  const { channelId, seq } = mention
  const held = state.mentions?.[channelId]
  if (!held?.includes(seq) || !addresses(state, mention)) return state
  return setMentions(
    state,
    channelId,
    held.filter((s) => s !== seq),
  )
}

/** What was deleted stays so: numbers are only ever added. */
const addDeletions = (state: Bootstrap, told: Deletions | undefined): Bootstrap => {
  if (!told) return state
  const deleted = { ...state.deleted }
  for (const [id, seqs] of Object.entries(told)) {
    if (state.heads[id] === undefined) continue
    const all = new Set([...(deleted[id] ?? []), ...seqs])
    deleted[id] = [...all].sort((a, b) => a - b).slice(-MAX_DELETIONS)
  }
  return { ...state, deleted }
}

const putChannel = (state: Bootstrap, channel: Channel): Bootstrap => {
  const next = inGuild(state, channel.guildId, (g) => ({ ...g, channels: put(g.channels, channel) }))
  return next === state ? state : withHeads(next, [channel])
}

const removeGuild = (state: Bootstrap, guildId: Snowflake): Bootstrap => {
  const gone = state.guilds.find((g) => g.guild.id === guildId)
  if (!gone) return state
  return forget(
    { ...state, guilds: state.guilds.filter((g) => g !== gone) },
    gone.channels.map((c) => c.id),
  )
}

const addConversation = (state: Bootstrap, added: EventPayload<"conversation:added">): Bootstrap => {
  const { snapshot, head, lastReadSeq, mentions } = added
  const { id } = snapshot.guild
  const talks = state.guilds.filter((g) => g.conversation !== undefined && g.guild.id !== id)
  const [quietest] = talks
  // Of too many those make way in which nobody wrote for longest.
  const room = talks.length >= MAX_CONVERSATIONS && quietest ? removeGuild(state, quietest.guild.id) : state
  const isKnown = room.guilds.some((g) => g.guild.id === id)
  const guilds = isKnown ? room.guilds.map((g) => (g.guild.id === id ? snapshot : g)) : [...room.guilds, snapshot]
  const known = raiseHeads(withHeads({ ...room, guilds }, snapshot.channels), [[id, head]])
  const read = lastReadSeq > 0 ? mark(known, { channelId: id, lastReadSeq }) : known
  return mentions.length > 0 ? setMentions(read, id, mentions) : read
}

/** Somebody in one's conversations has another name or face. */
const renamePerson = (state: Bootstrap, card: UserCard): Bootstrap =>
  state.guilds.reduce((renamed, { guild, conversation: talk }) => {
    if (!talk?.people.some((p) => p.id === card.id)) return renamed
    const people = talk.people.map((p) => (p.id === card.id ? card : p))
    return inGuild(renamed, guild.id, (g) => ({ ...g, conversation: { ...talk, people } }))
  }, state)

const putRole = (state: Bootstrap, role: Role): Bootstrap =>
  inGuild(state, role.guildId, (g) => ({ ...g, roles: put(g.roles, role) }))

const setDue = (state: Bootstrap, { due }: { due: number }): Bootstrap => {
  const { due: _, ...rest } = state
  return due > 0 ? { ...rest, due } : rest
}

const setAsked = (state: Bootstrap, { asked }: { asked: number }): Bootstrap => {
  const { asked: _, ...rest } = state
  return asked > 0 ? { ...rest, asked } : rest
}

const setFriend = (state: Bootstrap, userId: Snowflake, isFriend: boolean): Bootstrap => {
  const { friends = [], ...rest } = state
  if (friends.includes(userId) === isFriend) return state
  const left = isFriend ? [...friends, userId].sort(compareSnowflakes) : friends.filter((id) => id !== userId)
  return left.length > 0 ? { ...rest, friends: left } : rest
}

const setUnsent = (state: Bootstrap, { unsent }: { unsent: number }): Bootstrap => {
  const { unsent: _, ...rest } = state
  return unsent > 0 ? { ...rest, unsent } : rest
}

const reducers: Reducers = {
  "gateway:ready": (before, { pos, reset, channelIds, conversationIds = [], heads, readStates }) => {
    // Everything up to `pos` was sent before this; after a `reset` it was not, and a new snapshot is on its way.
    const state = reset || comparePos(pos, before.pos) <= 0 ? before : { ...before, pos }
    const seen = new Set([...channelIds, ...conversationIds])
    const gone = state.guilds.flatMap((g) => g.channels.filter((c) => !seen.has(c.id)).map((c) => c.id))
    const guilds =
      gone.length === 0
        ? state.guilds
        : state.guilds.map((g) => ({ ...g, channels: g.channels.filter((c) => seen.has(c.id)) }))
    // Marks of threads may have changed unheard.
    const { threadReads: _, ...left } = forget({ ...state, guilds }, gone)
    return readStates.reduce(mark, raiseHeads(left, Object.entries(heads)))
  },
  "guild:added": (state, snapshot) => {
    const known = state.guilds.some((g) => g.guild.id === snapshot.guild.id)
    const sorted = {
      ...snapshot,
      roles: [...snapshot.roles].sort(byPosition),
      channels: [...snapshot.channels].sort(byPosition),
    }
    const guilds = known
      ? state.guilds.map((g) => (g.guild.id === snapshot.guild.id ? sorted : g))
      : [...state.guilds.filter((g) => !g.conversation), sorted, ...state.guilds.filter((g) => g.conversation)]
    return withHeads({ ...state, guilds }, snapshot.channels)
  },
  "guild:updated": (state, guild) => inGuild(state, guild.id, (g) => ({ ...g, guild })),
  "guild:removed": (state, { guildId }) => removeGuild(state, guildId),
  "channel:added": putChannel,
  // Who does not know the channel may not view it, or has yet to hear `channel:added`.
  "channel:updated": (state, channel) => (state.heads[channel.id] === undefined ? state : putChannel(state, channel)),
  "channel:removed": (state, { guildId, channelId }) =>
    forget(
      inGuild(state, guildId, (g) => ({ ...g, channels: g.channels.filter((c) => c.id !== channelId) })),
      [channelId],
    ),
  "channels:reordered": (state, { guildId, channelIds }) => {
    const position = new Map(channelIds.map((id, i) => [id, i]))
    return inGuild(state, guildId, (g) => ({
      ...g,
      channels: g.channels.map((c) => ({ ...c, position: position.get(c.id) ?? c.position })).sort(byPosition),
    }))
  },
  "role:added": putRole,
  "role:updated": putRole,
  "role:removed": (state, { guildId, roleId }) =>
    inGuild(state, guildId, (g) => ({
      ...g,
      roles: g.roles.filter((r) => r.id !== roleId),
      myRoleIds: g.myRoleIds.filter((id) => id !== roleId),
      channels: g.channels.map((c) =>
        c.overwrites.some((o) => o.targetId === roleId)
          ? { ...c, overwrites: c.overwrites.filter((o) => o.targetId !== roleId) }
          : c,
      ),
    })),
  "me:roles": (state, { guildId, roleIds }) => inGuild(state, guildId, (g) => ({ ...g, myRoleIds: roleIds })),
  "me:updated": (state, card) => (card.id === state.me.id ? { ...state, me: { ...state.me, ...card } } : state),
  "status:updated": (state, status) => ((state.status?.version ?? 0) > status.version ? state : { ...state, status }),
  "user:updated": renamePerson,
  "instance:updated": (state, { name }) => ({ ...state, instance: { ...state.instance, name } }),
  "read:marked": mark,
  "reads:marked": (state, { readStates }) => readStates.reduce(mark, state),
  "conversation:added": addConversation,
  "conversation:updated": (state, { guildId, conversation }) =>
    inGuild(state, guildId, (g) => ({ ...g, conversation })),
  "conversation:removed": (state, { guildId }) => removeGuild(state, guildId),
  "friend:added": (state, { user, asked }) => setAsked(setFriend(state, user.id, true), { asked }),
  "friend:removed": (state, { userId }) => setFriend(state, userId, false),
  "friend:asked": setAsked,
  "thread:unread": putThread,
  "thread:left": (state, { id }) => leaveThread(state, id),
  "later:changed": setDue,
  "later:due": setDue,
  "schedule:changed": setUnsent,
  "mention:added": addMention,
  "mention:removed": removeMention,
  "mention:unread": (state, { mentions, parents, all, deleted }) =>
    addDeletions(
      leaveRead({
        ...state,
        mentions: { ...(!all && state.mentions), ...mentions },
        ...(parents && { parents: { ...state.parents, ...parents } }),
      }),
      deleted,
    ),
  "draft:saved": (state, { channelId, version }) => ({ ...state, drafts: { ...state.drafts, [channelId]: version } }),
  "draft:removed": (state, { channelId }) => {
    const { [channelId]: _, ...drafts } = state.drafts ?? {}
    return { ...state, drafts }
  },
  "channel:activity": (state, { heads, deleted }) => addDeletions(raiseHeads(state, Object.entries(heads)), deleted),
  "channel:heads": (state, { heads }) =>
    raiseHeads(
      state,
      heads.map((h) => [h.channelId, h.head] as const),
    ),
  "channel:changed": (state, packets) =>
    raiseHeads(
      state,
      packets.map((p) => [p.channelId, p.head] as const),
    ),
}

/**
 * One event over a snapshot. `pos` comes with what the outbox tells: an event at or below the snapshot's own position is in
 * it already and changes nothing. Events that say nothing about the snapshot return it as it is.
 */
export const applyEvent = <E extends EventName>(
  state: Bootstrap,
  event: E,
  payload: EventPayload<E>,
  pos?: Pos,
): Bootstrap => {
  if (pos !== undefined && comparePos(pos, state.pos) <= 0) return state
  const reduce = reducers[event]
  const next = reduce ? reduce(state, payload) : state
  return pos === undefined ? next : { ...next, pos }
}
