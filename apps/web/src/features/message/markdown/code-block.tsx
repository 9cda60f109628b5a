"use client"

import type { ElementContent, Root } from "hast"
import { type ReactNode, useEffect, useState } from "react"

// The four tones of code in the design; what is not listed stays as it is.
const tones: Record<string, string> = {
  keyword: "c-w",
  "selector-tag": "c-w",
  tag: "c-w",
  section: "c-w",
  string: "c-s",
  regexp: "c-s",
  addition: "c-s",
  number: "c-n",
  literal: "c-n",
  title: "c-n",
  attr: "c-n",
  attribute: "c-n",
  built_in: "c-n",
  type: "c-n",
  comment: "c-q",
  meta: "c-q",
  deletion: "c-q",
}

const toneOf = (className: unknown): string | undefined => {
  if (!Array.isArray(className)) return undefined
  for (const name of className) {
    const tone = tones[String(name).replace(/^hljs-/, "")]
    if (tone) return tone
  }
  return undefined
}

const nodes = (children: readonly (ElementContent | Root["children"][number])[]): ReactNode =>
  children.map((child, i) => {
    if (child.type === "text") return child.value
    if (child.type !== "element") return null
    return (
      <span key={i} className={toneOf(child.properties["className"])}>
        {nodes(child.children)}
      </span>
    )
  })

const loadLowlight = async () => {
  const { common, createLowlight } = await import("lowlight")
  return createLowlight(common)
}
// Loaded once, when the first block with a language is on screen.
let loading: ReturnType<typeof loadLowlight> | undefined

export const CodeBlock = ({ language, text }: { language: string | null; text: string }) => {
  const [coloured, setColoured] = useState<{ text: string; tree: Root } | null>(null)
  useEffect(() => {
    if (!language) return
    let wanted = true
    loading ??= loadLowlight()
    loading
      .then((lowlight) => {
        if (wanted && lowlight.registered(language)) setColoured({ text, tree: lowlight.highlight(language, text) })
      })
      .catch(() => {
        loading = undefined // Not coloured now; the next block tries again.
      })
    return () => {
      wanted = false
    }
  }, [language, text])
  return (
    <div className="code">
      {language && <header>{language.slice(0, 30)}</header>}
      {/* A region that scrolls must be reachable by keys. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre tabIndex={0}>{coloured?.text === text ? nodes(coloured.tree.children) : text}</pre>
    </div>
  )
}
