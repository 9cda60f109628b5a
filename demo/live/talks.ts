import { setTimeout as delay } from "node:timers/promises"
import { pick, type Random } from "@hearth/ui/portrait"
import type { FilledChannel } from "../fill/fill.ts"
import { commonPack, packOf, type Scene } from "../plan/pack.ts"
import { bag, play, type Said } from "../plan/talk.ts"
import type { Voice } from "./voice.ts"

export interface Pace {
  /** Between the end of a talk in a channel and the next one there, in ms. */
  between: number
  /** How long a line takes, at least, and by the character. */
  line: number
  character: number
}
export const naturalPace: Pace = { between: 25_000, line: 3000, character: 45 }

const MOST_TYPING_MS = 9000

/** Until the signal: a talk in this channel, a pause, another talk, by those of the voices who are at home there. */
export const keepTalking = async (
  random: Random,
  channel: FilledChannel,
  voices: readonly Voice[],
  { pace = naturalPace, signal }: { pace?: Pace; signal: AbortSignal },
): Promise<void> => {
  const pack = packOf(channel.plan.pack)
  // A lone emoji is fine now and then, and no way to begin an evening.
  const nextScene = bag<Scene>(
    random,
    pack.scenes.filter((scene) => scene.length > 1),
  )
  const nextChatter = bag<Scene>(random, commonPack().scenes)
  const chatter = channel.plan.chatter ?? 0
  while (!signal.aborted) {
    const small = chatter > 0 && random() < 1 / chatter
    const scene = small ? nextChatter() : nextScene()
    const people = voices.map(({ person }) => person)
    const said = play(random, small ? commonPack() : pack, scene, { people, at: 0 })
    await hold(random, channel, voices, said, { pace, signal })
    await sleep(pace.between * (0.4 + 1.6 * random()), signal)
  }
}

const hold = async (
  random: Random,
  { channelId }: FilledChannel,
  voices: readonly Voice[],
  said: readonly Said[],
  { pace, signal }: { pace: Pace; signal: AbortSignal },
): Promise<void> => {
  const numbers = new Map<Said, number>()
  for (const [i, line] of said.entries()) {
    const voice = voices.find(({ person }) => person === line.author)
    if (!voice || signal.aborted) return
    if (!voice.here) continue
    voice.be("online")
    voice.look(channelId)
    const typing = Math.min(pace.line + line.content.length * pace.character, MOST_TYPING_MS) * (0.7 + 0.6 * random())
    voice.typing(channelId)
    await sleep(typing, signal)
    if (signal.aborted) return
    const answers = line.replyTo && line.replyTo !== said[i - 1] ? (numbers.get(line.replyTo) ?? null) : null
    const seq = await voice.say(channelId, line.content, answers)
    if (seq === null) continue
    numbers.set(line, seq)
    void applaud(random, channelId, voices, seq, line, { pace, signal })
    await sleep(pace.line * (0.3 + random()), signal)
  }
}

const applaud = async (
  random: Random,
  channelId: string,
  voices: readonly Voice[],
  seq: number,
  { reactions, author }: Said,
  { pace, signal }: { pace: Pace; signal: AbortSignal },
): Promise<void> => {
  if (reactions.length === 0 || random() < 0.4) return
  const audience = voices.filter((v) => v.here && v.person !== author)
  for (let left = Math.ceil(random() * 4); left > 0 && audience.length > 0; left--) {
    await sleep(pace.line * (0.5 + 2 * random()), signal)
    if (signal.aborted) return
    pick(random, audience).react(channelId, seq, pick(random, reactions.slice(0, 2)))
  }
}

/** Or until the signal, whichever comes first. */
const sleep = (ms: number, signal: AbortSignal): Promise<void> => delay(ms, undefined, { signal }).catch(() => {})
