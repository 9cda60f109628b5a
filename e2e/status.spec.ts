import type { Locator } from "@playwright/test"
import type { Person } from "./support/person.ts"
import { expect, test } from "./support/test.ts"

/** Somebody's row in the list of members. */
const rowOf = (reader: Person, name: string): Locator =>
  reader.page.getByRole("complementary", { name: "Members" }).getByRole("button", { name: new RegExp(name) })
/** How the reader sees somebody: by the sign on their face. */
const sees = (reader: Person, name: string, how: string) =>
  expect(rowOf(reader, name).getByRole("img", { name: how, exact: true })).toBeVisible()
const chooses = async (person: Person, state: string) => {
  await person.page.getByRole("button", { name: `You: ${person.name}` }).click()
  await person.page.getByRole("menuitemradio", { name: state }).click()
  await expect(person.page.getByRole("menu")).toHaveCount(0)
}
const opensMembers = async (person: Person) => {
  const members = person.page.getByRole("button", { name: "Members", exact: true })
  if ((await members.getAttribute("aria-pressed")) !== "true") await members.click()
  await expect(rowOf(person, person.name)).toBeVisible()
}
const together = async (people: (...names: string[]) => Promise<Person[]>) => {
  const [alice, bob] = await people("Alice", "Bob")
  if (!alice || !bob) throw new Error("nobody")
  const { guildId } = await alice.hasServer("Home")
  await bob.joins(await alice.invite(guildId))
  for (const person of [alice, bob]) await opensMembers(person)
  await sees(bob, "Alice", "here")
  return { alice, bob, guildId }
}

test.describe("how people are seen @everywhere", () => {
  // Several browsers on one machine, and nobody is seen to leave before the grace is over.
  test.describe.configure({ timeout: 120_000 })

  test("do not disturb is chosen by key in one's own menu, and others see it", async ({ people }) => {
    const { alice, bob } = await together(people)
    await alice.page.getByRole("button", { name: "You: Alice" }).focus()
    await alice.page.keyboard.press("Enter")
    await expect(alice.page.getByRole("menuitemradio", { name: "As you are" })).toBeFocused()
    await expect(alice.page.getByRole("menuitemradio", { name: "As you are" })).toBeChecked()
    await alice.page.keyboard.press("ArrowDown")
    await alice.page.keyboard.press("ArrowDown")
    await expect(alice.page.getByRole("menuitemradio", { name: "Do not disturb" })).toBeFocused()
    await alice.page.keyboard.press("Enter")
    await expect(alice.page.getByRole("button", { name: "You: Alice" })).toBeFocused()
    await expect(alice.page.getByRole("button", { name: "You: Alice" }).locator("[data-state=dnd]")).toBeVisible()
    await sees(bob, "Alice", "do not disturb")
    // Also by who looks for the first time.
    await bob.page.reload()
    await opensMembers(bob)
    await sees(bob, "Alice", "do not disturb")
    await chooses(alice, "As you are")
    await sees(bob, "Alice", "here")
  })

  test("who is here with a phone alone is seen so, and no more once they sit down", async ({ people, visitor }) => {
    const { alice, bob } = await together(people)
    const at = alice.page.url()
    const size = { width: 390, height: 844 }
    const phone = await visitor("Alice", { viewport: size, screen: size, hasTouch: true, isMobile: true })
    await phone.isAlso(alice)
    await phone.isSignedIn()
    await phone.page.goto(at)
    await expect(phone.page.getByRole("main")).toBeVisible()
    await alice.page.close()
    await sees(bob, "Alice", "here, on a phone")
    await rowOf(bob, "Alice").click()
    const profile = bob.dialog("About Alice")
    await expect(profile.getByText("here, on a phone", { exact: true })).toBeVisible()
    await bob.findsNoBarriers()
    await bob.page.keyboard.press("Escape")
    await expect(profile).toHaveCount(0)
    alice.page = await alice.context.newPage()
    await alice.page.goto(at)
    await sees(bob, "Alice", "here")
  })

  test("who is invisible has left for everybody, and reads and writes on", async ({ people }) => {
    const { alice, bob } = await together(people)
    const here = (person: Person, sentence: string) =>
      expect(person.page.getByRole("button", { name: sentence, exact: true })).toBeVisible()
    await here(bob, "2 here: Alice and you")
    await chooses(alice, "Invisible")
    await expect(bob.page.getByRole("button", { name: / here: / })).toHaveCount(0)
    await here(alice, "1 here: Bob")
    await sees(bob, "Alice", "not here")
    await expect(bob.page.getByRole("heading", { name: /^Here\s*1$/ })).toBeVisible()
    await expect(bob.page.getByRole("heading", { name: /^Not here\s*1$/ })).toBeVisible()
    await sees(alice, "Alice", "invisible")
    await bob.say("Is anybody there?")
    await alice.sees("Is anybody there?")
    await alice.say("Nobody at all.")
    await bob.sees("Nobody at all.")
    // A new connection does not give it away either.
    await alice.page.reload()
    await alice.sees("Nobody at all.")
    await sees(bob, "Alice", "not here")
    await chooses(alice, "As you are")
    await sees(bob, "Alice", "here")
    await here(bob, "2 here: Alice and you")
  })

  test("what somebody says of themselves stands in their row as long as it holds", async ({ people }) => {
    const { alice, bob } = await together(people)
    await alice.page.getByRole("button", { name: "You: Alice" }).click()
    await alice.page.getByRole("menuitem", { name: "Set a status" }).click()
    const dialog = alice.dialog("Your status")
    await dialog.getByRole("textbox", { name: "What you are doing" }).fill("baking bread")
    await dialog.getByRole("button", { name: "Choose an emoji" }).click()
    const picker = alice.dialog("Emoji")
    await picker.getByRole("combobox", { name: "Search emoji" }).fill("bread")
    await expect(picker.getByRole("gridcell", { name: "bread", exact: true })).toHaveAttribute("aria-selected", "true")
    await alice.page.keyboard.press("Enter")
    await expect(dialog.getByRole("button", { name: /^Change the emoji/ })).toBeVisible()
    await alice.findsNoBarriers()
    await dialog.getByRole("combobox", { name: "Clear it" }).selectOption("In an hour")
    await dialog.getByRole("button", { name: "Save" }).click()
    await expect(dialog).toHaveCount(0)
    await expect(rowOf(bob, "Alice")).toContainText("🍞 baking bread")
    await expect(rowOf(alice, "Alice")).toContainText("baking bread")
    // It goes by itself when its time is over: nobody tells.
    await (await alice.api()).mutate("status.set", { custom: { text: "in a minute", forMs: 4_000 } })
    await expect(rowOf(bob, "Alice")).not.toContainText("baking bread")
    await expect(rowOf(bob, "Alice").locator(".st")).toHaveCount(0)
    // One that holds on is cleared by hand.
    await (await alice.api()).mutate("status.set", { custom: { text: "until I say so" } })
    await expect(rowOf(bob, "Alice")).toContainText("until I say so")
    await alice.page.getByRole("button", { name: "You: Alice" }).click()
    await alice.page.getByRole("menuitem", { name: /Set a status/ }).click()
    await alice.dialog("Your status").getByRole("button", { name: "Clear it now" }).click()
    await expect(rowOf(bob, "Alice").locator(".st")).toHaveCount(0)
  })

  test("a person is opened by key from the list, noted about, and left again", async ({ people }) => {
    const { alice, bob } = await together(people)
    await (await alice.api()).mutate("status.set", { custom: { text: "at the window" } })
    const list = bob.page.getByRole("list", { name: "Members by group" })
    await list.focus()
    await bob.page.keyboard.press("ArrowDown")
    await expect(rowOf(bob, "Alice")).toBeFocused()
    await bob.page.keyboard.press("Enter")
    const profile = bob.dialog("About Alice")
    await expect(profile.getByRole("heading", { name: "Alice" })).toBeVisible()
    await expect(profile).toContainText("at the window")
    await expect(profile).toContainText("In one server with you")
    await expect(profile.getByRole("group", { name: "Roles" })).toContainText("Owner")
    await bob.findsNoBarriers()
    await profile.getByRole("textbox", { name: "A note for yourself" }).fill("likes windows")
    const kept = bob.page.waitForResponse(/user\.setNote/)
    await bob.page.keyboard.press("Escape")
    await kept
    await expect(profile).toHaveCount(0)
    await expect(rowOf(bob, "Alice")).toBeFocused()
    // From what she wrote, by a press on her name; the note is still there, and hers alone is her own.
    await alice.say("Look outside.")
    await bob.sees("Look outside.")
    await bob.page
      .getByRole("article", { name: /Look outside/ })
      .locator(".who")
      .click()
    await expect(profile.getByRole("textbox", { name: "A note for yourself" })).toHaveValue("likes windows")
    await bob.page.keyboard.press("Escape")
    await expect(profile).toHaveCount(0)
    await alice.page
      .getByRole("article", { name: /Look outside/ })
      .locator(".who")
      .click()
    await expect(alice.dialog("About Alice").getByRole("textbox", { name: "A note for yourself" })).toHaveValue("")
  })
})
