// Writes what the emoji picker knows, from the devDependency emojibase-data: `node scripts/emoji.mjs`, after it was updated.
import { readFileSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { fileURLToPath } from "node:url"

const LOCALES = ["en", "de"]
/** emojibase's number of the group of skin tones and hair, which stand in no picker. */
const COMPONENTS = 2
const require = createRequire(new URL("../apps/web/package.json", import.meta.url))
const read = (file) => JSON.parse(readFileSync(require.resolve(`emojibase-data/${file}`), "utf8"))
const shortcodes = read("en/shortcodes/github.json")
const own = read("en/shortcodes/emojibase.json")

const RGI = /^\p{RGI_Emoji}$/v
/** As people type and the gateway takes it: without a variation selector where none belongs. Undefined: newer than our Unicode. */
const asTyped = (unicode) => [unicode.replaceAll("\ufe0f", ""), unicode].find((s) => RGI.test(s))
const list = (x) => [x ?? []].flat()
/** By the rule that makes the five tones of one person; groups of people have more than five, and are left as they are. */
const hasTones = ({ unicode, skins = [] }) => {
  const [head, ...rest] = [...unicode.replace("\ufe0f", "")]
  return (
    skins.length === 5 &&
    skins.every((s, i) => asTyped(s.unicode) === `${head}${String.fromCodePoint(0x1f3fb + i)}${rest.join("")}`)
  )
}

/** By group, in the order of Unicode. One line an emoji: itself, name, shortcodes, words, whether it has tones; tabs between. */
export const emojiData = (locale) => {
  const groups = []
  for (const e of read(`${locale}/compact.json`).sort((a, b) => a.order - b.order)) {
    const emoji = asTyped(e.unicode)
    if (e.group === undefined || e.group === COMPONENTS || !emoji) continue
    const codes = new Set([...list(shortcodes[e.hexcode]), ...list(own[e.hexcode])])
    const words = (e.tags ?? []).filter((tag) => !e.label.toLowerCase().includes(tag.toLowerCase()))
    const at = e.group > COMPONENTS ? e.group - 1 : e.group
    groups[at] ??= []
    groups[at].push(
      [emoji, e.label, [...codes].join(" "), words.join(" "), hasTones(e) ? "1" : ""].join("\t").trimEnd(),
    )
  }
  return groups
}

export const emojiJson = (locale) => `${JSON.stringify(emojiData(locale), null, 2)}\n`

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const locale of LOCALES)
    writeFileSync(new URL(`../apps/web/src/features/emoji/data/${locale}.json`, import.meta.url), emojiJson(locale))
