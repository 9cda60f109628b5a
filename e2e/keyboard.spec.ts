import type { Page } from "@playwright/test"
import { inCompany } from "./support/company.ts"
import { StrangerClient } from "./support/gateway-client.ts"
import { expect, test } from "./support/test.ts"

const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.tagName)

/** The ring that shows where the keyboard is: on the element itself, or drawn around it. */
const hasRing = (page: Page) =>
  page.evaluate(() => {
    const at = document.activeElement
    if (!at || at === document.body) return false
    // Where one writes, the whole field is lit.
    if (at.matches("textarea"))
      return /0px 0px 0px 2px inset/.test(getComputedStyle(at.closest(".write") ?? at).boxShadow)
    const widths = [undefined, "::after"].map((part) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(at, part)
      return outlineStyle === "none" ? 0 : Number.parseFloat(outlineWidth)
    })
    return Math.max(...widths) >= 2
  })

/** What cuts a piece off the ring: what scrolls around the element, or the window. */
const ringIsCutBy = (page: Page) =>
  page.evaluate(() => {
    const at = document.activeElement
    if (!at || at.matches("textarea")) return []
    const { outlineOffset, outlineWidth, outlineStyle } = getComputedStyle(at)
    if (outlineStyle === "none") return []
    const by = Math.max(0, Number.parseFloat(outlineOffset) + Number.parseFloat(outlineWidth))
    const ring = at.getBoundingClientRect()
    const cuts = (x: { left: number; top: number; right: number; bottom: number }) =>
      ring.left - by < x.left - 0.5 ||
      ring.top - by < x.top - 0.5 ||
      ring.right + by > x.right + 0.5 ||
      ring.bottom + by > x.bottom + 0.5
    const around: Element[] = []
    for (let e = at.parentElement; e && e !== document.body; e = e.parentElement)
      if (getComputedStyle(e).overflowX !== "visible") around.push(e)
    return [
      ...around.filter((e) => cuts(e.getBoundingClientRect())).map((e) => e.className),
      ...(cuts({ left: 0, top: 0, right: innerWidth, bottom: innerHeight }) ? ["the window"] : []),
    ]
  })

test.describe("by keyboard alone", () => {
  test("one types before what one asked for is there, and all of it arrives", async ({ people }) => {
    const [alice] = await people("Alice")
    if (!alice) throw new Error("nobody")
    await alice.hasServer("Home")
    const { page } = alice
    await page.waitForLoadState("networkidle")
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    await page.route(/_next\/static\/.*\.js/, async (route) => {
      await held
      await route.continue()
    })
    await alice.composer().focus()
    await page.keyboard.press("ControlOrMeta+k")
    await page.keyboard.type("gen")
    release()
    const jump = page.getByRole("combobox", { name: "Channel, server or member" })
    await expect(jump).toHaveValue("gen")
    await expect(jump).toBeFocused()
    await page.keyboard.type("e")
    await expect(jump).toHaveValue("gene")
    await page.keyboard.press("Escape")
    await expect(alice.composer()).toBeFocused()
    await expect(alice.composer()).toHaveValue("")
  })

  test("one signs in, makes a server, writes and walks around", async ({ people }) => {
    const [alice] = await people("Alice")
    if (!alice) throw new Error("nobody")
    const { page } = alice
    await page.context().clearCookies()
    await page.goto("/login")
    await alice.tabsTo(alice.field("Email"))
    await page.keyboard.type(alice.email)
    await alice.tabsTo(alice.field("Password"))
    await page.keyboard.type(alice.password)
    await page.keyboard.press("Enter")
    await alice.isIn()

    await alice.tabsTo(page.getByRole("button", { name: "Add a server" }))
    await page.keyboard.press("Enter")
    const create = page.getByRole("menuitem", { name: "Create a server" })
    await expect(create).toBeVisible()
    await page.keyboard.press("ArrowDown")
    if (!(await create.evaluate((e) => e === document.activeElement))) await page.keyboard.press("ArrowUp")
    await page.keyboard.press("Enter")
    await expect(page.getByRole("textbox", { name: "Server name" })).toBeFocused()
    await page.keyboard.type("Keys")
    await page.keyboard.press("Enter")
    await expect(alice.composer()).toBeVisible()

    await alice.tabsTo(alice.composer())
    await page.keyboard.type("no mouse was used")
    await page.keyboard.press("Enter")
    await alice.seesSent("no mouse was used")
    await alice.tabsTo(alice.messages())
    await alice.tabsTo(alice.channel("general"))
    expect(await hasRing(page)).toBe(true)
  })

  test("a sheet says all keys, and letters stay letters while one writes", async ({ people }) => {
    const [alice] = await people("Alice")
    if (!alice) throw new Error("nobody")
    const { page } = alice
    await alice.hasServer("Home")
    await alice.say("hello")
    await alice.composer().press("?")
    await expect(alice.composer()).toHaveValue("?")
    await expect(alice.dialog("Keys")).toHaveCount(0)

    await alice.channel("general").focus()
    await page.keyboard.press("?")
    await expect(alice.dialog("Keys")).toBeVisible()
    await expect(alice.dialog("Keys").getByText("Next unread channel")).toBeVisible()
    await alice.findsNoBarriers("the sheet of keys")
    await page.keyboard.press("Escape")
    await expect(alice.dialog("Keys")).toHaveCount(0)

    // At twice the size it scrolls, by keys, too: from its title on, which stays.
    await page.setViewportSize({ width: 720, height: 450 })
    await alice.channel("general").focus()
    await page.keyboard.press("?")
    await expect(alice.dialog("Keys")).toBeFocused()
    await expect(page.getByRole("heading", { name: "Anywhere" })).toBeInViewport()
    await page.keyboard.press("End")
    await expect(page.getByRole("heading", { name: "Anywhere" })).not.toBeInViewport()
    await expect(page.getByRole("heading", { name: "Keys", exact: true })).toBeInViewport({ ratio: 0.99 })
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.keyboard.press("Escape")
    await expect(alice.dialog("Keys")).toHaveCount(0)
    await expect(alice.channel("general")).toBeFocused()

    await page.getByRole("button", { name: "You: Alice" }).click()
    await page.getByRole("menuitem", { name: "Keys" }).click()
    await expect(alice.dialog("Keys")).toBeVisible()
    await page.keyboard.press("Escape")
    await expect(page.getByRole("button", { name: "You: Alice" })).toBeFocused()
  })

  test("arrows walk through messages, and letters do what can be done with one", async ({ people }) => {
    const { alice, bob, channelId } = await inCompany(people)
    const { page } = alice
    await alice.context.grantPermissions(["clipboard-read", "clipboard-write"])
    const writer = await StrangerClient.connect(await bob.api())
    await writer.event("gateway:ready")
    for (let i = 1; i <= 40; i++) expect(await writer.send(channelId, `number ${i}.`)).toMatchObject({ ok: true })
    writer.close()
    await alice.say("mine")
    await alice.messages().focus()
    await page.keyboard.press("ArrowUp")
    await expect(alice.message("mine")).toBeFocused()
    expect(await hasRing(page)).toBe(true)
    await page.keyboard.press("ArrowUp")
    await expect(alice.message("number 40.")).toBeFocused()
    await page.keyboard.press("ArrowDown")
    await expect(alice.message("mine")).toBeFocused()
    await page.keyboard.press("ArrowDown")
    await expect(alice.message("mine")).toBeFocused()
    await page.keyboard.press("Home")
    await expect(alice.message("number 1.")).toBeFocused()
    await expect(alice.message("number 1.")).toBeInViewport()
    await page.keyboard.press("PageDown")
    const place = await focused(page)
    expect(place).toMatch(/number (1\d|2\d|3\d)\./)
    await page.keyboard.press("PageUp")
    await expect(alice.message("number 1.")).toBeFocused()
    await page.keyboard.press("End")
    await expect(alice.message("mine")).toBeFocused()

    await page.keyboard.press("c")
    await expect(page.getByText("The link is copied.")).toBeVisible()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(new RegExp(`/${channelId}/41$`))
    await expect(alice.message("mine")).toBeFocused()
    await page.keyboard.press("e")
    await expect(alice.composer()).toBeFocused()
    await expect(alice.composer()).toHaveValue("mine")
    await expect(alice.composer()).toHaveAccessibleName("Edit your message in #general")
    await page.keyboard.press("Escape")
    await expect(alice.composer()).toHaveAccessibleName("Message #general")
    await expect(alice.composer()).toHaveValue("")

    await alice.messages().focus()
    await page.keyboard.press("End")
    await page.keyboard.press("ArrowUp")
    await page.keyboard.press("e")
    await expect(alice.message("number 40.")).toBeFocused()
    await page.keyboard.press("r")
    await expect(alice.composer()).toBeFocused()
    await expect(page.getByText("Answering Bob")).toBeVisible()
    await page.keyboard.press("Escape")
    await expect(page.getByText("Answering Bob")).toHaveCount(0)

    await alice.messages().focus()
    await page.keyboard.press("End")
    await page.keyboard.press("Enter")
    await expect(alice.composer()).toBeFocused()
  })

  test("what is deleted asks first, and hands the keyboard to its neighbour", async ({ people }) => {
    const { alice, bob } = await inCompany(people)
    const { page } = alice
    for (const text of ["first", "second", "third"]) await alice.say(text)
    await bob.sees("third")
    await alice.messages().focus()
    await page.keyboard.press("End")
    await page.keyboard.press("ArrowUp")
    await page.keyboard.press("Delete")
    const sure = page.getByRole("button", { name: "Delete it" })
    await expect(sure).toBeFocused()
    await page.keyboard.press("Escape")
    await expect(sure).toHaveCount(0)
    await expect(alice.message("second")).toBeFocused()
    await page.keyboard.press("Delete")
    await expect(sure).toBeFocused()
    await page.keyboard.press("Enter")
    await alice.doesNotSee("second")
    await expect(alice.message("third")).toBeFocused()
    await bob.doesNotSee("second")

    // Somebody else may delete it under one's hands, too.
    await bob.messages().focus()
    await bob.page.keyboard.press("End")
    await expect(bob.message("third")).toBeFocused()
    await alice.message("third").press("Delete")
    await page.keyboard.press("Enter")
    await bob.doesNotSee("third")
    await expect(bob.message("first")).toBeFocused()
    await expect(alice.message("first")).toBeFocused()
  })

  test("Esc goes up one step at a time, and ends at the present, read", async ({ people }) => {
    const { alice, bob } = await inCompany(people)
    const { page } = alice
    await page.setViewportSize({ width: 1000, height: 700 })
    await page.reload()
    await alice.say("mine")
    await bob.sees("mine")
    await alice.composer().press("ArrowUp")
    await expect(alice.composer()).toHaveValue("mine")
    const panel = page.getByRole("complementary", { name: "Members" })
    await page.getByRole("button", { name: "Members", exact: true }).click()
    await expect(panel).toBeVisible()
    await page.keyboard.press("Escape")
    await expect(alice.composer()).toHaveValue("")
    await expect(panel).toBeVisible()
    await page.keyboard.press("Escape")
    await expect(panel).toHaveCount(0)
    await expect(page.getByRole("button", { name: "Members", exact: true })).toBeFocused()

    await alice.message("mine").focus()
    await page.keyboard.press("r")
    await expect(page.getByText("Answering Alice")).toBeVisible()
    await page.keyboard.press("ControlOrMeta+k")
    await expect(page.getByRole("dialog", { name: "Jump to" })).toBeVisible()
    await page.keyboard.press("Escape")
    await expect(page.getByRole("dialog")).toHaveCount(0)
    await expect(page.getByText("Answering Alice")).toBeVisible()
    await expect(alice.composer()).toBeFocused()
    await page.keyboard.press("Escape")
    await expect(page.getByText("Answering Alice")).toHaveCount(0)

    const writer = await StrangerClient.connect(await bob.api())
    await writer.event("gateway:ready")
    const { channelId } = alice.here()
    for (let i = 1; i <= 60; i++) expect(await writer.send(channelId, `number ${i}.`)).toMatchObject({ ok: true })
    await alice.sees("number 60.")
    await alice.scrollsToTop()
    const toPresent = page.getByRole("button", { name: /Jump to present|new$/ })
    await expect(toPresent).toBeVisible()
    expect(await writer.send(channelId, "the newest")).toMatchObject({ ok: true })
    writer.close()
    await expect(alice.message("the newest")).not.toBeInViewport()
    await page.keyboard.press("Escape")
    await expect(alice.message("the newest")).toBeInViewport()
    await expect(toPresent).toHaveCount(0)
  })

  test("Alt with arrows goes through channels, with Shift to what is unread, and one goes on writing", async ({
    people,
  }) => {
    const { alice, bob, guildId } = await inCompany(people)
    const { page } = alice
    const api = await alice.api()
    for (const name of ["garden", "kitchen"]) await api.mutate("channel.create", { guildId, name })
    await expect(alice.channel("kitchen")).toBeVisible()
    await alice.composer().focus()
    await page.keyboard.press("Alt+ArrowDown")
    await expect(alice.composer("garden")).toBeFocused()
    await page.keyboard.press("Alt+ArrowUp")
    await expect(alice.composer("general")).toBeFocused()
    await bob.opens("kitchen")
    await bob.say("something smells good", "kitchen")
    await expect(alice.channel("kitchen")).toHaveAccessibleName(/kitchen.*1 unread/)
    await page.keyboard.press("Alt+Shift+ArrowDown")
    await expect(alice.composer("kitchen")).toBeFocused()
    await expect(alice.channel("kitchen")).toHaveAccessibleName(/^((?!unread).)*$/)
    await page.keyboard.press("Alt+Shift+ArrowDown")
    await expect(alice.composer("kitchen")).toBeFocused()
  })

  test("F6 goes from pane to pane in the order of reading", async ({ people }) => {
    const [alice] = await people("Alice")
    if (!alice) throw new Error("nobody")
    const { page } = alice
    await alice.hasServer("Home")
    await alice.say("hello")
    const stops = [
      page.getByRole("complementary", { name: "Members" }).getByRole("list"),
      alice.servers().getByRole("link", { name: "Home" }),
      alice.channel("general"),
      page.getByRole("heading", { level: 1 }).getByRole("button", { name: "general" }),
      alice.messages(),
      alice.composer(),
    ]
    await alice.composer().focus()
    for (const stop of stops) {
      await page.keyboard.press("F6")
      await expect(stop).toBeFocused()
      expect(await hasRing(page), `the ring of ${await focused(page)}`).toBe(true)
      expect(await ringIsCutBy(page), `the ring of ${await focused(page)} is whole`).toEqual([])
    }
    await page.keyboard.press("Shift+F6")
    await expect(alice.messages()).toBeFocused()
  })

  test("the focus is never lost: a pane, a banner, a button that goes hands it on", async ({ people }) => {
    const [alice] = await people("Alice")
    if (!alice) throw new Error("nobody")
    const { page } = alice
    await alice.hasALooseCable()
    await alice.hasServer("Home")
    await page.setViewportSize({ width: 390, height: 844 })
    await alice.say("hello")
    await page.getByRole("button", { name: "Members", exact: true }).press("Enter")
    const close = page.getByRole("button", { name: "Close members" })
    await close.press("Enter")
    await expect(close).toHaveCount(0)
    await expect(page.getByRole("button", { name: "Members", exact: true })).toBeFocused()

    await page.setViewportSize({ width: 1440, height: 900 })
    await alice.pullsTheCable()
    await page.getByRole("button", { name: "Now" }).focus()
    await alice.plugsItIn()
    expect(await focused(page)).not.toBe("BODY")

    const { guildId } = alice.here()
    for (const name of ["garden", "kitchen"]) await (await alice.api()).mutate("channel.create", { guildId, name })
    await alice.goesTo(`/s/${guildId}/settings/channels`)
    await page.getByRole("button", { name: "Move kitchen up" }).press("Enter")
    await expect(page.getByRole("button", { name: "Move garden down" })).toBeDisabled()
    await page.getByRole("button", { name: "Move kitchen up" }).press("Enter")
    await expect(page.getByRole("button", { name: "Move kitchen up" })).toBeDisabled()
    await expect(page.getByRole("button", { name: "Move kitchen down" })).toBeFocused()
    await page.getByRole("button", { name: "Delete kitchen" }).press("Enter")
    await alice.field("Type the name to go on").fill("kitchen")
    await page.keyboard.press("Enter")
    await expect(page.getByRole("button", { name: "Delete kitchen" })).toHaveCount(0)
    await expect(page.getByRole("dialog")).toHaveCount(0)
    await expect.poll(() => focused(page)).toBe("Move general down")

    await page.keyboard.press("Escape")
    await expect(alice.composer()).toBeVisible()
    await alice.composer().fill("sent by its button")
    await page.getByRole("button", { name: "Send", exact: true }).click()
    await expect(alice.composer()).toBeFocused()
  })
})
