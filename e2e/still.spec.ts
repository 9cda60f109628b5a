import type { BrowserContextOptions, Page } from "@playwright/test"
import { Api, newEmail, PASSWORD } from "./support/api.ts"
import { expect, test } from "./support/test.ts"

const DESK = { width: 1440, height: 900 }
const PHONE = { width: 390, height: 844 }

test.describe("a channel that a page is opened at", () => {
  for (const [name, viewport] of [
    ["a desk", DESK],
    ["a phone", PHONE],
  ] as const)
    test(`stands there before any code is, where it stands afterwards, on ${name}`, async ({
      people,
      browser,
      hearth,
    }) => {
      const [alice] = await people("Alice")
      if (!alice) throw new Error("nobody")
      const { guildId, channelId } = await alice.hasServer("Home")
      const said = [
        "a long one that is folded ".repeat(60),
        "first **words**",
        "> what was quoted\n\n- and\n- a list",
        "```ts\nconst x = 1\n```",
        "the last of them",
      ]
      for (const text of said) await alice.types(text)
      await alice.seesSent("the last of them")
      await alice.hasRead(channelId, said.length)
      const cookies = (await alice.api()).cookies()
      const path = `${hearth.url}/s/${guildId}/${channelId}`
      const open = async (options: BrowserContextOptions) => {
        const context = await browser.newContext({ viewport, ...options })
        await context.addCookies(cookies)
        const page = await context.newPage()
        await page.goto(path)
        return page
      }
      const topsIn = (page: Page) =>
        page.locator(".msg .body").evaluateAll((all) => all.map((body) => Math.round(body.getBoundingClientRect().top)))
      const still = await open({ javaScriptEnabled: false })
      // A server that is busy leaves it out.
      await expect(async () => {
        if (!(await still.getByText("the last of them").isVisible())) await still.reload()
        await expect(still.getByText("the last of them")).toBeVisible({ timeout: 1000 })
      }).toPass()
      await still.evaluate(() => document.fonts.ready)
      const before = await topsIn(still)
      expect(before).toHaveLength(said.length)
      await still.context().close()
      const alive = await open({})
      await expect(alive.getByRole("log").getByText("the last of them")).toBeVisible()
      await expect.poll(() => topsIn(alive)).toEqual(before)
      await alive.context().close()
    })

  test("says nothing to who is not in it", async ({ people, hearth }) => {
    const [alice] = await people("Alice")
    if (!alice) throw new Error("nobody")
    const { guildId, channelId } = await alice.hasServer("Home")
    await alice.say("only for us 123")
    await alice.hasRead(channelId, 1)
    const read = async (api: Api) => {
      const cookie = api
        .cookies()
        .map((c) => `${c.name}=${c.value}`)
        .join("; ")
      const answer = await fetch(`${hearth.url}/s/${guildId}/${channelId}`, {
        headers: { cookie, "sec-fetch-dest": "document" },
      })
      return answer.text()
    }
    const mine = await alice.api()
    await expect.poll(() => read(mine)).toContain("only for us 123")
    const stranger = new Api(hearth.url)
    const email = newEmail("stranger")
    await stranger.mutate("account.register", { email, password: PASSWORD, displayName: "Stranger" })
    await stranger.signIn(email, PASSWORD)
    const page = await read(stranger)
    expect(page).toContain("</html>")
    await expect(stranger.query("message.page", { channelId })).rejects.toThrow("UNKNOWN_CHANNEL")
    expect(page).not.toContain("only for us 123")
  })
})
