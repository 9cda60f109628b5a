import type { Locale } from "../../i18n/locales.ts"

/** The groups of Unicode, in its order. */
export const groups = [
  "smileys",
  "people",
  "nature",
  "food",
  "travel",
  "activities",
  "objects",
  "symbols",
  "flags",
] as const
export type Group = (typeof groups)[number]

export interface Emoji {
  emoji: string
  name: string
  /** What one types between colons; the first is the one that is shown. */
  codes: readonly string[]
  /** Name, codes and what else it may be looked for by, in lower case. */
  words: readonly string[]
  tones: boolean
}
export interface EmojiSet {
  groups: readonly { group: Group; emoji: readonly Emoji[] }[]
  all: readonly Emoji[]
  byCode: ReadonlyMap<string, Emoji>
  byEmoji: ReadonlyMap<string, Emoji>
}

/** The emoji without its tone and variation: what `byEmoji` knows it by. */
export const withoutTone = (emoji: string): string => emoji.replace(/\ufe0f|[\u{1f3fb}-\u{1f3ff}]/gu, "")

const wordsOf = (s: string): string[] => s.toLowerCase().split(/[\s_:,()’'-]+/)

const read = (line: string): Emoji => {
  const [emoji = "", name = "", codes = "", tags = "", tones] = line.split("\t")
  return {
    emoji,
    name,
    codes: codes.split(" "),
    words: [...wordsOf(name), ...codes.toLowerCase().split(" "), ...wordsOf(codes), ...wordsOf(tags)].filter(Boolean),
    tones: tones === "1",
  }
}

/** What the data of one language says. */
export const readEmoji = (data: readonly (readonly string[])[]): EmojiSet => {
  const sets = groups.map((group, i) => ({ group, emoji: (data[i] ?? []).map(read) }))
  const all = sets.flatMap((set) => set.emoji)
  return {
    groups: sets,
    all,
    byCode: new Map(all.flatMap((e) => e.codes.map((code) => [code, e] as const)).reverse()),
    byEmoji: new Map(all.map((e) => [withoutTone(e.emoji), e])),
  }
}

const sources: Record<Locale, () => Promise<{ default: string[][] }>> = {
  en: () => import("./data/en.json"),
  de: () => import("./data/de.json"),
}
const loaded = new Map<Locale, Promise<EmojiSet>>()

/** The emoji with their names in that language: a file of its own, loaded when it is first asked for. */
export const loadEmoji = (locale: Locale): Promise<EmojiSet> => {
  const known = loaded.get(locale)
  if (known) return known
  const loading = sources[locale]().then((file) => readEmoji(file.default))
  loaded.set(locale, loading)
  // Without a connection it is asked for again.
  loading.catch(() => loaded.delete(locale))
  return loading
}

/** How near a code is to what was typed: the shorter, the nearer. Null: none begins so. */
const codeDistance = (e: Emoji, typed: string): number | null => {
  const lengths = e.codes.filter((code) => code.startsWith(typed)).map((code) => code.length - typed.length)
  return lengths.length > 0 ? Math.min(...lengths) : null
}

const FAR = 1000

/** Codes that begin so first, the shortest before all; then a word of it, then a word that begins so. Every word asked for must be there. */
export const searchEmoji = (set: EmojiSet, text: string, limit: number): Emoji[] => {
  const whole = text.trim().toLowerCase()
  const asked = wordsOf(whole).filter(Boolean)
  const first = asked[0]
  if (first === undefined) return []
  const scored: { e: Emoji; score: number }[] = []
  for (const e of set.all) {
    if (!asked.every((word) => e.words.some((w) => w.startsWith(word)))) continue
    scored.push({ e, score: codeDistance(e, whole) ?? (e.words.includes(first) ? FAR : FAR + 1) })
  }
  return scored
    .sort((a, b) => a.score - b.score)
    .slice(0, limit)
    .map(({ e }) => e)
}

/** 0: as it is; 1 to 5: from light to dark. */
export const inTone = ({ emoji, tones }: Pick<Emoji, "emoji" | "tones">, tone: number): string => {
  if (!tones || tone === 0) return emoji
  const [head = "", ...rest] = [...emoji.replace("\ufe0f", "")]
  return `${head}${String.fromCodePoint(0x1f3fa + tone)}${rest.join("")}`
}
