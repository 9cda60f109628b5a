import { signInAs } from "../fill/caller.ts"
import type { OpenDeps } from "../fill/deps.ts"
import type { Filled, FilledChannel } from "../fill/fill.ts"
import { joinIn, type Voice } from "../live/voice.ts"
import type { Person } from "../plan/cast.ts"
import { lines, MOODS, READERS } from "./lines.ts"

/** The people around, each over a connection of their own. */
export interface Company {
  /** Somebody of #mirror-lab begins to write there. */
  beginsToWrite(): void
}

interface Place {
  deps: OpenDeps
  filled: Filled
  url: string
  channel(name: string): FilledChannel
  /** Who is at home in #mirror-lab, the newest voices first. */
  home: readonly Person[]
}

/** Lets people in, who say their lines and then sit where they are meant to. Closed with `open`. */
export const gather = async (
  { deps, filled, url, channel, home }: Place,
  open: AsyncDisposableStack,
): Promise<Company> => {
  const voices = new Map<Person, Voice>()
  const joins = async (person: Person): Promise<Voice> => {
    const known = voices.get(person)
    if (known) return known
    const caller = await signInAs(deps, filled.idOf(person))
    open.defer(() => caller.signOut())
    const voice = joinIn(url, caller, person)
    open.defer(() => voice.leave())
    voices.set(person, voice)
    await voice.ready
    return voice
  }
  for (const [i, mood] of MOODS.entries()) {
    const person = home[i]
    if (person) (await joins(person)).be(mood)
  }
  for (const { to, said } of lines) {
    const { channelId, guild } = channel(to)
    const there = to === "mirror-lab" ? home : filled.talkersOf(guild)
    for (const [who, content] of said) {
      const person = there[who]
      if (!person) throw new Error(`there are not ${who} people in #${to}`)
      const voice = await joins(person)
      await voice.open(channelId)
      if ((await voice.say(channelId, content, null)) === null) throw new Error(`"${content}" was not sent`)
    }
  }
  const lab = channel("mirror-lab").channelId
  for (const person of home.slice(0, READERS)) await (await joins(person)).open(lab)
  const [, writer] = home
  const voice = writer && voices.get(writer)
  if (!voice) throw new Error("nobody is there")
  return { beginsToWrite: () => voice.typing(lab) }
}
