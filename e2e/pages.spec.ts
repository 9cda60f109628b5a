import { expect, test } from "./support/test.ts"

test.describe("every page", () => {
  test("has no barriers that axe finds, and nothing that the policy refuses", async ({ people, visitor }) => {
    test.setTimeout(180_000)
    const [alice, newcomer] = await people("Alice", "Newcomer")
    if (!alice || !newcomer) throw new Error("nobody")
    await newcomer.goesTo("/")
    await newcomer.isIn()
    await expect(newcomer.page.getByRole("heading").first()).toBeVisible()
    await newcomer.findsNoBarriers("the first page without a server")
    const { guildId, channelId } = await alice.hasServer("Home")
    await alice.types("hello **there**")
    await alice.seesSent("hello there")
    const link = await alice.invite(guildId)
    const somebody = await visitor("Somebody")
    for (const path of ["/login", "/register", "/register?invited=1", link, "/invite/never-was-one", "/no/such/page"]) {
      await somebody.goesTo(path)
      await expect(somebody.page.getByRole("heading").first()).toBeVisible()
      await somebody.findsNoBarriers(path)
    }
    const settings = ["overview", "channels", "invites", "members"].map((name) => `/s/${guildId}/settings/${name}`)
    const mine = ["account", "sessions", "keywords", "appearance"].map((name) => `/settings/${name}`)
    for (const path of [...settings, ...mine, `/s/${guildId}/1`]) {
      await alice.goesTo(path)
      await expect(alice.page.getByRole("heading").first()).toBeVisible()
      await alice.findsNoBarriers(path)
    }
    await alice.goesTo(`/s/${guildId}/${channelId}`)
    await alice.sees("hello there")
    await alice.findsNoBarriers("channel")
  })

  test("answers with a strict policy, and is kept by nobody", async ({ hearth }) => {
    for (const path of ["/login", "/no/such/page"]) {
      const { headers } = await fetch(hearth.url + path)
      const policy = headers.get("content-security-policy") ?? ""
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).toMatch(/script-src 'self' 'nonce-[^']+' 'strict-dynamic'/)
      expect(policy).not.toContain("unsafe-inline")
      expect(headers.get("x-content-type-options")).toBe("nosniff")
      expect(headers.get("cache-control")).toContain("no-store")
    }
    for (const path of ["/metrics", "/readyz", "/internal/commands", "/gallery"])
      expect((await fetch(hearth.url + path)).status).toBe(404)
    expect((await fetch(`${hearth.url}/healthz`)).status).toBe(200)
  })
})

test.describe("on a phone", () => {
  test("the lists are behind a drawer, and one chats as anywhere", async ({ people, visitor }) => {
    const [alice] = await people("Alice")
    if (!alice) throw new Error("nobody")
    const { guildId, channelId } = await alice.hasServer("Home")
    const phone = await visitor("Alice", { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
    await phone.isAlso(alice)
    await phone.isSignedIn()
    await phone.goesTo(`/s/${guildId}/${channelId}`)
    await expect(phone.composer()).toBeVisible()
    await expect(phone.channel("general")).not.toBeInViewport()
    await phone.say("from the train")
    await alice.sees("from the train")
    await phone.page
      .getByRole("button", { name: /menu|channels|open/i })
      .first()
      .click()
    await expect(phone.channel("general")).toBeInViewport()
    await phone.findsNoBarriers()
    await phone.page.keyboard.press("Escape")
    await expect(phone.channel("general")).not.toBeInViewport()
    const overflow = await phone.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(overflow).toBe(0)
  })
})
