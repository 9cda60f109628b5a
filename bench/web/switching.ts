import type { Browser, Page } from "@playwright/test"
import { Samples } from "../measure.ts"
import type { Report } from "../report.ts"
import { forget, newContext, seen } from "./browser.ts"
import type { Stage } from "./stage.ts"

const ROUNDS = 3

/** From the press on a channel's name to the frame that shows its newest message. */
const switchTo = async (page: Page, channel: { id: string }, text: string): Promise<number> => {
  const link = page.locator(`nav a.ch[href$="/${channel.id}"]`)
  await link.scrollIntoViewIfNeeded()
  const box = await link.boundingBox()
  if (!box) throw new Error("the channel is not in the list")
  const took = page.evaluate(
    (wanted) =>
      new Promise<number>((resolve) =>
        window.addEventListener("pointerdown", (event) => resolve(globalThis.__seen.painted(wanted, event.timeStamp)), {
          capture: true,
          once: true,
        }),
      ),
    text,
  )
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await page.mouse.down()
  await page.mouse.up()
  return took
}

export const measureSwitching = async (
  browser: Browser,
  stage: Stage,
  filled: number,
  report: Report,
): Promise<void> => {
  await using context = await newContext(browser, stage.reader)
  const page = await context.newPage()
  const channels = stage.channels.slice(1, 1 + filled)
  const marks = new Map<string, string>()
  for (const [i, channel] of channels.entries()) {
    const mark = `the newest of ${channel.name}, ${i}`
    await stage.say(channel.id, mark)
    marks.set(channel.id, mark)
  }
  await page.goto(`${stage.url}/s/${stage.guildId}/${stage.long.id}`)
  await page.locator("[data-seq]").first().waitFor()
  await page.waitForLoadState("networkidle")
  await forget(page)
  const samples = { "not cached": new Samples(), cached: new Samples() }
  for (let round = 0; round <= ROUNDS; round++)
    for (const channel of channels) {
      const took = await switchTo(page, channel, marks.get(channel.id) ?? "")
      samples[round === 0 ? "not cached" : "cached"].add(took)
      await page.waitForLoadState("networkidle")
    }
  const goals = { "not cached": 300, cached: 100 }
  for (const kind of ["not cached", "cached"] as const) {
    const { p50, p95 } = samples[kind].quantiles()
    report.add("embedded", `switching channels, ${kind}, p50`, p50, "ms", goals[kind])
    report.add("embedded", `switching channels, ${kind}, p95`, p95, "ms", goals[kind])
  }
  const { shift, shifts } = await seen(page)
  report.add("embedded", "layout shift of switching", shift, "", 0)
  for (const one of shifts.slice(0, 10)) report.say(`  shift ${one}`)
}
