import type { GuildSnapshot, UserCard } from "@hearth/core"
import type { Emoji } from "../emoji/emoji.ts"
import { fold, matchesName } from "./member-search.ts"

export const MOST = 8

/** One line of what is suggested. `wire` is what it is sent as; without it the text is sent as it stands. */
export interface Suggestion {
  key: string
  kind: "member" | "role" | "everyone" | "channel" | "emoji" | "command"
  /** As it stands in the field. */
  shown: string
  wire?: string
  member?: UserCard
  emoji?: Emoji
}

const ofMember = (member: UserCard): Suggestion => ({
  key: `@${member.id}`,
  kind: "member",
  shown: `@${member.displayName}`,
  wire: `<@${member.id}>`,
  member,
})

/** Who begins so, first; then whose other names do. Of two lists the first is nearer: those who write here. */
export const suggestPeople = (
  query: string,
  near: readonly UserCard[],
  far: readonly UserCard[],
  { guild, roles }: Pick<GuildSnapshot, "guild" | "roles">,
  mayCallAll: boolean,
): Suggestion[] => {
  const people = new Map([...near, ...far].filter((p) => matchesName(p.displayName, query)).map((p) => [p.id, p]))
  const begins = (p: UserCard) => (fold(p.displayName).startsWith(fold(query)) ? 0 : 1)
  const members = [...people.values()].sort((a, b) => begins(a) - begins(b)).map(ofMember)
  const others: Suggestion[] = [
    ...(mayCallAll ? ["@everyone", "@here"] : []).map((shown) => ({ key: shown, kind: "everyone" as const, shown })),
    ...roles
      .filter((r) => r.id !== guild.id)
      .map((r) => ({ key: `@&${r.id}`, kind: "role" as const, shown: `@${r.name}`, wire: `<@&${r.id}>` })),
  ].filter((o) => query !== "" && matchesName(o.shown.slice(1), query))
  // Few of them, and long lists of people: they find room.
  return [...members.slice(0, MOST - Math.min(others.length, 3)), ...others].slice(0, MOST)
}

export const suggestChannels = (query: string, { channels }: Pick<GuildSnapshot, "channels">): Suggestion[] => {
  const wanted = fold(query)
  const starts: Suggestion[] = []
  const inside: Suggestion[] = []
  for (const { id, name } of channels) {
    const at = fold(name).indexOf(wanted)
    if (at < 0) continue
    const list = at === 0 ? starts : inside
    list.push({ key: `#${id}`, kind: "channel", shown: `#${name}`, wire: `<#${id}>` })
  }
  return [...starts, ...inside].slice(0, MOST)
}

/** What a message may begin with that is no message. */
export const suggestCommands = (query: string): Suggestion[] =>
  "poll".startsWith(query.toLowerCase()) ? [{ key: "/poll", kind: "command", shown: "/poll" }] : []

export const suggestEmoji = (found: readonly Emoji[], draw: (emoji: Emoji) => string): Suggestion[] =>
  found.slice(0, MOST).map((emoji) => ({ key: emoji.emoji, kind: "emoji", shown: draw(emoji), emoji }))
