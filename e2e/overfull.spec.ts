import type { Locator, Page } from "@playwright/test"
import { StrangerClient } from "./support/gateway-client.ts"
import type { Person } from "./support/person.ts"
import { expect, test } from "./support/test.ts"

const LONG = "Wolfeschlegelsteinhausenbergerdorffwelch"
const CHANNEL = "w".repeat(40)
const GIANT = "x".repeat(900)
const SAFE = `Prose. ${"It goes on and on. ".repeat(200)}`.slice(0, 4000)
const HEBREW = "שלום לכולם, הערב ב־8 (בגן)!"
// As many different ones as a message may have.
const emoji = [..."🔭🎉😮🍰🌙🔧✨🪐🚀👏🔥🫖🧤🚐🌍🌈🍵🧪🎈🎵"]

const devices = {
  desk: { viewport: { width: 1440, height: 900 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
}

/** What sticks out of the window at its sides, and is not clipped or scrolled by something that does not. */
const sticksOut = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const isCut = (e: Element): boolean => {
      for (let at = e.parentElement; at && at !== document.body; at = at.parentElement)
        if (getComputedStyle(at).overflowX !== "visible" && at.getBoundingClientRect().right <= innerWidth + 1)
          return true
      return false
    }
    const out = [...document.querySelectorAll("body *")].filter((e) => {
      if (!e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || e.closest(".unseen, .skip, svg"))
        return false
      const { left, right, width } = e.getBoundingClientRect()
      return width > 1 && right > 0 && left < innerWidth && (right > innerWidth + 1 || left < -1) && !isCut(e)
    })
    return out.map((e) => `${e.tagName} ${e.className} ${(e.textContent ?? "").slice(0, 30)}`)
  })

const fits = async ({ page }: Person, where: string) => {
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth - innerWidth), where).toBe(0)
  await expect.poll(() => sticksOut(page), where).toEqual([])
  if (process.env["LOOK"])
    await page.screenshot({ path: `${process.env["LOOK"]}/${where.replaceAll(/\W+/g, "-")}.png` })
}

/** Also of what is more than one line: the outermost of all its parts. */
const edges = (locator: Locator) =>
  locator.evaluate((e) => {
    const boxes = [...e.getClientRects()]
    return { left: Math.min(...boxes.map((b) => b.left)), right: Math.max(...boxes.map((b) => b.right)) }
  })

/** A server, a channel, people and messages that are all too much. */
const overfull = async (people: (...names: string[]) => Promise<Person[]>) => {
  const [owner, reader] = await people(LONG, `${LONG.slice(0, 39)}2`)
  if (!owner || !reader) throw new Error("nobody")
  const api = await owner.api()
  const { guild } = await api.mutate<{ guild: { id: string } }>("guild.create", { name: LONG })
  const guildId = guild.id
  const { id: channelId } = await api.mutate<{ id: string }>("channel.create", {
    guildId,
    name: CHANNEL,
    topic: "t".repeat(200),
  })
  const link = await owner.invite(guildId)
  await reader.joins(link)
  const writer = await StrangerClient.connect(api)
  await writer.event("gateway:ready")
  const me = await (await reader.api()).query<{ id: string }>("account.me")
  for (const text of [SAFE, `<@${me.id}> ${GIANT}`, HEBREW, "🌌🔭🤯"])
    expect(await writer.send(channelId, text)).toMatchObject({ ok: true })
  expect(
    await writer.command("message:send", { channelId, content: "so it is", nonce: "n".repeat(20), replyTo: 2 }),
  ).toMatchObject({ ok: true })
  for (const one of emoji) {
    const ack = await writer.command("message:react", { channelId, seq: 2, emoji: one, on: true })
    expect(ack, one).toMatchObject({ ok: true })
  }
  expect(
    await writer.command("message:edit", { channelId, seq: 2, content: `<@${me.id}> ${GIANT}y`, version: 1 }),
  ).toMatchObject({ ok: true })
  for (const seq of [1, 2, 3]) await api.mutate("pin.add", { channelId, seq })
  writer.close()
  return { owner, reader, guildId, channelId, link }
}

test.describe("too much of everything", () => {
  for (const [size, device] of Object.entries(devices))
    test(`fits every screen of a ${size}`, async ({ people, visitor }) => {
      test.setTimeout(480_000)
      const { owner, reader, guildId, channelId, link } = await overfull(people)
      const stranger = await visitor("Somebody", device)
      await stranger.goesTo(link)
      await expect(stranger.page.getByRole("heading", { name: new RegExp(LONG) })).toBeVisible()
      await fits(stranger, `${size} invite`)

      const person = await visitor(LONG, device)
      await person.isAlso(owner)
      await person.isSignedIn()
      await person.hasSeenTheTour((await (await owner.api()).query<{ id: string }>("account.me")).id)
      const { page } = person
      await person.goesTo(`/s/${guildId}/${channelId}`)
      await person.sees("so it is")
      await fits(person, `${size} room`)
      // What the field is for stays one line, however long the channel's name is.
      expect(await person.composer(CHANNEL).evaluate((e) => e.clientHeight)).toBeLessThan(60)
      const giant = person.message(/^.*x{900}/).first()
      await giant.scrollIntoViewIfNeeded()
      await giant.focus()
      await expect(page.getByRole("toolbar")).toBeVisible()
      await fits(person, `${size} tools`)
      await page.keyboard.press("r")
      await expect(page.locator(".composer > .above")).toBeVisible()
      await fits(person, `${size} answering`)
      await page.keyboard.press("Escape")
      const opens = async (key: string, title: string | RegExp) => {
        await giant.focus()
        await page.keyboard.press(key)
        await expect(page.getByRole("dialog", { name: title }).getByRole("listitem").first()).toBeVisible()
        await fits(person, `${size} ${key}`)
        await page.keyboard.press("Escape")
        await expect(page.getByRole("dialog")).toHaveCount(0)
      }
      await opens("w", "Who reacted")
      await opens("h", /before|said|version/i)
      await page.getByRole("button", { name: "Pinned", exact: true }).click()
      await expect(page.getByRole("dialog", { name: "Pinned" }).getByRole("listitem")).toHaveCount(3)
      const pin = page.getByRole("dialog", { name: "Pinned" }).getByRole("listitem").first()
      const [name, unpin] = [await edges(pin.getByRole("link")), await edges(pin.getByRole("button"))]
      expect(name.right, "a pin's author and its button").toBeLessThanOrEqual(unpin.left)
      await fits(person, `${size} pinned`)
      await page.keyboard.press("Escape")
      await page.keyboard.press("ControlOrMeta+k")
      await page.getByRole("combobox").fill("w")
      await expect(page.getByRole("option").first()).toBeVisible()
      await expect(page.getByRole("group", { name: "Members" })).toBeVisible()
      for (const option of await page.getByRole("option").all()) {
        const { left, right } = await edges(option.locator(".grow"))
        expect(right - left, "a name in the quick switcher").toBeGreaterThan(size === "desk" ? 200 : 70)
      }
      await fits(person, `${size} switcher`)
      await page.keyboard.press("Escape")
      for (const name of ["overview", "channels", "invites", "members"]) {
        await person.goesTo(`/s/${guildId}/settings/${name}`)
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible()
        await page.waitForLoadState("networkidle")
        await fits(person, `${size} settings ${name}`)
      }
      await person.goesTo("/settings/account")
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible()
      await fits(person, `${size} account`)

      const away = await visitor("Reader", device)
      await away.isAlso(reader)
      await away.isSignedIn()
      await away.goesTo("/catch-up")
      await expect(away.page.getByRole("link", { name: new RegExp(`^${CHANNEL} in `) })).toBeVisible()
      await fits(away, `${size} catch up`)
    })
})

test("what is written from right to left reads so in names, topics and quotes, and stands where others do", async ({
  people,
}) => {
  const [alice] = await people("Aliza")
  if (!alice) throw new Error("nobody")
  const api = await alice.api()
  await api.mutate("account.update", { displayName: "עליזה (הגן)" })
  const { guildId } = await alice.hasServer("Home")
  const { id: channelId } = await api.mutate<{ id: string }>("channel.create", {
    guildId,
    name: "שמיים",
    topic: HEBREW,
  })
  const writer = await StrangerClient.connect(api)
  await writer.event("gateway:ready")
  expect(await writer.send(channelId, HEBREW)).toMatchObject({ ok: true })
  const answer = { channelId, content: "so it is", nonce: "n".repeat(20), replyTo: 1 }
  expect(await writer.command("message:send", answer)).toMatchObject({ ok: true })
  writer.close()
  await alice.goesTo(`/s/${guildId}/${channelId}`)
  await alice.sees("so it is")
  const { page } = alice
  const written = [
    alice.message(HEBREW).locator("p").first(),
    alice.message("so it is").locator(".who"),
    alice.message("so it is").locator(".quote .clip"),
    page.locator("h1 .clip"),
    page.locator(".topic > .clip"),
    alice.channel("שמיים").locator(".clip"),
    page.getByRole("complementary", { name: "Members" }).locator(".name"),
  ]
  for (const one of written) await expect(one).toHaveCSS("direction", "rtl")
  // Names stand at the beginning of the line of who reads from left to right.
  for (const one of written.slice(1)) await expect(one).toHaveCSS("text-align", "left")
})
