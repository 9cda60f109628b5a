import type { Deps } from "@hearth/api"
import { importAccounts } from "@hearth/api/import"
import { type Snowflake, snowflakeTime } from "@hearth/core"
import { schema } from "@hearth/db"
import { inArray } from "drizzle-orm"
import { castOf, type Person } from "../plan/cast.ts"
import { finaleOf } from "../plan/finale.ts"
import { historyOf } from "../plan/history.ts"
import { type ChannelPlan, type GuildPlan, guildPlans, type Size } from "../plan/places.ts"
import { randomOf } from "@hearth/ui/portrait"
import { demoAccount, me } from "./account.ts"
import { signInAs } from "./caller.ts"
import { fillChannel } from "./channel.ts"
import { fillGuild, guildNamed } from "./guild.ts"

const SEED = "larkfield"
const DAY = 86_400_000
/** Channels that are written at once. */
const WRITERS = 3

export interface FilledChannel {
  plan: ChannelPlan
  guild: GuildPlan
  guildId: Snowflake
  channelId: Snowflake
  /** How many messages the plan has. */
  count: number
}
export interface Filled {
  userId: Snowflake
  channels: FilledChannel[]
  /** The people who talk in a server. */
  talkersOf(guild: GuildPlan): Person[]
  idOf(person: Person): Snowflake
}
export interface FillOptions {
  size: Size
  signal: AbortSignal
  onProgress?: (step: "people" | "messages", done: number, of: number) => void
}

/** How many messages a channel gets. */
export const countOf = ({ messages }: Size, guild: GuildPlan, channel: ChannelPlan): number => {
  const all = guildPlans.reduce((sum, g) => sum + g.messages, 0)
  const weights = guild.channels.reduce((sum, c) => sum + c.weight, 0)
  return Math.max(12, Math.round((messages * guild.messages * channel.weight) / (all * weights)))
}

/** Who is in a server: its talkers first, then others until it is as large as planned. */
export const membersOf = (cast: readonly Person[], guild: GuildPlan): Person[] => {
  const count = Math.max(guild.talkers, Math.round((cast.length * guild.members) / 1000))
  const talkers = talkersIn(cast, guild)
  const others = [...cast.slice(guild.from + guild.talkers), ...cast.slice(0, guild.from)]
  return [...talkers, ...others].slice(0, count)
}
const talkersIn = (cast: readonly Person[], { from, talkers }: GuildPlan): Person[] =>
  cast.length >= from + talkers ? cast.slice(from, from + talkers) : cast.slice(-talkers)

/** Brings a Hearth to what the plan says, by the services that people use. Goes on where an earlier try was stopped. */
export const fill = async (deps: Deps, { size, signal, onProgress = () => {} }: FillOptions): Promise<Filled> => {
  const userId = await demoAccount(deps)
  const owner = await signInAs(deps, userId)
  try {
    const cast = castOf(SEED, size.people)
    const [main] = guildPlans
    if (!main) throw new Error("a demo without a server")
    // The moment at which it all began to be written: the same when an interrupted one goes on.
    const begun = (await guildNamed(owner, main.name)) ?? (await owner.call.guild.create({ name: main.name }))
    const to = snowflakeTime(begun.guild.id)
    const from = to - size.days * DAY

    const ids = await importPeople(deps, cast, { from, to }, (done) => {
      signal.throwIfAborted()
      onProgress("people", done, cast.length)
    })
    ids.set(me.email, userId)
    const idOf = (person: Person): Snowflake => {
      const id = ids.get(person.email)
      if (!id) throw new Error(`${person.email} is nobody`)
      return id
    }

    const channels: FilledChannel[] = []
    for (const plan of guildPlans) {
      signal.throwIfAborted()
      const members = membersOf(cast, plan).map((person) => ({ person, joinedAt: joinedAt(person, from, to) }))
      const talkers = talkersIn(cast, plan)
      const made = await fillGuild(deps, { plan, owner, members, talkers, idOf })
      for (const channel of plan.channels) {
        const channelId = made.channels.get(channel.name)
        if (!channelId) throw new Error(`${channel.name} was not made`)
        const count = countOf(size, plan, channel)
        channels.push({ plan: channel, guild: plan, guildId: made.guildId, channelId, count })
      }
    }
    const filled: Filled = { userId, channels, idOf, talkersOf: (guild) => talkersIn(cast, guild) }
    await fillChannels(deps, filled, { from, to }, { size, signal, onProgress })
    return filled
  } finally {
    await owner.signOut()
  }
}

const joinedAt = ({ index }: Person, from: number, to: number): number =>
  // Who talks was there from the beginning; the others came as it grew.
  index < 250 ? from + index * 60_000 : Math.round(from + (to - from) * randomOf(`joined/${index}`)() ** 0.7)

const importPeople = async (
  deps: Deps,
  cast: readonly Person[],
  { from, to }: { from: number; to: number },
  onProgress: (done: number) => void,
): Promise<Map<string, Snowflake>> => {
  const { users } = schema
  const emails = cast.map(({ email }) => email)
  const found = await deps.db
    .select({ id: users.id, email: users.email })
    .from(users)
    .where(inArray(users.email, emails))
  const ids = new Map(found.map(({ id, email }) => [email, id]))
  const missing = cast.filter(({ email }) => !ids.has(email))
  onProgress(ids.size)
  const accounts = missing.map((person) => ({
    email: person.email,
    displayName: person.name,
    ...(person.portrait && { portrait: person.portrait }),
    createdAt: joinedAt(person, from, to) - 60_000,
  }))
  const made = await importAccounts(deps, accounts, (done) => onProgress(found.length + done))
  for (const [email, id] of made) ids.set(email, id)
  return ids
}

const fillChannels = async (
  deps: Deps,
  filled: Filled,
  { from, to }: { from: number; to: number },
  { size, signal, onProgress = () => {} }: FillOptions,
): Promise<void> => {
  const { channels, idOf, talkersOf, userId } = filled
  const total = channels.reduce((sum, c) => sum + c.count, 0)
  const stored = new Map<FilledChannel, number>()
  const mention = (person: Person) => `<@${person === me ? userId : idOf(person)}>`
  // The longest first, so that the last writer does not work alone.
  const waiting = [...channels].sort((a, b) => b.count - a.count)
  const write = async (channel: FilledChannel): Promise<void> => {
    const { plan, guild, count } = channel
    const { head } = await deps.store.head(channel.channelId)
    const seed = `${SEED}/${guild.name}/${size.messages}`
    const talkers = talkersOf(guild)
    const finale = finaleOf(seed, plan, { talkers, me, mention, to })
    const plannedMessages =
      head < count ? historyOf({ seed, channel: plan, count, talkers, from, to, mention, finale }) : []
    await fillChannel(deps, {
      channelId: channel.channelId,
      messages: plannedMessages,
      idOf,
      signal,
      onProgress: (done) => {
        stored.set(channel, head < count ? done : count)
        onProgress(
          "messages",
          [...stored.values()].reduce((a, b) => a + b, 0),
          total,
        )
      },
    })
  }
  const writer = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await write(next)
  }
  await Promise.all(Array.from({ length: WRITERS }, writer))
}
