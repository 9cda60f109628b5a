import type { Page } from "@playwright/test"
import { expect, test } from "./support/test.ts"

/** Bytes of scripts over the wire until a page rests: issue 5. */
const MOST = 200_000

const weighs = async (page: Page, path: string, isThere: () => Promise<void>): Promise<number> => {
  const sizes: Promise<number>[] = []
  page.on("requestfinished", (request) => {
    if (request.resourceType() === "script") sizes.push(request.sizes().then((s) => s.responseBodySize))
  })
  await page.goto(path, { waitUntil: "networkidle" })
  await isThere()
  await page.waitForLoadState("networkidle")
  const all = await Promise.all(sizes)
  expect(all.length).toBeGreaterThan(3)
  return all.reduce((sum, size) => sum + size, 0)
}

test.describe("the first load", () => {
  test("of every page is at most 200 KB of compressed JavaScript", async ({ people, visitor, browser, hearth }) => {
    test.setTimeout(120_000)
    const [alice] = await people("Alice")
    if (!alice) throw new Error("nobody")
    const { guildId, channelId } = await alice.hasServer("Home")
    await alice.types("hello **there**, see https://example.org")
    await alice.seesSent("hello there")
    const invite = await alice.invite(guildId)
    const cookies = (await alice.api()).cookies()
    const stranger = await visitor("Somebody")
    const heading = (page: Page) => () => expect(page.getByRole("heading").first()).toBeVisible()
    const weights: Record<string, number> = {}

    for (const path of ["/login", "/register", invite]) {
      const page = await stranger.context.newPage()
      weights[path.split("/")[1] ?? path] = await weighs(page, path, heading(page))
    }
    const pages: [string, (page: Page) => () => Promise<void>][] = [
      [`/s/${guildId}/${channelId}`, (page) => () => expect(page.getByText("hello there")).toBeVisible()],
      ["/settings/account", heading],
      ["/settings/sessions", heading],
      ["/settings/appearance", heading],
      ...["overview", "channels", "invites", "members"].map(
        (name) => [`/s/${guildId}/settings/${name}`, heading] as [string, typeof heading],
      ),
    ]
    for (const [path, isThere] of pages) {
      // Each with nothing kept from the one before.
      const context = await browser.newContext({ baseURL: hearth.url })
      await context.addCookies(cookies)
      const page = await context.newPage()
      weights[path.replace(guildId, "server").replace(channelId, "channel")] = await weighs(page, path, isThere(page))
      await context.close()
    }
    const tooHeavy = Object.entries(weights).filter(([, bytes]) => bytes > MOST)
    expect(tooHeavy, JSON.stringify(weights, null, 2)).toEqual([])
  })
})
