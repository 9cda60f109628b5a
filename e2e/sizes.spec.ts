import type { Locator, Page } from "@playwright/test"
import { inCompany } from "./support/company.ts"
import { StrangerClient } from "./support/gateway-client.ts"
import type { Person } from "./support/person.ts"
import { expect, test } from "./support/test.ts"

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

type Open = (name: string, options?: object) => Promise<Person>

const onPhone = async (alice: Person, visitor: Open, options: object = phone): Promise<Person> => {
  const { guildId, channelId } = alice.here()
  const person = await visitor("Alice", options)
  await person.isAlso(alice)
  await person.isSignedIn()
  await person.goesTo(`/s/${guildId}/${channelId}`)
  await expect(person.composer()).toBeVisible()
  return person
}

/** A finger, as the browser feels one. */
const finger = async (page: Page) => {
  const cdp = await page.context().newCDPSession(page)
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", ...touchPoints: { x: number; y: number }[]) =>
    cdp.send("Input.dispatchTouchEvent", { type, touchPoints })
  return {
    down: (x: number, y: number) => touch("touchStart", { x, y }),
    to: (x: number, y: number) => touch("touchMove", { x, y }),
    up: () => touch("touchEnd"),
  }
}

const boxOf = async (locator: Locator) => {
  const box = await locator.boundingBox()
  if (!box) throw new Error("it is not there")
  return box
}

const doesNotScrollSideways = async (page: Page) =>
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0)

/** Panes and bars lie beside or below each other, and whole within the window. */
const nothingOverlaps = async (page: Page, names: Record<string, Locator>) => {
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 }
  const boxes = await Promise.all(Object.entries(names).map(async ([name, l]) => ({ name, ...(await boxOf(l)) })))
  for (const a of boxes) {
    expect(a.x, a.name).toBeGreaterThanOrEqual(-0.5)
    expect(a.x + a.width, a.name).toBeLessThanOrEqual(width + 0.5)
    expect(a.y + a.height, a.name).toBeLessThanOrEqual(height + 0.5)
    for (const b of boxes) {
      if (a.name >= b.name) continue
      const apart =
        a.x + a.width <= b.x + 1 || b.x + b.width <= a.x + 1 || a.y + a.height <= b.y + 1 || b.y + b.height <= a.y + 1
      expect(apart, `${a.name} and ${b.name} overlap`).toBe(true)
    }
  }
}

test.describe("in every size", () => {
  test("all panes are there from 1200, people float below, and below 720 there is one pane", async ({ people }) => {
    const [alice] = await people("Alice")
    if (!alice) throw new Error("nobody")
    const { page } = alice
    await alice.hasServer("Home")
    await alice.say("hello")
    const panel = page.getByRole("complementary", { name: "Members" })
    const parts = { rail: alice.servers(), list: alice.channels(), log: alice.messages(), composer: alice.composer() }

    await page.setViewportSize({ width: 1200, height: 800 })
    await nothingOverlaps(page, { ...parts, panel })
    await page.setViewportSize({ width: 1199, height: 800 })
    await expect(panel).toHaveCount(0)
    await page.getByRole("button", { name: "Members", exact: true }).click()
    const room = page.getByRole("main")
    const [roomBox, panelBox] = [await boxOf(room), await boxOf(panel)]
    expect(roomBox.x + roomBox.width).toBe(1199)
    expect(panelBox.x).toBeGreaterThan(roomBox.x)
    expect(panelBox.x + panelBox.width).toBe(1199)
    await page.keyboard.press("Escape")
    await expect(panel).toHaveCount(0)
    await page.setViewportSize({ width: 720, height: 800 })
    await nothingOverlaps(page, parts)
    await page.setViewportSize({ width: 719, height: 800 })
    await expect(alice.channels()).toBeHidden()
    expect((await boxOf(room)).width).toBe(719)
    await page.getByRole("button", { name: "Servers and channels", exact: true }).click()
    await expect(alice.channels()).toBeInViewport()
    expect((await boxOf(alice.servers())).width + (await boxOf(alice.channels())).width).toBe(340)
    await expect(alice.channel("general")).toBeFocused()
    await page.keyboard.press("Escape")
    await expect(alice.channels()).toBeHidden()
    const toggle = page.getByRole("button", { name: "Servers and channels", exact: true })
    await expect(toggle).toBeFocused()

    // Whoever tabs out of the drawer is not lost under it.
    await toggle.press("Enter")
    await expect(alice.channel("general")).toBeFocused()
    await page.keyboard.press("Tab")
    await expect(toggle).toBeFocused()
    await expect(alice.channels()).toBeHidden()
  })

  test("where there is little room beside a list, all of it can be reached, and no topic is cut to a letter", async ({
    people,
  }) => {
    const { alice, bob, guildId } = await inCompany(people)
    const api = await alice.api()
    const [name, topic] = ["the-kitchen-garden", "All that grows"]
    const { id } = await api.mutate<{ id: string }>("channel.create", { guildId, name, topic })
    await bob.goesTo("/settings/account")
    await alice.opens(name)
    await alice.say("the beans are up", name)
    const { page } = bob
    await page.setViewportSize({ width: 720, height: 450 })
    await bob.goesTo("/catch-up")
    await bob.sees("the beans are up")
    const open = page.getByRole("link", { name: "Open the channel" })
    const list = page.getByRole("list", { name: "Moved while you were away" })
    await nothingOverlaps(page, { list, open, composer: bob.composer(name) })
    expect((await boxOf(bob.composer(name))).width).toBeGreaterThan(120)

    await page.setViewportSize({ width: 1440, height: 900 })
    await bob.goesTo(`/s/${guildId}/${id}`)
    const beside = page.locator(".topic > .clip")
    await expect(beside).toBeVisible()
    for (let width = 1440; width >= 720; width -= 40) {
      await page.setViewportSize({ width, height: 900 })
      const isRead = () => beside.evaluate((e) => !e.checkVisibility() || e.clientWidth > 48)
      await expect.poll(isRead, `the topic, in ${width} px`).toBe(true)
    }
    await expect(beside).toBeHidden()
  })

  test("the drawer follows a finger from the edge and back, and leaves scrolling and selecting alone", async ({
    people,
    visitor,
  }) => {
    const [alice] = await people("Alice")
    if (!alice) throw new Error("nobody")
    const { channelId } = await alice.hasServer("Home")
    const writer = await StrangerClient.connect(await alice.api())
    await writer.event("gateway:ready")
    for (let i = 1; i <= 60; i++) expect(await writer.send(channelId, `number ${i}.`)).toMatchObject({ ok: true })
    writer.close()
    const person = await onPhone(alice, visitor)
    await person.sees("number 60.")
    const { page } = person
    const hand = await finger(page)
    const room = page.getByRole("main")

    await hand.down(6, 400)
    for (const x of [20, 60, 106]) await hand.to(x, 402)
    await expect.poll(async () => Math.round((await boxOf(room)).x)).toBe(100)
    for (const x of [180, 250, 280]) await hand.to(x, 402)
    await hand.up()
    await expect.poll(async () => Math.round((await boxOf(room)).x)).toBe(340)
    await expect(person.channel("general")).toBeInViewport()

    await hand.down(300, 400)
    for (const x of [280, 200, 100, 40]) await hand.to(x, 402)
    await hand.up()
    await expect.poll(async () => Math.round((await boxOf(room)).x)).toBe(0)
    await expect(person.channels()).toBeHidden()

    // From the middle of the room nothing is pulled out.
    await hand.down(200, 400)
    for (const x of [240, 300, 380]) await hand.to(x, 402)
    await hand.up()
    await expect(person.channels()).toBeHidden()

    // Up and down is the log's, from the edge as well.
    const fromEnd = () => person.messages().evaluate((log) => log.scrollHeight - log.clientHeight - log.scrollTop)
    await expect.poll(fromEnd).toBeLessThan(2)
    await hand.down(10, 300)
    for (const y of [320, 380, 460, 560]) await hand.to(14, y)
    await hand.up()
    await expect.poll(fromEnd).toBeGreaterThan(100)
    await expect(person.channels()).toBeHidden()
  })

  test("what a finger can press is at least 40 px, and a tap shows what can be done with a message", async ({
    people,
    visitor,
  }) => {
    const [alice] = await people("Alice")
    if (!alice) throw new Error("nobody")
    await alice.hasServer("Home")
    await alice.say("hello there")
    const writer = await StrangerClient.connect(await alice.api())
    await writer.event("gateway:ready")
    const reacted = { channelId: alice.here().channelId, seq: 1, emoji: "🎉", on: true }
    expect(await writer.command("message:react", reacted)).toMatchObject({ ok: true })
    writer.close()
    const person = await onPhone(alice, visitor)
    const { page } = person
    await expect(page.getByRole("button", { name: "Add a reaction" })).toBeVisible()
    const tooSmall = () =>
      page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>("button, a[href], [role=menuitem], textarea")]
          .filter((e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !e.closest(".said"))
          .map((e) => ({ e, box: e.getBoundingClientRect() }))
          .filter(
            ({ box }) =>
              box.width > 1 &&
              box.bottom > 0 &&
              box.right > 0 &&
              box.left < window.innerWidth &&
              box.top < window.innerHeight,
          )
          .filter(({ e, box }) => box.height < 39.5 || (box.width < 39.5 && !e.matches("textarea")))
          .map(
            ({ e, box }) =>
              `${e.className} ${e.getAttribute("aria-label") ?? e.textContent} ${box.width}×${box.height}`,
          ),
      )
    expect(await tooSmall(), "the room").toEqual([])
    await person.message("hello there").getByText("hello there").tap()
    const tools = page.getByRole("toolbar")
    await expect(tools).toBeVisible()
    expect(await tooSmall(), "the tools").toEqual([])
    const said = await boxOf(person.message("hello there").getByText("hello there"))
    const { y, height } = await boxOf(tools)
    expect(y + height, "the tools stand above what was tapped").toBeLessThanOrEqual(said.y)
    await tools.getByRole("button", { name: "Edit" }).tap()
    await expect(person.composer()).toHaveValue("hello there")
    expect(await tooSmall(), "editing").toEqual([])
    await page.getByRole("button", { name: /^Cancel/ }).tap()

    await page.getByRole("button", { name: "Servers and channels", exact: true }).tap()
    await expect(person.channel("general")).toBeInViewport()
    expect(await tooSmall(), "the drawer").toEqual([])
    await page.getByRole("button", { name: "You: Alice" }).tap()
    await expect(page.getByRole("menuitem", { name: "Keys" })).toBeVisible()
    expect(await tooSmall(), "a menu").toEqual([])
    await page.getByRole("menuitem", { name: "Your settings" }).tap()
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible()
    expect(await tooSmall(), "settings").toEqual([])
  })

  test("settings fit a phone: a long topic hides no button, and the page one is on stands in the line of pages", async ({
    people,
    visitor,
  }) => {
    const [alice] = await people("Alice")
    if (!alice) throw new Error("nobody")
    const { guildId } = await alice.hasServer("Home")
    const api = await alice.api()
    await api.mutate("channel.create", {
      guildId,
      name: "w".repeat(40),
      topic: "A topic that goes on and on. ".repeat(8),
    })
    const { page } = await onPhone(alice, visitor)
    for (const name of ["Overview", "Channels", "Invites", "Members"]) {
      await page.goto(`/s/${guildId}/settings/${name.toLowerCase()}`)
      await expect(page.getByRole("heading", { level: 1, name })).toBeVisible()
      await expect(page.getByRole("link", { name, exact: true })).toBeInViewport({ ratio: 0.99 })
      await doesNotScrollSideways(page)
      if (name === "Channels")
        await expect(page.getByRole("button", { name: /^Delete w+$/ })).toBeInViewport({ ratio: 0.99 })
    }
  })

  test("the composer stays above a keyboard, the log at its end, and both clear of a notch", async ({
    people,
    visitor,
  }) => {
    const [alice] = await people("Alice")
    if (!alice) throw new Error("nobody")
    const { channelId } = await alice.hasServer("Home")
    const writer = await StrangerClient.connect(await alice.api())
    await writer.event("gateway:ready")
    for (let i = 1; i <= 30; i++) expect(await writer.send(channelId, `number ${i}.`)).toMatchObject({ ok: true })
    writer.close()
    const person = await onPhone(alice, visitor)
    const { page } = person
    await expect(person.message("number 30.")).toBeInViewport()
    await person.composer().tap()
    await page.setViewportSize({ width: 390, height: 480 })
    await expect(person.composer()).toBeInViewport({ ratio: 1 })
    await expect(person.message("number 30.")).toBeInViewport({ ratio: 1 })
    await page.setViewportSize(phone.viewport)

    const cdp = await page.context().newCDPSession(page)
    await cdp.send("Emulation.setSafeAreaInsetsOverride", { insets: { top: 47, bottom: 34 } })
    await expect.poll(async () => (await boxOf(page.getByRole("heading", { level: 1 }))).y).toBeGreaterThanOrEqual(47)
    const { y, height } = await boxOf(page.getByRole("button", { name: "Send", exact: true }))
    expect(y + height).toBeLessThanOrEqual(844 - 34)
  })

  test("at twice the text size nothing is cut off or on top of each other", async ({ people }) => {
    const [alice] = await people("Alice")
    if (!alice) throw new Error("nobody")
    const { page } = alice
    await alice.hasServer("Home")
    await alice.say("hello there, this is a sentence of some length for a line or two of large text")
    await page.evaluate(() => {
      document.documentElement.style.fontSize = "32px"
    })
    const composer = page.getByRole("button", { name: "Send", exact: true })
    for (const width of [1440, 720]) {
      await page.setViewportSize({ width, height: 900 })
      const title = page.getByRole("heading", { level: 1 })
      const members = page.getByRole("button", { name: "Members", exact: true })
      if (width === 1440)
        await nothingOverlaps(page, { list: alice.channels(), rail: alice.servers(), title, composer })
      await nothingOverlaps(page, { title, members, log: alice.messages(), composer })
      await doesNotScrollSideways(page)
      const cut = await alice.composer().evaluate((e) => e.scrollHeight - e.clientHeight)
      expect(cut, "what is cut off where one writes").toBeLessThanOrEqual(1)
      await alice.findsNoBarriers(`${width} px, twice the text`)
    }
    await expect(alice.channels()).toBeHidden()
  })

  test("from right to left the page is its mirror", async ({ people, visitor }) => {
    const [alice] = await people("Alice")
    if (!alice) throw new Error("nobody")
    const { page } = alice
    await alice.hasServer("Home")
    await alice.say("hello")
    // Its row is drawn anew when it comes back from the log: until then there may be nothing to measure.
    await expect(alice.message("hello")).toHaveAttribute("data-seq")
    const parts = {
      rail: alice.servers(),
      list: alice.channels(),
      door: alice.channel("general"),
      face: alice.message("hello").locator(".face").first(),
      text: alice.message("hello").locator("p"),
      panel: page.getByRole("complementary", { name: "Members" }),
      send: page.getByRole("button", { name: "Send", exact: true }),
    }
    const where = async () =>
      Object.fromEntries(
        await Promise.all(Object.entries(parts).map(async ([name, l]) => [name, await boxOf(l)] as const)),
      )
    const ltr = await where()
    await page.evaluate(() => {
      document.documentElement.dir = "rtl"
    })
    const rtl = await where()
    for (const name of ["rail", "list", "door", "face", "panel", "send"] as const) {
      const [a, b] = [ltr[name], rtl[name]]
      expect(Math.abs((b?.x ?? 0) + (b?.width ?? 0) - (1440 - (a?.x ?? 0))), name).toBeLessThanOrEqual(2)
    }
    await doesNotScrollSideways(page)

    const small = await onPhone(alice, visitor)
    await small.page.evaluate(() => {
      document.documentElement.dir = "rtl"
    })
    const hand = await finger(small.page)
    await hand.down(384, 400)
    for (const x of [360, 300, 200, 110]) await hand.to(x, 402)
    await hand.up()
    await expect(small.channel("general")).toBeInViewport()
    expect((await boxOf(small.servers())).x).toBeGreaterThan(300)
  })

  test("nothing moves for who asked for that", async ({ people, visitor }) => {
    const [alice] = await people("Alice")
    if (!alice) throw new Error("nobody")
    await alice.hasServer("Home")
    const person = await onPhone(alice, visitor, { ...phone, reducedMotion: "reduce" })
    const { page } = person
    await page.getByRole("button", { name: "Servers and channels", exact: true }).click()
    expect(Math.round((await boxOf(page.getByRole("main"))).x)).toBe(340)
    await page.getByRole("button", { name: "You: Alice" }).click()
    await expect(page.getByRole("menuitem", { name: "Keys" })).toBeVisible()
    const moving = await page.evaluate(() =>
      [...document.querySelectorAll("*")]
        .filter((e) => {
          const { transitionDuration, animationDuration, animationName } = getComputedStyle(e)
          const longest = (list: string) => Math.max(...list.split(",").map((s) => Number.parseFloat(s)))
          return longest(transitionDuration) > 0 || (animationName !== "none" && longest(animationDuration) > 0.01)
        })
        .map((e) => e.className),
    )
    expect(moving).toEqual([])
  })
})
