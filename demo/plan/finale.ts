import { randomOf } from "@hearth/ui/portrait"
import type { Person } from "./cast.ts"
import { regularsOf } from "./history.ts"
import { commonPack, packOf } from "./pack.ts"
import type { ChannelPlan } from "./places.ts"
import { play, type Said } from "./talk.ts"

const withFinale = ["mirror-lab", "electronics", "tonight"]

/** What was said in a channel within the last three quarters of an hour: the talk that one finds on coming in. */
export const finaleOf = (
  seed: string,
  channel: ChannelPlan,
  { talkers, me, mention, to }: { talkers: readonly Person[]; me: Person; mention: (p: Person) => string; to: number },
): Said[] => {
  if (!withFinale.includes(channel.name)) return []
  const { words, scenes } = packOf(`finale-${channel.name}`)
  const people = regularsOf(seed, channel, talkers)
  const pack = {
    words: new Map([...words, ...commonPack().words, ["me", [mention(me)]] as const]),
    scenes,
    plain: true,
  }
  const said = scenes.flatMap((scene) =>
    play(randomOf(`${seed}/${channel.name}/finale`), pack, scene, { people, at: 0, me }),
  )
  const first = to - 44 * 60_000
  const step = (38 * 60_000) / said.length
  return said.map((one, i) => Object.assign(one, { at: Math.round(first + i * step + (i % 3) * 9000) }))
}
