import type { Browser, Page } from "@playwright/test"
import type { Report } from "../report.ts"
import { forget, newContext, seen } from "./browser.ts"
import type { Stage } from "./stage.ts"

const TURNS = 60

/** Turns the wheel over the list, to its end and back, a turn a frame. Answers the longest time between two frames. */
const scrollList = async (page: Page): Promise<number> => {
  const box = await page.locator("nav .channels").boundingBox()
  if (!box) throw new Error("there is no list of channels")
  await page.mouse.move(box.x + box.width / 2, box.y + 200)
  await page.evaluate(() => {
    let last = performance.now()
    const frames = { longest: 0, going: true }
    Object.assign(globalThis, { frames })
    const look = (now: number) => {
      frames.longest = Math.max(frames.longest, now - last)
      last = now
      if (frames.going) requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })
  for (const by of [400, -400]) for (let n = 0; n < TURNS; n++) await page.mouse.wheel(0, by)
  return page.evaluate(() => {
    const { frames } = globalThis as unknown as { frames: { longest: number; going: boolean } }
    frames.going = false
    return frames.longest
  })
}

/** A long list of channels must not be felt: neither in it, nor where one writes. */
export const measureMany = async (browser: Browser, stage: Stage, report: Report): Promise<void> => {
  await using context = await newContext(browser, stage.reader)
  const page = await context.newPage()
  await page.goto(`${stage.url}/s/${stage.guildId}/${stage.long.id}`)
  await page.locator("[data-seq]").first().waitFor()
  await page.waitForLoadState("networkidle")
  const name = `${stage.channels.length} channels`
  await forget(page)
  report.add("embedded", `longest frame, scrolling ${name}`, await scrollList(page), "ms", 50)
  report.add("embedded", `tasks over 50 ms, scrolling ${name}`, (await seen(page)).longTasks.length, "", 0)
  await forget(page)
  await page.getByRole("textbox", { name: /^Message #/ }).click()
  await page.keyboard.type("what a lot of places there are, and still one writes as fast as ever ", { delay: 30 })
  const { interactions, longTasks } = await seen(page)
  report.add("embedded", `INP, typing beside ${name}`, Math.max(16, ...interactions), "ms", 200)
  report.add("embedded", `tasks over 50 ms, typing beside ${name}`, longTasks.length, "", 0)
}
