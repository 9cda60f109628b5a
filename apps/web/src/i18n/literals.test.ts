import { globSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { parseAst } from "rolldown/parseAst"
import { describe, expect, it } from "vitest"

const SRC = join(import.meta.dirname, "..")

/** Props that people read or hear. */
const spoken = new Set(
  "alt aria-label aria-description closeLabel description empty help hideLabel hint label lead loadingLabel now placeholder showLabel submitLabel title".split(
    " ",
  ),
)
/** Names of keys are the same in all languages that we have. */
const ofKeys = new Set(["kbd", "Keys"])
/** Calls whose first argument is shown. */
const sayers = new Set(["say", "complain", "setProblem", "setError"])
/** Names, never words. */
const names = new Set(["Hearth"])

interface Node {
  type: string
  start: number
  [key: string]: unknown
}
const isNode = (x: unknown): x is Node => typeof x === "object" && x !== null && "type" in x
const nodeIn = (node: Node, key: string): Node | undefined => (isNode(node[key]) ? node[key] : undefined)
const nameOf = (node: Node | undefined): string => (typeof node?.["name"] === "string" ? node["name"] : "")

const hasWords = (s: unknown) => typeof s === "string" && /\p{L}/u.test(s) && !names.has(s)

/** Literal words that an expression may come to: in itself, in the arms of a choice, in a template. */
const wordsOf = (node: Node | undefined): Node[] => {
  switch (node?.type) {
    case "Literal":
      return hasWords(node["value"]) ? [node] : []
    case "TemplateLiteral":
      return (node["quasis"] as Node[]).filter((q) => hasWords((q["value"] as { cooked: string }).cooked))
    case "ConditionalExpression":
      return [...wordsOf(nodeIn(node, "consequent")), ...wordsOf(nodeIn(node, "alternate"))]
    case "LogicalExpression":
    case "BinaryExpression":
      if (node.type === "BinaryExpression" && node["operator"] !== "+") return []
      return [...wordsOf(nodeIn(node, "left")), ...wordsOf(nodeIn(node, "right"))]
    case "JSXExpressionContainer":
    case "ParenthesizedExpression":
      return wordsOf(nodeIn(node, "expression"))
    default:
      return []
  }
}

const literalsAt = (node: Node, inKeys: boolean): Node[] => {
  switch (node.type) {
    case "JSXText":
      return !inKeys && hasWords(node["value"]) ? [node] : []
    case "JSXAttribute":
      return spoken.has(nameOf(nodeIn(node, "name"))) ? wordsOf(nodeIn(node, "value")) : []
    case "JSXElement":
    case "JSXFragment":
      return inKeys ? [] : (node["children"] as Node[]).flatMap((c) => (c.type === "JSXText" ? [] : wordsOf(c)))
    case "Property":
      // Tables have titles and labels, too, that are names of code: "c-n".
      return spoken.has(nameOf(nodeIn(node, "key")))
        ? wordsOf(nodeIn(node, "value")).filter((v) => /^\p{Lu}|\s/u.test(String(v["value"])))
        : []
    case "CallExpression":
      return sayers.has(nameOf(nodeIn(node, "callee"))) ? wordsOf((node["arguments"] as Node[])[0]) : []
    default:
      return []
  }
}

const literalsIn = (source: string, lang: "ts" | "tsx"): string[] => {
  const found: string[] = []
  const walk = (x: unknown, outerKeys: boolean) => {
    if (Array.isArray(x)) for (const item of x) walk(item, outerKeys)
    if (!isNode(x)) return
    const opening = nodeIn(x, "openingElement")
    const inKeys = outerKeys || (opening !== undefined && ofKeys.has(nameOf(nodeIn(opening, "name"))))
    for (const { start } of literalsAt(x, inKeys))
      found.push(`${source.slice(0, start).split("\n").length}: ${source.slice(start, start + 60).trim()}`)
    for (const value of Object.values(x)) walk(value, inKeys)
  }
  walk(parseAst(source, { lang }), false)
  return found
}

describe("no text is written into a component", () => {
  it.each([
    ["<p>Hello</p>", 1],
    ['<p title="Hello" />', 1],
    ["<p>{n > 1 ? `${n} others` : null}</p>", 1],
    ['<p aria-label={open ? "Close" : t("open")}>{name}</p>', 1],
    ['<F title={t("x")} options={[{ value: "a", label: "As it is" }]} />', 1],
    ['<p onClick={() => say("Saved")} />', 1],
    ['<p className="big">{t("hello")} · {name} <Keys>Esc</Keys></p>', 0],
    ['<p title={name ?? "…"}>{" · "}</p>', 0],
  ])("%s has %d", (jsx, count) => expect(literalsIn(`const x = ${jsx}`, "tsx")).toHaveLength(count))

  const files = globSync("**/*.{ts,tsx}", { cwd: SRC }).filter(
    // Fixtures of the gallery are examples, not texts.
    (f) => !/\.test\.|\.d\.ts$|^features\/gallery\/|^server\//.test(f),
  )

  it("looks at all files", () => expect(files.filter((f) => f.endsWith(".tsx")).length).toBeGreaterThan(50))

  it.each(files)("%s", (file) => {
    const source = readFileSync(join(SRC, file), "utf8")
    expect(literalsIn(source, file.endsWith(".tsx") ? "tsx" : "ts")).toEqual([])
  })
})
