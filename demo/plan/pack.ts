import { readFileSync } from "node:fs"
import type { Words } from "./grammar.ts"

/** One message of a scene, before its words are chosen. */
export interface Turn {
  /** A, B, C …: somebody else each. M: the person whose demo it is. */
  who: string
  /** Whose last message it answers, as a reply. */
  to: string | null
  text: string
  /** Left out now and then. */
  optional: boolean
  /** What people may react with, the likeliest first. */
  reactions: string[]
  /** Only whose name has it speaks here: a language of theirs. */
  speakers: RegExp | null
}
export type Scene = readonly Turn[]

/** What is said in a kind of channel. */
export interface Pack {
  words: Words
  scenes: readonly Scene[]
  /** As it stands: nobody's habits, and no small talk in English, change it. */
  plain: boolean
}

const TURN = /^([A-FM])(\?)?(?:>([A-FM]))?: ?(.*)$/
const REACTIONS = /\s*~((?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u200d|\ufe0f)+)$/u
const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" })

const parseScene = (text: string): Scene => {
  const turns: Turn[] = []
  const [, names] = /^@ (.+)\n/.exec(text) ?? []
  const speakers = names === undefined ? null : new RegExp(names, "u")
  for (const line of text.replace(/^@ .+\n/, "").split("\n")) {
    const [, who, optional, to, said] = TURN.exec(line) ?? []
    const last = turns.at(-1)
    if (who !== undefined)
      turns.push({ who, to: to ?? null, text: said ?? "", optional: optional === "?", reactions: [], speakers })
    else if (last) last.text += `\n${line}`
    else if (line.trim() !== "") throw new Error(`nobody says: ${line}`)
  }
  for (const turn of turns) {
    const [, emoji = ""] = REACTIONS.exec(turn.text.trimEnd()) ?? []
    turn.text = turn.text.trimEnd().replace(REACTIONS, "").trim()
    turn.reactions = [...graphemes.segment(emoji)].map(({ segment }) => segment)
  }
  return turns
}

/** A file of `words/`: lists of words, then scenes, each after a line of three dashes. */
export const parsePack = (text: string, shared?: Words): Pack => {
  const [head = "", ...scenes] = text.split(/^---\n/m)
  const lines = head.split("\n").filter((line) => line !== "" && !line.startsWith("#"))
  const words = new Map(shared)
  for (const line of lines.filter((l) => l !== "! plain")) {
    const [word = "", list = ""] = line.split(/ = (.*)/)
    // A bar without spaces belongs to what it stands in.
    words.set(word, list.split(" | "))
  }
  return { words, scenes: scenes.map(parseScene), plain: lines.includes("! plain") }
}

const read = (name: string): string => readFileSync(new URL(`../words/${name}.txt`, import.meta.url), "utf8")

let common: Pack | undefined
/** What is said anywhere. */
export const commonPack = (): Pack => (common ??= parsePack(read("common")))

const packs = new Map<string, Pack>()
export const packOf = (name: string): Pack => {
  const known = packs.get(name) ?? parsePack(read(name), commonPack().words)
  packs.set(name, known)
  return known
}
