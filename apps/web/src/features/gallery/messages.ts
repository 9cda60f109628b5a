import {
  type Message,
  optionEmoji,
  type SavedItem,
  type ScheduledItem,
  type Snowflake,
  toForwarded,
  toPoll,
} from "@hearth/core"
import type { Outgoing } from "../message/outgoing-queue.ts"
import { byName, me, people } from "./people.ts"
import { GUILD, OPEN } from "./place.ts"

/** Saturday afternoon, in the browser's own clock. */
const START = new Date(2026, 2, 14, 13, 48).getTime()
/** Beyond any number of the talk. */
const AFTER = 40
const minutes = (n: number): number => START + n * 60_000

interface Said {
  by: Snowflake
  at: number
  content: string
  replyTo?: number
  edited?: boolean
  reactions?: Message["reactions"]
  thread?: Message["thread"]
}

const log = (said: readonly Said[]): Message[] =>
  said.map(({ by, at, content, replyTo = null, edited = false, reactions = {}, thread }, i) => ({
    channelId: OPEN,
    seq: i + 1,
    id: String(7001 + i),
    mver: i + 1,
    version: edited ? 2 : 1,
    authorId: by,
    nonce: `gallery-nonce-${i + 1}`,
    content,
    createdAt: minutes(at),
    editedAt: edited ? minutes(at + 1) : null,
    deleted: false,
    replyTo,
    reactions,
    ...(thread && { thread }),
  }))

const ngozi = byName("Ngozi").id
const tomas = byName("Tomás").id
const hana = byName("Hana").id
const ayse = byName("Ayşe").id
const zoe = byName("Zoë").id
const leila = byName("Leila").id

const code =
  '```python\nfrom knife import zones, wavefront\nrms = wavefront(zones("run-7.csv"), f=1800)  # 0.031 waves\n```'

/** A talk as it is most of the time. */
export const talk = log([
  {
    by: ngozi,
    at: 0,
    content: "Knife-edge after last night’s hour of figuring: **the turned edge is gone.**",
    reactions: { "🔭": 11, "🎉": 6, "😮": 3 },
    thread: { id: "7900", replies: 12, lastAt: minutes(11), people: [tomas, hana, ngozi] },
  },
  { by: ngozi, at: 2, content: "I will not touch it again before Sunday." },
  { by: tomas, at: 7, content: "λ/8 by my reading. Nobody touch it again, I mean it 😄", replyTo: 1 },
  { by: hana, at: 10, content: `Same here, reduced from five zones:\n${code}`, edited: true },
  {
    by: ayse,
    at: 19,
    content: `<@${me.id}> could you bring the spherometer? Ours reads 4 µm high since somebody dropped it.`,
  },
  { by: me.id, at: 21, content: "Both, with *cake*. See [the list](https://example.org/list) and ask <@1002>." },
])

const longText =
  "Long version, for the archive. We started at 220 grit with a tile tool, forty minutes at a time, and the sagitta came down faster than the table said it would, because the table assumes that nobody leans. At 400 we stopped trusting the feeler gauge and built the spherometer that was later dropped. From 800 on it was only patience, clean water and a radio that plays one station. "

const emoji = [..."🔭🎉😮🍰🌙🔧✨🪐☄👏🔥🫖🧤🚐🌍🌈🍵🧪🎈🎵🌲🌊🍎🐦🐙🦊🌻🍄🧭🪁"]

/** What is too much of everything. */
export const overfull = log([
  {
    by: zoe,
    at: 30,
    content: "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftsversammlungsprotokoll",
    reactions: Object.fromEntries(emoji.map((e, i) => [e, 412 - i * 13])),
  },
  { by: tomas, at: 45, content: longText.repeat(11).slice(0, 4000) },
  {
    by: leila,
    at: 60,
    content:
      "رأيت الليلة سديم الجبار بوضوح لم أره من قبل. الرؤية ممتازة والرطوبة منخفضة، والتلسكوب 40 cm f/4.5 جاهز للجميع بعد التاسعة.",
  },
  { by: ayse, at: 75, content: "🌌🔭🤯" },
])

/** Everything that can be written. */
export const formats = log([
  {
    by: hana,
    at: 90,
    content:
      "**Bold**, *slanted*, ~~struck~~, `inline 0O 1lI {}`, ||hidden||, [a link](https://example.org).\n\n> A quote that somebody\n> brought along.\n\n1. first\n2. second\n\n- one\n- another",
  },
])

const [first = "", second = "", third = ""] = optionEmoji

/** What is asked and passed on. Beside the talk in the one channel that the gallery has: with numbers of its own. */
export const doings = log([
  {
    by: hana,
    at: 100,
    content: toPoll({
      question: "When do we silver the mirror?",
      options: ["Friday night", "Saturday, after the coffee is cold", "Not before the spherometer is back"],
      several: false,
      secret: false,
      ended: false,
    }),
    reactions: { [first]: 3, [second]: 12, [third]: 1 },
  },
  {
    by: tomas,
    at: 130,
    content: toPoll({
      question: "Who brings **cake**?",
      options: ["Maren, always Maren", "Whoever dropped the spherometer"],
      several: true,
      secret: true,
      ended: true,
    }),
    reactions: { [first]: 2, [second]: 9 },
  },
  {
    by: ngozi,
    at: 160,
    content: toForwarded({
      source: { name: "Tomás Ferreira", guildId: GUILD, channelId: OPEN, seq: 3 },
      text: "λ/8 by my reading. Nobody touch it again, I mean it 😄",
      comment: "For the minutes.",
    }),
  },
]).map((message) => ({ ...message, seq: message.seq + AFTER }))
/** What the one who looks voted for. */
export const voted = { channelId: OPEN, seq: AFTER + 1, emoji: second, on: true, mver: 1 }

const waits = (id: string, at: number, content: string, failed: string | null = null): ScheduledItem => ({
  id,
  channelId: OPEN,
  guildId: GUILD,
  version: 1,
  content,
  replyTo: null,
  sendAt: minutes(at),
  sending: false,
  failed,
})
/** What waits for its time, and what could not be sent. */
export const scheduled = [
  waits("8001", 1080, "Good morning. The coating chamber is warm, come in by the side door."),
  waits("8002", 60, "Can somebody turn the dome to the west?", "FORBIDDEN"),
]

const kept = (seq: number, remindAt: number | null, rangAt: number | null): SavedItem => {
  const message = talk[seq - 1]
  const author = people.find((p) => p.id === message?.authorId)
  return {
    channelId: OPEN,
    guildId: GUILD,
    seq,
    savedAt: minutes(30),
    remindAt: remindAt === null ? null : minutes(remindAt),
    rangAt: rangAt === null ? null : minutes(rangAt),
    doneAt: null,
    ...(message && { message }),
    ...(author && { author: { id: author.id, displayName: author.displayName } }),
  }
}
/** Saved: rung, to ring, and not there any more. */
export const saved: SavedItem[] = [kept(5, null, 45), kept(1, 1440, null), kept(99, null, null)]

const outgoing = (phase: Outgoing["phase"], content: string, reason?: string): Outgoing => ({
  nonce: `gallery-${phase}`,
  userId: me.id,
  channelId: OPEN,
  content,
  replyTo: null,
  createdAt: minutes(120),
  state: phase === "refused" ? "refused" : "queued",
  tried: true,
  phase,
  seq: null,
  ...(reason !== undefined && { reason }),
})

export const waiting = outgoing("waiting", "It will be in the blue tin, next to the door.")
export const refused = outgoing(
  "refused",
  "Both. It is the almond one with the burnt corner.",
  "You may not write here any more.",
)
