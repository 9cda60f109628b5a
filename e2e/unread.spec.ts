import { StrangerClient } from "./support/gateway-client.ts"
import { idOf, inCompany, type People } from "./support/company.ts"
import type { Person } from "./support/person.ts"
import { expect, test } from "./support/test.ts"

/** Alice's server with two channels, and Bob in it, who looks at the other one. */
const twoChannels = async (people: People) => {
  const company = await inCompany(people)
  const { alice, bob, guildId } = company
  await (await alice.api()).mutate("channel.create", { guildId, name: "garden" })
  await bob.opens("garden")
  return { ...company, bobId: await idOf(bob) }
}

/** A page that comes may bring its own icon beside the one that is there: all of them say the same. */
const hasIcon = ({ page }: Person, icon: RegExp) =>
  expect
    .poll(async () => {
      const all = await page.locator("link[rel=icon]").evaluateAll((links) => links.map((l) => l.getAttribute("href")))
      return all.length > 0 && all.every((href) => icon.test(href ?? ""))
    })
    .toBe(true)

test.describe("what is unread", () => {
  test("what addresses one counts on the channel, the server and the tab, on every device, until it is read @everywhere", async ({
    people,
    visitor,
  }) => {
    const { alice, bob, bobId } = await twoChannels(people)
    const phone = await visitor("Bob")
    await phone.isAlso(bob)
    await phone.isSignedIn()
    await phone.hasSeenTheTour(bobId)
    await phone.goesTo(new URL(bob.page.url()).pathname)
    await alice.types("nobody in particular")
    for (const device of [bob, phone]) await expect(device.channel("general")).toHaveAccessibleName(/1 unread$/)
    await alice.types(`<@${bobId}> are you there?`)
    await alice.types("@everyone dinner is ready")
    for (const device of [bob, phone]) {
      await expect(device.channel("general")).toHaveAccessibleName(/3 unread.* 2 messages for you$/)
      await expect(device.servers().getByRole("link", { name: "Home, 2 messages for you" })).toBeVisible()
      await expect(device.page).toHaveTitle(/^\(2\) garden · Home/)
      await hasIcon(device, /icon-asks.*\.svg/)
    }
    const dotted = await bob.page.locator("link[rel=icon]").first().getAttribute("href")
    const drawn = await bob.page.request.get(dotted ?? "")
    expect(drawn.headers()["content-type"]).toContain("image/svg+xml")
    // A reload finds the same.
    await phone.page.reload()
    await expect(phone.page).toHaveTitle(/^\(2\) /)
    await bob.opens("general")
    await bob.sees("dinner is ready")
    await expect(bob.messages().locator(".since")).toBeVisible()
    for (const device of [bob, phone]) {
      await expect(device.page).not.toHaveTitle(/^\(/)
      await hasIcon(device, /\/icon\.svg/)
    }
    await expect(phone.channel("general")).toHaveAccessibleName(/^((?!unread|for you).)*$/)
  })

  test("@here calls who is here when it is said, and nobody who comes back later @everywhere", async ({ people }) => {
    // Nobody is seen to leave before the grace is over.
    test.setTimeout(90_000)
    const { alice, bob } = await twoChannels(people)
    const address = bob.page.url()
    await bob.page.goto("about:blank")
    const members = alice.page.getByRole("button", { name: "Members", exact: true })
    if ((await members.getAttribute("aria-pressed")) !== "true") await members.click()
    const bobsRow = alice.page.getByRole("complementary", { name: "Members" }).getByRole("button", { name: /Bob/ })
    await expect(bobsRow.getByRole("img", { name: "not here", exact: true })).toBeVisible({ timeout: 30_000 })
    await alice.types("@here who takes the kiln tonight?")
    await bob.page.goto(address)
    await expect(bob.channel("general")).toHaveAccessibleName(/1 unread$/)
    await expect(bob.page).not.toHaveTitle(/^\(/)
    await alice.types("@here thank you all")
    await expect(bob.channel("general")).toHaveAccessibleName(/2 unread.* 1 message for you$/)
    await bob.page.reload()
    await expect(bob.channel("general")).toHaveAccessibleName(/2 unread.* 1 message for you$/)
    await bob.goesTo("/catch-up/mentions")
    const rows = bob.page.getByRole("list", { name: "Mentions" }).getByRole("listitem")
    await expect(rows).toHaveText([/thank you all.*Calls who is here/s])
  })

  test("what is deleted does not count any more, and an edit may address somebody", async ({ people }) => {
    const { alice, bob, bobId } = await twoChannels(people)
    await alice.say("nobody yet")
    await alice.composer().press("ArrowUp")
    await alice.composer().fill(`now <@${bobId}>`)
    await alice.composer().press("Enter")
    await expect(bob.page).toHaveTitle(/^\(1\) /)
    await alice.message("now").focus()
    await alice.page.keyboard.press("Delete")
    await expect(bob.channel("general")).toHaveAccessibleName(/1 unread/)
    await alice.press("Delete it")
    await expect(bob.page).not.toHaveTitle(/^\(/)
    await expect(bob.channel("general")).toHaveAccessibleName(/^((?!unread).)*$/)
    await bob.page.reload()
    await expect(bob.channel("general")).toHaveAccessibleName(/^((?!unread).)*$/)
  })

  test("a server is marked as read from its menu, and everything by Shift+Esc", async ({ people }) => {
    const { alice, bob, bobId } = await twoChannels(people)
    await alice.say("one")
    await expect(bob.channel("general")).toHaveAccessibleName(/1 unread/)
    await bob.choosesOfServer("Home", "Mark as read")
    await expect(bob.channel("general")).toHaveAccessibleName(/^((?!unread).)*$/)
    await alice.types(`two <@${bobId}>`)
    await expect(bob.page).toHaveTitle(/^\(1\) /)
    await bob.composer("garden").press("Shift+Escape")
    await expect(bob.page.getByText("Everything is marked as read.")).toBeVisible()
    await expect(bob.page).not.toHaveTitle(/^\(/)
    await expect(bob.channel("general")).toHaveAccessibleName(/^((?!unread).)*$/)
  })

  test("a message is marked as unread from its tools, and stays so until one comes back", async ({ people }) => {
    const { alice, bob, bobId } = await twoChannels(people)
    for (const text of ["one", `two <@${bobId}>`, "three"]) await alice.types(text)
    await bob.opens("general")
    await bob.sees("three")
    await expect(bob.page).not.toHaveTitle(/^\(/)
    await bob.message("two").focus()
    await bob.page.keyboard.press("u")
    await expect(bob.page).toHaveTitle(/^\(1\) /)
    await alice.say("four")
    await bob.sees("four")
    await bob.opens("garden")
    await expect(bob.channel("general")).toHaveAccessibleName(/3 unread.* 1 message for you$/)
    await bob.opens("general")
    await expect(bob.page).not.toHaveTitle(/^\(/)
    // The line stands before what was unread, for as long as one looks.
    await expect(bob.messages().locator(".since + article")).toContainText("two")
  })

  test("what came while one was in another channel stands below a line, though the channel was open before @everywhere", async ({
    people,
  }) => {
    const { alice, bob } = await twoChannels(people)
    await alice.say("before")
    await bob.opens("general")
    await bob.sees("before")
    const here = alice.page.getByRole("button", { name: "2 here: Bob and you" })
    await expect(here).toBeVisible()
    await bob.opens("garden")
    // The gateway knows that nobody else looks: what is said now comes to Bob as a number alone.
    await expect(here).toHaveCount(0)
    await alice.say("while you were elsewhere")
    await expect(bob.channel("general")).toHaveAccessibleName(/1 unread/)
    await bob.opens("general")
    await expect(bob.messages().locator(".since + article")).toContainText("while you were elsewhere")
  })

  test("a channel that was open before opens where new begins, and stays there", async ({ people }) => {
    const { alice, bob } = await twoChannels(people)
    await alice.say("before")
    await bob.opens("general")
    await bob.sees("before")
    await bob.opens("garden")
    const writer = await StrangerClient.connect(await alice.api())
    await writer.event("gateway:ready")
    // More than a screen.
    for (let i = 1; i <= 40; i++) await writer.send(alice.here().channelId, `new ${i}.`)
    writer.close()
    await expect(bob.channel("general")).toHaveAccessibleName(/40 unread/)
    await bob.opens("general")
    await expect(bob.messages().locator(".since")).toBeInViewport()
    await expect(bob.message("new 1.")).toBeInViewport()
    await expect(bob.page.getByRole("button", { name: /new$|Jump to present/ })).toBeVisible()
    // What is said now moves nothing, and what is below is not taken for read.
    await alice.say("one more")
    await expect(bob.page.getByRole("button", { name: /41 new$/ })).toBeVisible()
    await expect(bob.messages().locator(".since")).toBeInViewport()
    await bob.opens("garden")
    await expect(bob.channel("general")).toHaveAccessibleName(/41 unread/)
  })

  test("what came while one looked away stands below a line when one comes back", async ({ people }) => {
    const { alice, bob } = await twoChannels(people)
    await bob.opens("general")
    await alice.say("while you look")
    await bob.sees("while you look")
    await expect(bob.messages().locator(".since")).toHaveCount(0)
    // Another window has the focus.
    await bob.page.evaluate(() => {
      Object.defineProperty(document, "hasFocus", { configurable: true, value: () => false })
      window.dispatchEvent(new Event("blur"))
    })
    await alice.say("while you were away")
    await bob.sees("while you were away")
    await bob.page.evaluate(() => {
      Object.defineProperty(document, "hasFocus", { configurable: true, value: () => true })
      window.dispatchEvent(new Event("focus"))
    })
    await expect(bob.messages().locator(".since + article")).toContainText("while you were away")
  })
})
