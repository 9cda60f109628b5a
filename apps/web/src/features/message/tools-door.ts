import { onDemand } from "@hearth/ui"
import { useEffect, useState } from "react"
import { useServices } from "./services.tsx"

/** What can be done with a message: nothing of it is needed to read. */
export const tools = onDemand(() => import("./message-tools.tsx"))

const SIGNS = ["pointermove", "pointerdown", "keydown"] as const
export const PRESS = "hearth:press"

/** Presses a tool of that message, or as soon as its tools are there: they come with the focus. */
export const pressTool = (article: HTMLElement, tool: string): void => {
  const bar = article.querySelector("[role=toolbar]")
  if (bar) bar.dispatchEvent(new CustomEvent(PRESS, { detail: tool }))
  else {
    article.dataset["press"] = tool
    tools.load().catch(() => delete article.dataset["press"])
  }
}

/** As soon as somebody does anything at all the tools are on their way. Whether somebody has. */
export const useSomebodyThere = (): boolean => {
  const { own } = useServices()
  const [there, setThere] = useState(tools.get() !== null)
  useEffect(() => {
    if (there) return
    const start = () => {
      tools.prepare()
      own.prepare()
      setThere(true)
    }
    for (const kind of SIGNS) window.addEventListener(kind, start, { passive: true })
    return () => {
      for (const kind of SIGNS) window.removeEventListener(kind, start)
    }
  }, [own, there])
  return there
}
