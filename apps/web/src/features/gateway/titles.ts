import type { Bootstrap, GuildSnapshot } from "@hearth/core"

const NAMED = 3

/** Its own name, or those of the people in it. Who is alone in it reads their own. */
export const titleOf = ({ guild, conversation }: GuildSnapshot, me: string): string => {
  const { people = [], count = 1 } = conversation ?? {}
  if (guild.name) return guild.name
  const named = people.slice(0, NAMED)
  const rest = count - 1 - named.length
  return named.length === 0 ? me : named.map((p) => p.displayName).join(", ") + (rest > 0 ? ` +${rest}` : "")
}

const titled = new WeakSet<GuildSnapshot>()

/** The channel of a conversation has no name on the wire. Here it is called as the conversation is, for all that shows names of channels. */
export const withTitles = (b: Bootstrap): Bootstrap => {
  const isBare = (g: GuildSnapshot): boolean => g.conversation !== undefined && !titled.has(g)
  if (!b.guilds.some(isBare)) return b
  const guilds = b.guilds.map((g) => {
    if (!isBare(g)) return g
    const name = titleOf(g, b.me.displayName)
    const named = { ...g, channels: g.channels.map((c) => ({ ...c, name })) }
    titled.add(named)
    return named
  })
  return { ...b, guilds }
}
