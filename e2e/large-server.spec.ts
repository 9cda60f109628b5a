import type { Page } from "@playwright/test"
import { Api } from "./support/api.ts"
import { joinMany, memberName } from "./support/many-members.ts"
import { ADMIN, expect, newPerson, test } from "./support/test.ts"

const LARGE = 500_000
const SMALL = 50
/** Above the members: the group of those who are here, with the one who looks, and the name of the other group. */
const ABOVE = 3

interface Snapshot {
  guild: { id: string }
  channels: { id: string }[]
}

const listOf = (page: Page) => page.getByRole("list", { name: "Members by group" })
const heading = (page: Page, name: RegExp) => listOf(page).getByRole("heading", { name })

/** Who stands in sight, by line; null: nobody yet. */
const inSight = (page: Page): Promise<[line: number, name: string | null][]> =>
  listOf(page).evaluate((list) => {
    const { top, bottom } = list.getBoundingClientRect()
    return [...list.querySelectorAll("[aria-posinset]:not(.held)")]
      .filter((line) => {
        const box = line.getBoundingClientRect()
        return box.bottom > top + 1 && box.top < bottom - 1
      })
      .filter((line) => !line.querySelector("h2"))
      .map((line): [number, string | null] => [
        Number(line.getAttribute("aria-posinset")),
        line.querySelector(".name")?.textContent ?? null,
      ])
  })

/** All that is in sight is there, fills the list, and is who stands at that rank. */
const seesTheRightOnes = async (page: Page, where: string, first: (line: number) => boolean) => {
  await expect
    .poll(async () => {
      const lines = await inSight(page)
      const wrong = lines.filter(([line, name]) => line > ABOVE && name !== memberName(line - ABOVE))
      return { right: first(lines[0]?.[0] ?? -1), some: lines.length > 10, wrong }
    }, where)
    .toEqual({ right: true, some: true, wrong: [] })
  expect(await listOf(page).getByRole("listitem").count(), where).toBeLessThan(120)
}

const scrollTo = (page: Page, part: number) =>
  listOf(page).evaluate((list, part) => {
    list.scrollTop = part * (list.scrollHeight - list.clientHeight)
  }, part)

/** Bytes of everything that comes until the first members stand there: answers over HTTP, and packets. */
const bytesOfOpening = async (page: Page, path: string, isThere: () => Promise<void>): Promise<number> => {
  let packets = 0
  const sizes: Promise<number>[] = []
  page.on("websocket", (socket) => socket.on("framereceived", ({ payload }) => void (packets += payload.length)))
  page.on("requestfinished", (request) => {
    if (request.url().includes("/_next/static/")) return
    sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize))
  })
  await page.goto(path, { waitUntil: "networkidle" })
  await isThere()
  await page.waitForLoadState("networkidle")
  const bodies = await Promise.all(sizes)
  expect(bodies.length).toBeGreaterThan(0)
  expect(packets).toBeGreaterThan(0)
  return packets + bodies.reduce((sum, size) => sum + size, 0)
}

test("a server of half a million members opens like one of fifty, and is walked through from end to end", async ({
  freshHearth,
  browser,
}) => {
  test.setTimeout(900_000)
  const api = new Api(freshHearth.url)
  await api.mutate("setup.create", { code: freshHearth.setupCode, instanceName: "Large", ...ADMIN })
  await api.signIn(ADMIN.email, ADMIN.password)
  const { id } = await api.query<{ id: string }>("account.me")
  const make = async (name: string, count: number, firstId: number) => {
    const { guild, channels } = await api.mutate<Snapshot>("guild.create", { name })
    await joinMany(freshHearth.database(), guild.id, count, firstId)
    return `/s/${guild.id}/${channels[0]?.id}`
  }
  const small = await make("Small", SMALL, 1_000_000)
  const large = await make("Large", LARGE, 0)

  const person = await newPerson(browser, freshHearth, ADMIN.displayName)
  person.email = ADMIN.email
  await person.isSignedIn()
  await person.hasSeenTheTour(id)
  const { page } = person

  // The first look at the large one reads it; both are there when they are compared.
  await page.goto(large)
  await expect(heading(page, /^Not here\s*about 500,000$/)).toBeVisible({ timeout: 300_000 })
  await page.goto(small)
  await expect(heading(page, /^Not here\s*50$/)).toBeVisible()
  const weighs = async (path: string) => {
    const other = await person.context.newPage()
    const bytes = await bytesOfOpening(other, path, async () => {
      await expect(listOf(other).getByText(memberName(10))).toBeVisible({ timeout: 300_000 })
    })
    await other.close()
    return bytes
  }
  const [bytesOfSmall, bytesOfLarge] = [await weighs(small), await weighs(large)]
  expect(bytesOfLarge, `${bytesOfLarge} bytes, and ${bytesOfSmall} of the small one`).toBeLessThan(bytesOfSmall * 1.05)

  await page.goto(large)
  await expect(heading(page, /^Here\s*1$/)).toBeVisible()
  await seesTheRightOnes(page, "at the beginning", (line) => line === 2)
  await scrollTo(page, 0.5)
  await seesTheRightOnes(page, "in the middle", (line) => Math.abs(line - LARGE / 2) < 100)
  await scrollTo(page, 1)
  await seesTheRightOnes(page, "at the end", (line) => line > LARGE - 100)
  await expect(listOf(page).getByText(memberName(LARGE))).toBeInViewport()

  // As one drags the scroll bar: from the end to the beginning, and not to where it was before.
  for (let part = 1; part >= 0.25; part -= 0.01) await scrollTo(page, part)
  await seesTheRightOnes(page, "where the drag ended", (line) => Math.abs(line - LARGE / 4) < LARGE / 50)

  await listOf(page).focus()
  await page.keyboard.press("End")
  await expect(listOf(page).getByText(memberName(LARGE))).toBeInViewport()
  await seesTheRightOnes(page, "after End", (line) => line > LARGE - 100)
  await page.keyboard.press("Home")
  await seesTheRightOnes(page, "after Home", (line) => line <= 2)
  await page.keyboard.press("PageDown")
  await seesTheRightOnes(page, "a page further down", (line) => line > 5 && line < 100)

  const box = await listOf(page).boundingBox()
  if (!box) throw new Error("there is no list")
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  for (let n = 0; n < 40; n++) await page.mouse.wheel(0, 400)
  await seesTheRightOnes(page, "after the wheel", (line) => line > 200)

  // The arrows go from one to the next, and whoever has the focus keeps it when one scrolls away.
  await listOf(page).focus()
  await page.keyboard.press("ArrowDown")
  const focused = () => page.evaluate(() => document.activeElement?.querySelector(".name")?.textContent ?? "")
  await expect.poll(focused).toMatch(/^Member \d{6}$/)
  const who = await focused()
  await page.keyboard.press("ArrowDown")
  await expect.poll(focused).toBe(memberName(Number(who.slice(-6)) + 1))
  const next = await focused()
  await scrollTo(page, 0.9)
  await seesTheRightOnes(page, "far from the focus", (line) => Math.abs(line - 0.9 * LARGE) < 100)
  expect(await focused()).toBe(next)
  await person.findsNoBarriers()

  // Whoever is looked for is found by how their name begins.
  const find = page.getByRole("textbox", { name: "Find a member" })
  const found = page.getByRole("list", { name: "Members found" }).getByRole("listitem")
  await find.fill("MEMBER 49999")
  await expect(found).toHaveText(Array.from({ length: 10 }, (_, i) => new RegExp(memberName(499_990 + i))))
  await find.fill("member 4999")
  await expect(found).toHaveCount(50)
  await person.press("Show more")
  await expect(found).toHaveCount(100)
  await expect(page.getByRole("button", { name: "Show more" })).toHaveCount(0)
  await find.fill("nobody is called so")
  await expect(page.getByText("Nobody’s name begins so.")).toBeVisible()
  await find.press("Escape")
  await expect(heading(page, /^Here\s*1$/)).toBeVisible()
  await person.leaveTheRoom()
})
