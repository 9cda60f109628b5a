import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from "@playwright/test"
import type { Api } from "../../e2e/support/api.ts"

export const DEBUG_PORT = 9444

/** Chromium as it is, with a port for Lighthouse. */
export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", `--remote-debugging-port=${DEBUG_PORT}`],
  })

/** What a page saw of itself since it was opened, or since `forget`. */
export interface Seen {
  /** Sum of all layout shifts, those within half a second of input too. */
  shift: number
  /** The same without what follows an input within half a second: Cumulative Layout Shift, without its windows. */
  unasked: number
  /** Each, the largest first: how much, and what moved. */
  shifts: string[]
  longTasks: number[]
  /** The longest duration of each interaction. */
  interactions: number[]
}

declare global {
  var __seen: { take(): Seen; forget(): void; painted(text: string, since: number): Promise<number> }
}

/** Runs in the page, before all else. */
const watch = () => {
  const seen = {
    shift: 0,
    unasked: 0,
    shifts: [] as string[],
    longTasks: [] as number[],
    interactions: new Map<number, number>(),
  }
  const on = (type: string, take: (entry: PerformanceEntry) => void, more: object = {}) => {
    const observer = new PerformanceObserver((list) => list.getEntries().forEach(take))
    observer.observe({ type, buffered: true, ...more })
    return () => observer.takeRecords().forEach(take)
  }
  type Shift = PerformanceEntry & { value: number; hadRecentInput: boolean; sources: { node: Node | null }[] }
  const name = (node: Node | null) => {
    const element = node instanceof Element ? node : node?.parentElement
    return element
      ? `${element.tagName.toLowerCase()}.${String(element.getAttribute("class")).replaceAll(" ", ".")}`
      : ""
  }
  const drains = [
    on("layout-shift", (entry) => {
      const { value, sources, hadRecentInput } = entry as Shift
      seen.shift += value
      if (!hadRecentInput) seen.unasked += value
      seen.shifts.push(`${value.toFixed(4)} ${sources.map((s) => name(s.node)).join(", ")}`)
    }),
    on("longtask", (entry) => seen.longTasks.push(entry.duration)),
    on(
      "event",
      (entry) => {
        const { interactionId, duration } = entry as PerformanceEntry & { interactionId: number }
        if (interactionId > 0)
          seen.interactions.set(interactionId, Math.max(duration, seen.interactions.get(interactionId) ?? 0))
      },
      { durationThreshold: 16 },
    ),
  ]
  const drain = () => {
    for (const d of drains) d()
  }
  globalThis.__seen = {
    take: () => {
      drain()
      return { ...seen, shifts: seen.shifts.toSorted().toReversed(), interactions: [...seen.interactions.values()] }
    },
    forget: () => {
      drain()
      seen.shift = 0
      seen.unasked = 0
      seen.shifts = []
      seen.longTasks = []
      seen.interactions.clear()
    },
    // When the text stands in the timeline, and the frame that shows it was made.
    painted: (text, since) =>
      new Promise((resolve) => {
        const look = () => [...document.querySelectorAll("[data-seq] .body")].some((b) => b.textContent?.includes(text))
        const done = () =>
          requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel()
            port1.onmessage = () => resolve(performance.now() - since)
            port2.postMessage(null)
          })
        if (look()) return done()
        const observer = new MutationObserver(() => {
          if (!look()) return
          observer.disconnect()
          done()
        })
        observer.observe(document.body, { subtree: true, childList: true, characterData: true })
      }),
  }
}

export const newContext = async (
  browser: Browser,
  api: Api | null,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "en-GB", ...options })
  if (api) await context.addCookies(api.cookies())
  await context.addInitScript(watch)
  return context
}

export const seen = (page: Page): Promise<Seen> => page.evaluate(() => globalThis.__seen.take())
export const forget = (page: Page): Promise<void> => page.evaluate(() => globalThis.__seen.forget())
