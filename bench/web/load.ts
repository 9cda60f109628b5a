import type { Browser } from "@playwright/test"
import type { Report } from "../report.ts"
import { newContext, seen } from "./browser.ts"
import type { Stage } from "./stage.ts"

export interface Page {
  name: string
  path: string
  signedIn: boolean
}

export const pagesOf = ({ invite, guildId, long }: Stage): Page[] => [
  { name: "sign-in", path: "/login", signedIn: false },
  { name: "invite preview", path: invite, signedIn: false },
  { name: "open channel", path: `/s/${guildId}/${long.id}`, signedIn: true },
]

export const GOAL_JS = 200

/** All scripts that come over the wire until the page rests: as compressed as they were sent. */
export const measureLoad = async (browser: Browser, stage: Stage, report: Report): Promise<void> => {
  for (const { name, path, signedIn } of pagesOf(stage)) {
    await using context = await newContext(browser, signedIn ? stage.reader : null)
    const page = await context.newPage()
    const sizes: Promise<number>[] = []
    page.on("requestfinished", (request) => {
      if (request.resourceType() === "script") sizes.push(request.sizes().then((s) => s.responseBodySize))
    })
    await page.goto(stage.url + path, { waitUntil: "networkidle" })
    if (signedIn) await page.locator("[data-seq]").first().waitFor()
    await page.waitForLoadState("networkidle")
    const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
    report.add("embedded", `JavaScript of the first load, ${name}`, bytes / 1000, "KB", GOAL_JS)
    const { shift, shifts } = await seen(page)
    report.add("embedded", `layout shift of the first load, ${name}`, shift, "", 0)
    for (const one of shifts) report.say(`  shift ${one}`)
  }
}
