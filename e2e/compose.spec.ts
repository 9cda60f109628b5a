import type { Locator } from "@playwright/test"
import type { Person } from "./support/person.ts"
import { expect, test } from "./support/test.ts"

const suggested = (who: Person): Locator => who.page.getByRole("listbox").getByRole("option")
/** The option that Enter would take, as a screen reader is told. */
const atHand = async (who: Person): Promise<Locator> => {
  const id = await who.composer().getAttribute("aria-activedescendant")
  return who.page.locator(`[id="${id}"]`)
}

test.describe("names that complete themselves @everywhere", () => {
  test("are read as names, sent as ids, and known again when one edits", async ({ people }) => {
    const [alice, maja, maren] = await people("Alice", "Maja Lindqvist", "Maren")
    if (!alice || !maja || !maren) throw new Error("nobody")
    const { guildId, channelId } = await alice.hasServer("Home")
    const link = await alice.invite(guildId)
    await maja.joins(link)
    await maren.joins(link)

    await alice.composer().pressSequentially("hello @ma")
    await expect(suggested(alice)).toHaveText([/Maja Lindqvist/, /Maren/])
    await expect(await atHand(alice)).toHaveText(/Maja/)
    await alice.page.keyboard.press("ArrowDown")
    await expect(await atHand(alice)).toHaveText(/Maren/)
    await alice.page.keyboard.press("ArrowUp")
    await alice.page.keyboard.press("Tab")
    await expect(alice.composer()).toHaveValue("hello @Maja Lindqvist ")
    await expect(alice.composer()).toBeFocused()
    await expect(suggested(alice)).toHaveCount(0)

    // Who is meant survives a reload and typing before it.
    await alice.page.reload()
    await expect(alice.composer()).toHaveValue("hello @Maja Lindqvist ")
    await alice.composer().press("Home")
    await alice.composer().pressSequentially("oh, ")
    await alice.composer().press("End")
    await alice.composer().pressSequentially("see #gen")
    await expect(suggested(alice)).toHaveText([/general/])
    await alice.page.keyboard.press("Enter")
    await alice.page.keyboard.press("Enter")
    await alice.sees("oh, hello @Maja Lindqvist see #general")
    await expect(alice.message("oh, hello")).toHaveAccessibleName(
      /^Alice: oh, hello @Maja Lindqvist see #general, \d\d:\d\d$/,
    )

    // It addresses Maja, and nobody else.
    await expect(maja.message("oh, hello").locator(".at:not(.other)")).toHaveText("@Maja Lindqvist")
    await maren.sees("oh, hello")
    await expect(maren.message("oh, hello").locator(".at:not(.other)")).toHaveCount(0)
    await maren.message("oh, hello").getByRole("link", { name: "#general" }).click()
    expect(maren.here()).toEqual({ guildId, channelId })

    await alice.composer().press("ArrowUp")
    await expect(alice.composer()).toHaveValue("oh, hello @Maja Lindqvist see #general")
    await alice.composer().pressSequentially("!")
    await alice.composer().press("Enter")
    await maja.sees("see #general!")
    await expect(maja.message("oh, hello").locator(".at:not(.other)")).toHaveText("@Maja Lindqvist")
    await maja.findsNoBarriers()
  })

  test("go away with Esc, and leave what was typed", async ({ people }) => {
    const [alice] = await people("Alice")
    if (!alice) throw new Error("nobody")
    await alice.hasServer("Home")
    await alice.composer().pressSequentially("#g")
    await expect(suggested(alice)).toHaveCount(1)
    await alice.findsNoBarriers()
    await alice.page.keyboard.press("Escape")
    await expect(suggested(alice)).toHaveCount(0)
    await alice.page.keyboard.press("Enter")
    await alice.sees("#g")
  })
})

test.describe("everybody", () => {
  test("may be called by who may, and is suggested to nobody else", async ({ people }) => {
    const [alice, bob] = await people("Alice", "Bob")
    if (!alice || !bob) throw new Error("nobody")
    const { guildId } = await alice.hasServer("Home")
    await bob.joins(await alice.invite(guildId))
    await alice.composer().pressSequentially("@ever")
    await expect(suggested(alice)).toHaveText([/^everyone/])
    await alice.page.keyboard.press("Enter")
    await expect(alice.composer()).toHaveValue("@everyone ")
    await bob.composer().pressSequentially("@al")
    await expect(suggested(bob)).toHaveText([/^Alice/])
    await bob.composer().fill("")
    await bob.composer().pressSequentially("@ever")
    await expect(suggested(bob)).toHaveCount(0)
  })
})

test.describe("emoji", () => {
  test("come by shortcode, and out of the picker by key", async ({ people }) => {
    const [alice] = await people("Alice")
    if (!alice) throw new Error("nobody")
    await alice.hasServer("Home")
    await alice.composer().pressSequentially("well done :tad")
    await expect(suggested(alice).first()).toHaveText(/:tada:/)
    await alice.page.keyboard.press("Enter")
    await expect(alice.composer()).toHaveValue("well done 🎉 ")
    await alice.composer().pressSequentially(":telescope:")
    await expect(alice.composer()).toHaveValue("well done 🎉 🔭")
    // The browser takes back what it did not type.
    await alice.composer().press("ControlOrMeta+z")
    await expect(alice.composer()).toHaveValue("well done 🎉 :telescope:")
    await alice.composer().fill("")

    await alice.press("Emoji")
    const picker = alice.dialog("Emoji")
    const search = picker.getByRole("combobox", { name: "Search emoji" })
    await expect(search).toBeFocused()
    await alice.findsNoBarriers()
    await search.pressSequentially("hedgehog")
    await expect(picker.getByRole("gridcell", { name: "hedgehog" })).toHaveAttribute("aria-selected", "true")
    await alice.page.keyboard.press("Enter")
    await expect(picker).toHaveCount(0)
    await expect(alice.composer()).toBeFocused()
    await expect(alice.composer()).toHaveValue("🦔")
    await alice.page.keyboard.press("Enter")
    await alice.sees("🦔")

    // Those one used are the first.
    await alice.press("Emoji")
    await expect(picker.getByRole("gridcell")).toHaveCount(3)
    await alice.page.keyboard.press("ArrowRight")
    await alice.page.keyboard.press("Enter")
    await expect(alice.composer()).toHaveValue("🔭")
    await alice.press("Emoji")
    await alice.page.keyboard.press("Escape")
    await expect(picker).toHaveCount(0)
    await expect(alice.composer()).toBeFocused()
  })
})

test.describe("what a message says", () => {
  test("names what one may see, hides what is hidden, and tells the time by the reader's clock", async ({ people }) => {
    const [alice] = await people("Alice")
    if (!alice) throw new Error("nobody")
    await alice.hasServer("Home")
    await alice.types("in <#123> at <t:1700000000:t> it was ||the butler||, @here")
    const row = alice.message("in #unknown channel")
    await expect(row).toHaveAccessibleName(/: in #unknown channel at 23:13 it was ▒▒▒, @here, /)
    await expect(row.locator("time.at")).toHaveText("23:13")
    await expect(row.getByText("the butler")).not.toBeVisible()
    await row.getByRole("button", { name: "Hidden text, show it" }).press("Enter")
    await expect(row.getByText("the butler")).toBeVisible()
  })

  test("leans and is heavier where it is stressed", async ({ people }) => {
    const [alice] = await people("Alice")
    if (!alice) throw new Error("nobody")
    await alice.hasServer("Home")
    await alice.types("*leaning* and **heavy**")
    await alice.seesSent("leaning and heavy")
    // Its row as it is in the log: the one that stood for it until then goes.
    await expect(alice.message("leaning")).toHaveAttribute("data-seq")
    // The fonts that are loaded have one file for all: whether that leans is for eyes to say, not for a style.
    for (const [text, style] of [
      ["leaning", "font-style: normal"],
      ["heavy", "font-weight: 400"],
    ] as const) {
      const word = alice.message("leaning").getByText(text, { exact: true })
      const stressed = await word.screenshot({ animations: "disabled" })
      await word.evaluate((el, css) => (el.style.cssText = css), style)
      expect(stressed.equals(await word.screenshot({ animations: "disabled" }))).toBe(false)
    }
  })
})

test.describe("slow mode @everywhere", () => {
  test("lets a member send one message in its time, and says when the next one goes", async ({ people }) => {
    const [alice, bob] = await people("Alice", "Bob")
    if (!alice || !bob) throw new Error("nobody")
    const { guildId, channelId } = await alice.hasServer("Home")
    await bob.joins(await alice.invite(guildId))
    await (await alice.api()).mutate("channel.update", { channelId, slowmodeSeconds: 10 })
    await expect(bob.page.getByText("Slow mode: one message every 10 seconds.")).toBeVisible()
    await expect(alice.page.getByText(/Slow mode/)).toHaveCount(0)

    await bob.say("the first")
    await expect(bob.page.getByRole("timer")).toHaveText(/next one in 0:\d\d/)
    // Written before its turn: it waits, and goes by itself.
    await bob.types("the second")
    await bob.seesNotSentYet("the second")
    await alice.say("order")
    await alice.say("more order")
    await bob.seesSent("the second")
    await expect.poll(() => alice.reads()).toEqual(["the first", "order", "more order", "the second"])
  })

  test("is set where a channel is edited", async ({ people }) => {
    const [alice] = await people("Alice")
    if (!alice) throw new Error("nobody")
    await alice.hasServer("Home")
    await alice.opensServerSettings("Home", "Channels")
    await alice.press("Edit general")
    const dialog = alice.dialog("Edit channel")
    await dialog.getByRole("combobox", { name: "Slow mode" }).selectOption("30 seconds")
    await dialog.getByRole("button", { name: "Save channel" }).click()
    await expect(dialog).toHaveCount(0)
    await alice.press("Edit general")
    await expect(dialog.getByRole("combobox", { name: "Slow mode" })).toHaveValue("30")
  })
})
