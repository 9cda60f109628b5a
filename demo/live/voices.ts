import type { Deps } from "@hearth/api"
import { pick, randomOf } from "@hearth/ui/portrait"
import { type SignedInCaller, signInAs } from "../fill/caller.ts"
import type { Filled } from "../fill/fill.ts"
import type { Person } from "../plan/cast.ts"
import { regularsOf } from "../plan/history.ts"
import { guildPlans } from "../plan/places.ts"
import { keepTalking, type Pace } from "./talks.ts"
import { joinIn, type Voice } from "./voice.ts"

/** In the smaller servers that somebody talks in, so many of the voices are at home. */
const ELSEWHERE = 3

/** Who is going to talk: mostly in the first server, a few in each of the others where somebody does. */
const chooseVoices = (filled: Filled, count: number): Person[] => {
  const [main, ...others] = guildPlans
  if (!main) return []
  const lively = others.filter((guild) => guild.channels.some((c) => c.live))
  const elsewhere = lively.flatMap((guild) => filled.talkersOf(guild).slice(0, ELSEWHERE))
  const chosen = new Set([...filled.talkersOf(main).slice(0, Math.max(3, count - elsewhere.length)), ...elsewhere])
  return [...chosen].slice(0, count)
}

/** Some are away from the keyboard, or do not want to be disturbed; they come back when they have something to say. */
const moods = ["online", "online", "online", "idle", "idle", "dnd"] as const

export interface Live {
  /** Everybody has been let in. */
  ready: Promise<void>
  stop(): Promise<void>
}

/** People who go on talking until it is stopped, each over a connection of their own. */
export const startVoices = async (
  deps: Deps,
  filled: Filled,
  { url, count, pace }: { url: string; count: number; pace?: Pace },
): Promise<Live> => {
  const random = randomOf(crypto.randomUUID())
  const stopping = new AbortController()
  const callers: SignedInCaller[] = []
  const voices: Voice[] = []
  for (const person of chooseVoices(filled, count)) {
    const caller = await signInAs(deps, filled.idOf(person))
    callers.push(caller)
    const voice = joinIn(url, caller, person)
    voice.be(pick(random, moods))
    voices.push(voice)
  }
  const talks = filled.channels
    .filter(({ plan }) => plan.live)
    .map((channel) => {
      const talkers = filled.talkersOf(channel.guild)
      const home = new Set(regularsOf(channel.guild.name, channel.plan, talkers))
      const present = voices.filter(({ person }) => talkers.includes(person))
      // Whoever is at home there is heard more often.
      const sorted = [...present].sort((a, b) => Number(home.has(b.person)) - Number(home.has(a.person)))
      return sorted.length < 2
        ? null
        : keepTalking(random, channel, sorted, { signal: stopping.signal, ...(pace && { pace }) })
    })
  return {
    ready: Promise.all(voices.map((voice) => voice.ready)).then(() => {}),
    stop: async () => {
      stopping.abort()
      await Promise.all(talks)
      for (const voice of voices) voice.leave()
      await Promise.all(callers.map((caller) => caller.signOut()))
    },
  }
}
