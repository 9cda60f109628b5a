import type { Page } from "@playwright/test"
import { Api } from "./support/api.ts"
import { ADMIN, expect, test } from "./support/test.ts"

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
  test("asks for its fonts, its snapshot and its messages with the page, and once", async ({ people, visitor }) => {
    const [alice] = await people("Alice")
    if (!alice) throw new Error("nobody")
    const { guildId, channelId } = await alice.hasServer("Home")
    await alice.say("hello there 123")
    // Nothing is kept from before.
    const anew = await visitor("Alice")
    await anew.isAlso(alice)
    await anew.isSignedIn()
    const early = /\.woff2|app\.bootstrap|message\.page/
    const asked: string[] = []
    const arrived = Promise.withResolvers<void>()
    anew.page.on("request", (request) => {
      const [name] = early.exec(request.url()) ?? []
      if (name && asked.push(name) === 4) arrived.resolve()
    })
    // No code runs before all of it was asked for.
    await anew.page.route(/_next\/static\/.*\.js/, async (route) => {
      await arrived.promise
      await route.continue()
    })
    await anew.goesTo(`/s/${guildId}/${channelId}`)
    await anew.sees("hello there 123")
    await anew.page.waitForLoadState("networkidle")
    expect(asked.toSorted()).toEqual([".woff2", ".woff2", "app.bootstrap", "message.page"])
  })

  test("shows what there is to read before it asks for any script", async ({ people, visitor }) => {
    const [alice] = await people("Alice")
    if (!alice) throw new Error("nobody")
    const { guildId, channelId } = await alice.hasServer("Home")
    await alice.say("hello there 123")
    const anew = await visitor("Alice")
    await anew.isAlso(alice)
    for (const path of ["/login", `/s/${guildId}/${channelId}`]) {
      await anew.page.goto(path, { waitUntil: "networkidle" })
      const { painted, asked } = await anew.page.evaluate(() => ({
        painted: performance.getEntriesByName("first-contentful-paint")[0]?.startTime,
        asked: performance
          .getEntriesByType("resource")
          .filter(({ name }) => /_next\/static\/.*\.js/.test(name))
          .map(({ startTime }) => startTime),
      }))
      expect(asked.length).toBeGreaterThan(3)
      expect(Math.min(...asked)).toBeGreaterThanOrEqual(painted ?? Number.NaN)
      // Signed in: another document, with nothing of the first one's scripts kept.
      await anew.isSignedIn()
    }
  })

  test("of every page is at most 200 KB of compressed JavaScript", async ({ people, browser, hearth }) => {
    test.setTimeout(300_000)
    const [alice, bob] = await people("Alice", "Bob")
    if (!alice || !bob) throw new Error("nobody")
    const { guildId, channelId } = await alice.hasServer("Home")
    await bob.joins(await alice.invite(guildId))
    const { me } = await (await bob.api()).query<{ me: { id: string } }>("app.bootstrap")
    const { conversationId: talk } = await (await alice.api()).mutate<{ conversationId: string }>("conversation.open", {
      userIds: [me.id],
    })
    await alice.types("hello **there**, see https://example.org")
    await alice.seesSent("hello there")
    const invite = await alice.invite(guildId)
    const cookies = (await alice.api()).cookies()
    const heading = (page: Page) => () => expect(page.getByRole("heading").first()).toBeVisible()
    const message = (page: Page) => () => expect(page.getByText("hello there")).toBeVisible()
    const settings = ["overview", "channels", "invites", "members"].map((name) => `/s/${guildId}/settings/${name}`)
    const mine = ["account", "sessions", "keywords", "privacy", "appearance"].map((name) => `/settings/${name}`)
    const weights: Record<string, number> = {}
    const weigh = async (path: string, isThere: typeof heading, signedIn: boolean, as = cookies) => {
      // Each with nothing kept from the one before.
      const context = await browser.newContext({ baseURL: hearth.url })
      if (signedIn) await context.addCookies(as)
      const page = await context.newPage()
      weights[path] = await weighs(page, path, isThere(page))
      await context.close()
    }
    for (const path of ["/login", "/register", invite]) await weigh(path, heading, false)
    for (const path of [...settings, ...mine]) await weigh(path, heading, true)
    await weigh(`/s/${guildId}/${channelId}`, message, true)
    for (const path of ["/", "/catch-up", "/catch-up/mentions", "/later", "/messages", `/messages/${talk}`, "/friends"])
      await weigh(path, heading, true)
    const admin = new Api(hearth.url)
    await admin.signIn(ADMIN.email, ADMIN.password)
    await weigh("/admin", heading, true, admin.cookies())
    await weigh(`/admin/message/${channelId}/1`, heading, true, admin.cookies())
    await weigh("/admin/reports", heading, true, admin.cookies())
    const tooHeavy = Object.entries(weights).filter(([, bytes]) => bytes > MOST)
    expect(tooHeavy, JSON.stringify(weights, null, 2)).toEqual([])
  })
})
