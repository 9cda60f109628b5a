import type { Browser, Page } from "@playwright/test"
import { joinMany } from "../../e2e/support/many-members.ts"
import { Samples } from "../measure.ts"
import type { Report } from "../report.ts"
import { forget, newContext, seen } from "./browser.ts"
import type { Stage } from "./stage.ts"

const MEMBERS = 500_000
const STEPS = 200

interface Snapshot {
  guild: { id: string }
  channels: { id: string }[]
}

declare global {
  var __blank: { longest: number; going: boolean }
}

/** Looks at each frame for how long there have been lines in sight without anybody, or none at all. */
const watchForBlank = (page: Page): Promise<void> =>
  page.evaluate(() => {
    globalThis.__blank = { longest: 0, going: true }
    let since: number | undefined
    const look = (now: number) => {
      const list = document.querySelector('.people [role="list"]')
      const box = list?.getBoundingClientRect()
      const lines = [...(list?.querySelectorAll("[aria-posinset]:not(.held)") ?? [])].flatMap((line) => {
        const { top, bottom } = line.getBoundingClientRect()
        return box && bottom > box.top && top < box.bottom ? [{ top, bottom, is: !line.matches(".person") }] : []
      })
      const isFilled =
        box !== undefined &&
        lines.every((line) => line.is) &&
        (lines[0]?.top ?? box.bottom) <= box.top + 1 &&
        (lines.at(-1)?.bottom ?? box.top) >= box.bottom - 1
      if (isFilled) since = undefined
      else {
        since ??= now
        globalThis.__blank.longest = Math.max(globalThis.__blank.longest, now - since)
      }
      if (globalThis.__blank.going) requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })

/** One step, and all that comes of it until the frame after the next. */
const step = (page: Page, part: number): Promise<void> =>
  page.evaluate(async (part) => {
    const list = document.querySelector('.people [role="list"]')
    if (!list) throw new Error("there is no list of members")
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
    if (part < 1) list.scrollTop = part * (list.scrollHeight - list.clientHeight)
    else list.scrollTop += part
    await frame()
    await frame()
    // What was asked for comes within the time that a frame more takes.
    await new Promise((resolve) => setTimeout(resolve, 30))
  }, part)

/** Half a million members: by the wheel from the top, and in leaps from end to end as one drags the scroll bar. */
export const measurePeople = async (browser: Browser, stage: Stage, report: Report): Promise<void> => {
  const { guild, channels } = await stage.reader.mutate<Snapshot>("guild.create", { name: "Everybody" })
  report.say(`${MEMBERS.toLocaleString("en-US")} members join`)
  await joinMany(stage.database, guild.id, MEMBERS)
  await using context = await newContext(browser, stage.reader)
  const page = await context.newPage()
  await page.goto(`${stage.url}/s/${guild.id}/${channels[0]?.id}`)
  const list = page.getByRole("list", { name: "Members by group" })
  await list.getByText("Member 000001").waitFor({ timeout: 120_000 })
  await page.waitForLoadState("networkidle")
  const cdp = await context.newCDPSession(page)
  await cdp.send("Performance.enable")
  const scripting = async () => {
    const { metrics } = await cdp.send("Performance.getMetrics")
    return (metrics.find((m) => m.name === "ScriptDuration")?.value ?? 0) * 1000
  }
  const ways = [
    ["by the wheel", () => 300],
    ["in leaps", (n: number) => ((n * 37) % STEPS) / STEPS],
  ] as const
  for (const [way, to] of ways) {
    const steps = new Samples()
    // Once, so that what comes on demand is there.
    await step(page, to(1))
    await forget(page)
    for (let n = 0; n < STEPS; n++) {
      const before = await scripting()
      await step(page, to(n))
      steps.add((await scripting()) - before)
    }
    const longest = Math.max(0, ...(await seen(page)).longTasks)
    // Another time: to look at each frame takes as much scripting as a step.
    await step(page, 0)
    await watchForBlank(page)
    for (let n = 0; n < STEPS; n++) await step(page, to(n))
    const blank = await page.evaluate(() => {
      globalThis.__blank.going = false
      return globalThis.__blank.longest
    })
    const name = `scrolling ${MEMBERS.toLocaleString("en-US")} members ${way}`
    report.add("embedded", `scripting a step, ${name}, p95`, steps.quantiles().p95, "ms", 8)
    report.add("embedded", `longest task, ${name}`, longest, "ms", 50)
    report.add("embedded", `longest time with blank rows, ${name}`, blank, "ms", 100)
    report.add("embedded", `lines drawn, ${name}`, await list.getByRole("listitem").count(), "", 120)
  }
}
