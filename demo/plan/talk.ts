import { pick, type Random } from "@hearth/ui/portrait"
import { pause } from "./calendar.ts"
import { firstName, type Person } from "./cast.ts"
import { expand } from "./grammar.ts"
import type { Pack, Scene } from "./pack.ts"
import { speak } from "./speech.ts"

/** A message that somebody is going to have written. */
export interface Said {
  at: number
  author: Person
  content: string
  replyTo: Said | null
  /** What people may react with; none: whatever fits anywhere. */
  reactions: readonly string[]
}

/** Draws from a list by chance, and never one of the half that was drawn last. */
export const bag = <T>(random: Random, list: readonly T[]): (() => T) => {
  const rested = [...list]
  const tired: T[] = []
  return () => {
    const [drawn] = rested.splice(Math.floor(random() * rested.length), 1) as [T]
    tired.push(drawn)
    if (tired.length > list.length / 2) rested.push(tired.shift() as T)
    return drawn
  }
}

/** Some are heard often, most now and then: the first of a list the most. */
export const oneOf = (random: Random, people: readonly Person[]): Person =>
  people[Math.floor(people.length * random() ** 2.2)] as Person

/** Plays a scene: who is who, what they say, and when. */
export const play = (
  random: Random,
  { words, plain }: Pack,
  scene: Scene,
  {
    people,
    at,
    mention,
    me,
  }: { people: readonly Person[]; at: number; mention?: (person: Person) => string; me?: Person },
): Said[] => {
  const roles = new Map<string, Person>(me && [["M", me]])
  const roleOf = (who: string, speakers: RegExp | null): Person | undefined => {
    const known = roles.get(who)
    if (known) return known
    const able = speakers ? people.filter((person) => speakers.test(person.name)) : people
    const free = able.filter((person) => ![...roles.values()].includes(person))
    // Alone with a language, one speaks it alone; in a small circle somebody has two things to say.
    const person = free.length > 0 ? oneOf(random, free) : speakers ? undefined : oneOf(random, able)
    if (person) roles.set(who, person)
    return person
  }
  const kept = new Map<string, string>()
  const last = new Map<string, Said>()
  const said: Said[] = []
  let now = at
  for (const turn of scene) {
    // A line that answers one that was left out is left out, too.
    if (turn.optional && random() < 0.42) continue
    if (turn.to !== null && !last.has(turn.to)) continue
    const author = roleOf(turn.who, turn.speakers)
    if (!author) continue
    const others = [...roles.values()].filter((p) => p !== author)
    const name = () => {
      const person = others.length > 0 && random() < 0.6 ? pick(random, others) : oneOf(random, people)
      return mention && random() < 0.35 ? mention(person) : firstName(person)
    }
    const text = expand(random, turn.text, { words, name, kept })
    const parts = plain ? [text] : speak(random, text, author.habits)
    parts.forEach((content, i) => {
      now += said.length === 0 ? 0 : i > 0 ? 1500 + content.length * 50 : pause(random, content.length)
      const answered = i === 0 && turn.to !== null && random() < 0.8 ? (last.get(turn.to) ?? null) : null
      const reactions = i === parts.length - 1 ? turn.reactions : []
      const message = { at: now, author, content, replyTo: answered, reactions }
      said.push(message)
      last.set(turn.who, message)
    })
  }
  return said
}
