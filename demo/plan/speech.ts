import type { Random } from "@hearth/ui/portrait"
import type { Habits } from "./cast.ts"

const isPlain = (text: string) => !/[`\n>*#|]|https?:|<@/.test(text)

/** What somebody really sends when this is what they mean: one message or two, in their own way. */
export const speak = (random: Random, text: string, { small, splits, emoji }: Habits): string[] => {
  if (!isPlain(text)) return [text]
  const said = small ? text.charAt(0).toLowerCase() + text.slice(1).replace(/\.$/, "") : text
  const ended = emoji && random() < 0.3 && /[\p{L}.!?]$/u.test(said) ? `${said.replace(/\.$/, "")} ${emoji}` : said
  const sentences = ended.split(/(?<=[.!?]) (?=\p{L})/u)
  if (!splits || sentences.length < 2 || random() < 0.4) return [ended]
  const cut = 1 + Math.floor(random() * (sentences.length - 1))
  return [sentences.slice(0, cut).join(" "), sentences.slice(cut).join(" ")]
}
