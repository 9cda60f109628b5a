import { ownWords } from "./forward.ts"
import type { Snowflake } from "./snowflake.ts"

/** Whom a text addresses, each once, in the order in which they are named. */
export interface Mentions {
  userIds: Snowflake[]
  roleIds: Snowflake[]
  everyone: boolean
  here: boolean
}

/** More names than this in one message address nobody further: a list of names is no call. */
export const MAX_MENTIONS = 50

const MAX_ID = (1n << 63n) - 1n
const token =
  /<@(?<role>&?)(?<id>[1-9][0-9]{0,18})>|(?<![\p{L}\p{N}_@./-])@(?<all>everyone|here)(?![\p{L}\p{N}_]|[.@-][\p{L}\p{N}])/gu
// A fence may stand in quotes and lists, whose marks come before it.
const fence = /^[ \t>*+-]*(?:\d{1,9}[.)][ \t]*)?(?<run>`{3,}|~{3,})(?<info>.*)$/
const run = /`+/g

/** The text with its code blocks taken out, line by line: a block that nobody closes goes on to the end. */
const withoutBlocks = (content: string): string => {
  let open: string | null = null
  const kept: string[] = []
  for (const line of content.split("\n")) {
    const groups = fence.exec(line)?.groups
    const marks = groups?.run ?? ""
    const info = groups?.info ?? ""
    if (open === null) {
      // A backtick behind the fence makes it a span in a paragraph.
      if (marks === "" || (marks.startsWith("`") && info.includes("`"))) kept.push(line)
      else open = marks
    } else if (marks.startsWith(open) && info.trim() === "") open = null
  }
  return kept.join("\n")
}

/** The text without what stands between two equal runs of backticks. A run that has no partner is text. */
const withoutSpans = (text: string): string => {
  const runs = [...text.matchAll(run)].map((m) => {
    const escaped = /(?<!\\)(?:\\\\)*\\$/.test(text.slice(Math.max(0, m.index - 16), m.index))
    return { at: m.index, length: m[0].length, opens: m[0].length - (escaped ? 1 : 0) }
  })
  // For each length, where its runs stand.
  const byLength = new Map<number, number[]>()
  runs.forEach(({ length }, i) => {
    const those = byLength.get(length)
    if (those) those.push(i)
    else byLength.set(length, [i])
  })
  const nextOf = (length: number, after: number): number | undefined => {
    const those = byLength.get(length)
    // What lies behind is never asked for again.
    while (those?.[0] !== undefined && those[0] <= after) those.shift()
    return those?.[0]
  }
  let kept = ""
  let end = 0
  for (let i = 0; i < runs.length; i++) {
    const opening = runs[i]
    if (!opening || opening.opens === 0) continue
    const closing = nextOf(opening.opens, i)
    const closed = closing === undefined ? undefined : runs[closing]
    if (closing === undefined || !closed) continue
    kept += `${text.slice(end, opening.at)} `
    end = closed.at + closed.length
    i = closing
  }
  return kept + text.slice(end)
}

/** A text without what stands in code. */
export const withoutCode = (content: string): string =>
  content.includes("`") || content.includes("~~~") ? withoutSpans(withoutBlocks(content)) : content

/**
 * Whom a text addresses: `<@userId>`, `<@&roleId>`, `@everyone`, `@here`. What stands in code, or was passed on, addresses nobody. Says nothing of
 * who may: that is for who knows the author's permissions.
 */
export const mentionsIn = (whole: string): Mentions => {
  const content = ownWords(whole)
  const userIds = new Set<Snowflake>()
  const roleIds = new Set<Snowflake>()
  const found: Mentions = { userIds: [], roleIds: [], everyone: false, here: false }
  // Most messages address nobody, and cost one look.
  if (!content.includes("@")) return found
  for (const { groups } of withoutCode(content).matchAll(token)) {
    if (groups?.all === "everyone") found.everyone = true
    else if (groups?.all === "here") found.here = true
    else if (groups?.id !== undefined && BigInt(groups.id) <= MAX_ID) {
      const ids = groups.role === "&" ? roleIds : userIds
      if (userIds.size + roleIds.size < MAX_MENTIONS || ids.has(groups.id)) ids.add(groups.id)
    }
  }
  return { ...found, userIds: [...userIds], roleIds: [...roleIds] }
}
