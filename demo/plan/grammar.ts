import { pick, type Random } from "@hearth/ui/portrait"

export type Words = ReadonlyMap<string, readonly string[]>

export interface Slots {
  words: Words
  /** `{name}`: somebody's first name. */
  name: () => string
  /** What `{word#1}` stood for before, in this scene. */
  kept: Map<string, string>
}

const RANGE = /^(-?\d+(?:\.\d+)?)\.\.(-?\d+(?:\.\d+)?)$/

/** The place after the brace that closes the one at `open`. */
const closing = (text: string, open: number): number => {
  let depth = 0
  for (let i = open; i < text.length; i++) {
    if (text[i] === "{") depth++
    if (text[i] === "}" && --depth === 0) return i
  }
  throw new Error(`a brace stays open: ${text.slice(open, open + 60)}`)
}

/** Splits at the bars that are not inside of braces. */
const alternatives = (inner: string): string[] => {
  const parts: string[] = []
  let depth = 0
  let from = 0
  for (let i = 0; i < inner.length; i++) {
    if (inner[i] === "{") depth++
    if (inner[i] === "}") depth--
    // Two bars are a spoiler's, not ours.
    if (inner[i] === "|" && depth === 0 && inner[i + 1] !== "|" && inner[i - 1] !== "|") {
      parts.push(inner.slice(from, i))
      from = i + 1
    }
  }
  return [...parts, inner.slice(from)]
}

const number = (random: Random, from: string, to: string): string => {
  const digits = from.split(".")[1]?.length ?? 0
  const scale = 10 ** digits
  const [low, high] = [Math.round(Number(from) * scale), Math.round(Number(to) * scale)]
  return ((low + Math.floor(random() * (high - low + 1))) / scale).toFixed(digits)
}

const slot = (random: Random, inner: string, slots: Slots): string => {
  const parts = alternatives(inner)
  if (parts.length > 1) return expandText(random, pick(random, parts), slots)
  const range = RANGE.exec(inner)
  if (range) return number(random, range[1] ?? "0", range[2] ?? "0")
  const kept = slots.kept.get(inner)
  if (kept !== undefined) return kept
  const word = inner.split("#")[0] ?? inner
  if (word === "name") return slots.name()
  const list = slots.words.get(word)
  // Braces around a sentence, to hold it together.
  if (!list && /[ .,!?]/.test(inner)) return expandText(random, inner, slots)
  if (!list) throw new Error(`there are no words for {${word}}`)
  const value = expandText(random, pick(random, list), slots)
  if (inner !== word) slots.kept.set(inner, value)
  return value
}

const expandText = (random: Random, text: string, slots: Slots): string => {
  let out = ""
  for (let i = 0; i < text.length; ) {
    if (text[i] !== "{") {
      out += text[i++]
      continue
    }
    const end = closing(text, i)
    out += slot(random, text.slice(i + 1, end), slots)
    i = end + 1
  }
  return out
}

/**
 * `{a|b}` is one of both, `{word}` one of the words of that name, `{2..9}` a number, `{word#1}` the same each time in a scene.
 * Code between fences has braces of its own: there `$[…]` says the same.
 */
export const expand = (random: Random, text: string, slots: Slots): string =>
  text
    .split(/(~~~[\s\S]*?~~~)/)
    .map((part) =>
      part.startsWith("~~~")
        ? part.replace(/\$\[([^\]]*)\]/g, (_, inner: string) => slot(random, inner, slots)).replaceAll("~~~", "```")
        : begun(expandText(random, part, slots)).replaceAll("´", "`"),
    )
    .join("")
    .trim()

/** A sentence begins with a capital, also where it begins with one of our words. */
const begun = (text: string): string =>
  text.replace(/(^|[.!?] )([a-z])(?![a-z]*[:/.-][a-z])/g, (_, before: string, c: string) => before + c.toUpperCase())
