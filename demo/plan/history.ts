import { pick, type Random, randomOf } from "@hearth/ui/portrait"
import { moments } from "./calendar.ts"
import type { Person } from "./cast.ts"
import { commonPack, packOf } from "./pack.ts"
import type { ChannelPlan } from "./places.ts"
import { bag, play, type Said } from "./talk.ts"

export interface Reaction {
  emoji: string
  people: Person[]
}
export interface PlannedMessage {
  at: number
  author: Person
  content: string
  /** The number of the one it answers. */
  replyTo: number | null
  reactions: Reaction[]
}

const anywhere = ["❤️", "👍", "😂", "🎉", "🙏", "👏", "😍", "🔥", "👀", "💯"]
const TWO_MINUTES = 120_000

/** Who reacts, with what: most messages go by quietly, and a few are loved. */
const reactionsTo = (random: Random, { reactions, author }: Said, people: readonly Person[]): Reaction[] => {
  if (random() > (reactions.length > 0 ? 0.45 : 0.035)) return []
  const kinds =
    reactions.length > 0 ? reactions.slice(0, 1 + Math.floor(random() * reactions.length)) : [pick(random, anywhere)]
  const loved = random() < 0.06 ? 3 : 1
  return [...new Set(kinds)].flatMap((emoji, i) => {
    const count = Math.min(people.length - 1, Math.ceil(-Math.log(1 - random()) * (2.3 / (i + 1)) * loved))
    const who = new Set<Person>()
    for (let tries = 0; who.size < count && tries < count * 4; tries++) {
      const person = pick(random, people)
      if (person !== author) who.add(person)
    }
    return who.size > 0 ? [{ emoji, people: [...who] }] : []
  })
}

export interface HistoryPlan {
  seed: string
  channel: ChannelPlan
  count: number
  talkers: readonly Person[]
  from: number
  to: number
  /** How somebody is addressed in a message. */
  mention(person: Person): string
  /** What is said at the very end, whatever chance says. */
  finale?: readonly Said[]
}

/** The people who are at home in a channel: the server's most talkative, and others by chance. */
export const regularsOf = (seed: string, channel: ChannelPlan, talkers: readonly Person[]): Person[] => {
  const random = randomOf(`${seed}/${channel.name}/regulars`)
  const order = talkers.map((person, i) => ({ person, key: i * 0.6 + random() * talkers.length }))
  if (channel.regulars <= 4) return talkers.slice(0, channel.regulars)
  return order
    .sort((a, b) => a.key - b.key)
    .slice(0, channel.regulars)
    .map(({ person }) => person)
}

/** All that was said in a channel, in order, the same for the same plan. */
export const historyOf = ({
  seed,
  channel,
  count,
  talkers,
  from,
  to,
  mention,
  finale = [],
}: HistoryPlan): PlannedMessage[] => {
  const random = randomOf(`${seed}/${channel.name}`)
  const pack = packOf(channel.pack)
  const people = regularsOf(seed, channel, talkers)
  const nextScene = bag(random, pack.scenes)
  const nextChatter = bag(random, commonPack().scenes)
  const scenes: Said[][] = []
  const heard: string[] = []
  let total = finale.length
  while (total < count) {
    const chatter = channel.chatter !== undefined && random() < 1 / channel.chatter
    const source = chatter ? commonPack() : pack
    const turns = unheard(heard, () =>
      play(random, source, chatter ? nextChatter() : nextScene(), { people, at: 0, mention }),
    )
    scenes.push(turns)
    total += turns.length
  }
  const ends = to - (finale.length > 0 ? 45 : 1) * 60_000
  const starts = moments(random, scenes.length, { from, to: ends, rhythm: channel.rhythm ?? "day" })
  const said = scenes.flatMap((turns, i) => {
    const start = starts[i] ?? from
    return turns.map((turn) => Object.assign(turn, { at: Math.min(Math.round(start + turn.at), ends - 1) }))
  })
  said.sort((a, b) => a.at - b.at)
  const all = [...said, ...finale].slice(-count)
  const numbers = new Map(all.map((message, i) => [message, i + 1]))
  return all.map((message, i) => ({
    at: message.at,
    author: message.author,
    content: message.content,
    replyTo: answered(message, all[i - 1], numbers),
    reactions: reactionsTo(random, message, people),
  }))
}

const REMEMBERED = 60
const TRIES = 6
/** What is short may come again. */
const SHORT = 40

/** Another scene, or other words, when one of its longer sentences was heard lately. */
const unheard = (heard: string[], next: () => Said[]): Said[] => {
  const long = (turns: Said[]) => turns.map(({ content }) => content).filter((content) => content.length > SHORT)
  let turns = next()
  for (let tries = 1; tries < TRIES && long(turns).some((content) => heard.includes(content)); tries++) turns = next()
  heard.push(...long(turns))
  heard.splice(0, heard.length - REMEMBERED)
  return turns
}

/** Nobody quotes the line right above, unless it is a while ago. */
const answered = (message: Said, before: Said | undefined, numbers: ReadonlyMap<Said, number>): number | null => {
  const { replyTo } = message
  if (!replyTo || (replyTo === before && message.at - before.at < TWO_MINUTES)) return null
  return numbers.get(replyTo) ?? null
}
