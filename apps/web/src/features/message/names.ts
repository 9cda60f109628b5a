/** What the writer reads as a name, and what it is in the message: `@Maja Lindqvist` for `<@7>`. */
export interface DraftName {
  shown: string
  wire: string
  /** Where it begins in the text; -1 when it was typed over. */
  at: number
}

/** What a mention is of: a member, a role, a channel. */
export type Sign = "@" | "@&" | "#"
/** The name behind a mention, without its sign; undefined: it is not known here. */
export type NameOf = (sign: Sign, id: string) => string | undefined

export interface Named {
  text: string
  names: readonly DraftName[]
}

/** Where the names stand after the text was changed. One that was typed into stands nowhere, until its letters are back. */
export const moveNames = (names: readonly DraftName[], before: string, after: string): readonly DraftName[] => {
  if (names.length === 0) return names
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && before[start] === after[start]) start++
  let end = 0
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end++
  const cut = before.length - end
  return names.map((name) => {
    if (name.at < 0 || name.at + name.shown.length <= start) return name
    return { ...name, at: name.at >= cut ? name.at + after.length - before.length : -1 }
  })
}

const letter = /[\p{L}\p{N}]/u

/** Where each name stands, in the order of the text. Lost ones take the first place that reads like them and is nobody else's. */
const placed = ({ text, names }: Named): DraftName[] => {
  const found = names.filter((n) => n.at >= 0 && text.startsWith(n.shown, n.at))
  const isFree = (n: DraftName) =>
    !letter.test(text.charAt(n.at + n.shown.length)) &&
    found.every((f) => f.at + f.shown.length <= n.at || n.at + n.shown.length <= f.at)
  for (const name of names) {
    if (found.includes(name)) continue
    for (let at = text.indexOf(name.shown); at >= 0; at = text.indexOf(name.shown, at + 1)) {
      const there = { ...name, at }
      if (!isFree(there)) continue
      found.push(there)
      break
    }
  }
  return found.sort((a, b) => a.at - b.at)
}

/** The message as it is sent: ids in place of names. */
export const toWire = (draft: Named): string => {
  if (draft.names.length === 0) return draft.text
  let out = ""
  let end = 0
  for (const { at, shown, wire } of placed(draft)) {
    out += draft.text.slice(end, at) + wire
    end = at + shown.length
  }
  return out + draft.text.slice(end)
}

/** A message as it stands in the field: names in place of those ids that are known. */
export const toNamed = (content: string, nameOf: NameOf): Named => {
  const names: DraftName[] = []
  let text = ""
  let end = 0
  for (const match of content.matchAll(/<(@&?|#)([1-9][0-9]{0,18})>/g)) {
    const [wire, sign, id = ""] = match
    const name = nameOf(sign as Sign, id)
    if (name === undefined) continue
    text += content.slice(end, match.index)
    const shown = (sign === "#" ? "#" : "@") + name
    names.push({ shown, wire, at: text.length })
    text += shown
    end = match.index + wire.length
  }
  return { text: text + content.slice(end), names }
}
