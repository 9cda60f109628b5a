import { onDemand } from "@hearth/ui"
import { useEffect } from "react"

/** What can be done with a message: nothing of it is needed to read. */
export const tools = onDemand(() => import("./message-tools.tsx"))

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

/** As soon as somebody does anything at all the tools are on their way. */
export const useToolsSoon = (): void => {
  useEffect(() => {
    const kinds = ["pointermove", "pointerdown", "keydown"] as const
    const stop = () => {
      for (const kind of kinds) window.removeEventListener(kind, start)
    }
    const start = () => {
      stop()
      tools.prepare()
    }
    for (const kind of kinds) window.addEventListener(kind, start, { passive: true })
    return stop
  }, [])
}
