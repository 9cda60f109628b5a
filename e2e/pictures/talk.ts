import type { Name } from "./people.ts"

/** What the browsers' clocks say, all the time. */
export const NOW = new Date("2026-03-14T14:10:00+01:00")

export interface Said {
  by: Name
  /** Minutes before now. */
  ago: number
  content: string
  replyTo?: number
  edited?: boolean
  reactions?: Record<string, number>
}

const DAY = 24 * 60

/** A talk as it is most of the time. The last two are new to whoever looks. */
export const talk: readonly Said[] = [
  { by: "wiremu", ago: DAY + 95, content: "Kettle on. Nobody breathe near the tester." },
  { by: "hana", ago: DAY + 60, content: "Interferogram is up. Somebody else look before I get excited." },
  { by: "hana", ago: DAY + 59, content: "I am a little excited." },
  {
    by: "ngozi",
    ago: 22,
    content: "Knife-edge after last night’s hour of figuring: **the turned edge is gone.**",
    reactions: { "🔭": 11, "🎉": 6, "😮": 3 },
  },
  { by: "tomas", ago: 15, content: "λ/8 by my reading. Nobody touch it again, I mean it 😄", replyTo: 4 },
  {
    by: "hana",
    ago: 12,
    content:
      'Same here, reduced from five zones:\n```python\nfrom knife import zones, wavefront\nrms = wavefront(zones("run-7.csv"), f=1800)  # 0.031 waves\n```',
    edited: true,
  },
  { by: "maren", ago: 8, content: "Then I bring *cake*. See [the list](https://example.org/list)." },
  {
    by: "ayse",
    ago: 3,
    content: "<@1001> could you bring the spherometer? Ours reads 4 µm high since somebody dropped it.",
  },
  { by: "ayse", ago: 3, content: "And cake. The spherometer can wait, the cake can’t." },
]
export const READ = 7

/** What was said in a thread. */
export const answers: readonly Said[] = [
  { by: "ayse", ago: 28, content: "Does it have the second encoder input, or do we solder again?" },
  { by: "jiho", ago: 27, content: "Both. And a header for the rain sensor, *finally*.", reactions: { "🎉": 4 } },
  { by: "wiremu", ago: 20, content: "I will bring the good iron all the same. You never know." },
]

/** Between Ingrid and Ngozi. */
export const aside: readonly Said[] = [
  { by: "ngozi", ago: DAY + 30, content: "Did you see Hana’s face? I have not seen her like that since the comet." },
  { by: "ingrid", ago: DAY + 28, content: "I did. I am *still* smiling.", reactions: { "🥹": 1 } },
  { by: "ngozi", ago: 14, content: "Are you free on Saturday? The dome motor is here, and it weighs more than we do." },
  { by: "ingrid", ago: 9, content: "Saturday after ten, with a trolley.", replyTo: 3 },
]
/** In a group of five. */
export const rota: readonly Said[] = [
  { by: "tomas", ago: 300, content: "Whose turn is it?" },
  { by: "leila", ago: 290, content: "Yours, and it has been for three weeks." },
]

const long =
  "Long version, for the archive. We started at 220 grit with a tile tool, forty minutes at a time, and the sagitta came down faster than the table said it would, because the table assumes that nobody leans. At 400 we stopped trusting the feeler gauge and built the spherometer that was later dropped. From 800 on it was only patience, clean water and a radio that plays one station. "
const emoji = [..."🔭🎉😮🍰🌙🔧✨🪐☄👏🔥🫖🧤🚐🌍🌈🍵🧪🎈🎵🌲🌊🍎🐦🐙🦊🌻🍄🧭🪁"]

/** Too much of everything. */
export const overfull: readonly Said[] = [
  { by: "jiho", ago: 320, content: long.repeat(11).slice(0, 4000) },
  {
    by: "zoe",
    ago: 270,
    content: "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftsversammlungsprotokoll",
    reactions: Object.fromEntries(emoji.map((e, i) => [e, 412 - i * 13])),
  },
  {
    by: "leila",
    ago: 235,
    content:
      "رأيت الليلة سديم الجبار بوضوح لم أره من قبل. الرؤية ممتازة والرطوبة منخفضة، والتلسكوب 40 cm f/4.5 جاهز للجميع بعد التاسعة.",
  },
  { by: "ayse", ago: 220, content: "🌌🔭🤯" },
]
export const manyNames = [
  "night-sky-photography-for-people-who-wait",
  "רשמי-תצפית",
  "أخبار-المرصد",
  "दूरबीन-निर्माण",
  "δοκιμές-κατόπτρου",
  "тёмное-небо",
  "q",
]
