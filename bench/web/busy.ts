import type { Browser, Page } from "@playwright/test"
import { setTimeout as delay } from "node:timers/promises"
import type { Report } from "../report.ts"
import { forget, newContext, seen } from "./browser.ts"
import type { Stage } from "./stage.ts"

const PER_SECOND = 20

/** Pages as one reads: turns the wheel, and looks. What then moves was moved by what arrived, and not by the reader. */
const readUp = async (page: Page, pages: number): Promise<void> => {
  const box = await page.getByRole("log").boundingBox()
  if (!box) throw new Error("there are no messages")
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  let arrived = 0
  page.on("response", (response) => {
    if (response.url().includes("message.page")) arrived++
  })
  for (let n = 1; n <= pages; n++) {
    for (let turns = 0; arrived < n; turns++) {
      if (turns === 200) throw new Error("no older messages came")
      await page.mouse.wheel(0, -200)
      await delay(100)
    }
    await delay(300)
  }
}

/** Scrolls up, page after page, until the beginning of the channel is there. */
const loadAll = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const log = document.querySelector("[role=log]")
    if (!log) throw new Error("there are no messages")
    while (!document.querySelector(".beginning")) {
      log.scrollTop = 0
      log.dispatchEvent(new WheelEvent("wheel", { deltaY: -100 }))
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  })

/** Messages come, at that rate, until it is called off. Answers how many did. */
const talk = (stage: Stage) => {
  let going = true
  let count = 0
  const started = performance.now()
  const done = (async () => {
    while (going) {
      await stage.say(stage.long.id, `Live ${++count}: somebody says **something** to everybody, again.`)
      await delay(Math.max(0, started + (count * 1000) / PER_SECOND - performance.now()))
    }
  })()
  return {
    stop: async () => {
      going = false
      await done
      return count
    },
  }
}

/** What one does meanwhile: writes, looks at what can be done with messages, opens and closes what there is. */
const act = async (page: Page, seconds: number): Promise<void> => {
  const composer = page.getByRole("textbox", { name: /^Message #/ })
  const until = performance.now() + seconds * 1000
  const members = page.getByRole("button", { name: "Members", exact: true })
  while (performance.now() < until) {
    await composer.click()
    await page.keyboard.type("what a lively place this is ", { delay: 60 })
    await page.mouse.move(700, 500)
    await page.mouse.move(700, 420)
    await members.click()
    await members.click()
    await page.getByRole("button", { name: /server menu$/ }).click()
    await page.getByRole("menuitem").first().waitFor()
    await page.keyboard.press("Escape")
    await composer.click()
    await page.keyboard.press("Control+a")
    await page.keyboard.press("Delete")
  }
}

export const measureBusy = async (browser: Browser, stage: Stage, seconds: number, report: Report): Promise<void> => {
  await using context = await newContext(browser, stage.reader)
  const page = await context.newPage()
  await page.goto(`${stage.url}/s/${stage.guildId}/${stage.long.id}`)
  await page.locator("[data-seq]").first().waitFor()
  await forget(page)
  await readUp(page, 5)
  const paging = await seen(page)
  report.add("embedded", "layout shift of paging", paging.shift, "", 0)
  for (const one of paging.shifts.slice(0, 10)) report.say(`  shift ${one}`)
  report.add("embedded", "longest task of paging", Math.max(0, ...paging.longTasks), "ms", 50)
  await loadAll(page)

  await page.getByRole("button", { name: /new$|Jump to present/ }).click()
  // Once, so that what is loaded on demand is there.
  await act(page, 1)
  await forget(page)
  const cdp = await context.newCDPSession(page)
  await cdp.send("Performance.enable")
  const taskTime = async () => {
    const { metrics } = await cdp.send("Performance.getMetrics")
    return (metrics.find((m) => m.name === "TaskDuration")?.value ?? 0) * 1000
  }
  const quietFrom = await taskTime()
  await delay(2000)
  const quiet = (await taskTime()) - quietFrom
  const watching = talk(stage)
  const from = await taskTime()
  await delay(5000)
  const drawn = (await taskTime()) - from - quiet * 2.5
  report.add("embedded", `main thread a message, ${PER_SECOND}/s`, drawn / (5 * PER_SECOND), "ms")
  await act(page, seconds)
  const count = await watching.stop()
  await page.getByRole("log").getByText(`Live ${count}:`).waitFor()
  const { interactions, longTasks, unasked, shifts } = await seen(page)
  const name = `${PER_SECOND} messages/s in ${stage.long.name}`
  report.add("embedded", `INP, ${name}`, Math.max(16, ...interactions), "ms", 200)
  report.add("embedded", `longest task, ${name}`, Math.max(0, ...longTasks), "ms", 50)
  report.add("embedded", `tasks over 50 ms, ${name}`, longTasks.length, "", 0)
  report.add("embedded", `layout shift that nobody asked for, ${name}`, unasked, "", 0)
  for (const one of shifts.slice(0, 10)) report.say(`  shift ${one}`)
}
