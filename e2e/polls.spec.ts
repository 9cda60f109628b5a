import type { BrowserContextOptions } from "@playwright/test"
import type { Person } from "./support/person.ts"
import { inCompany } from "./support/company.ts"
import { expect, test } from "./support/test.ts"

const sizes: [string, BrowserContextOptions][] = [
  ["a large screen", { viewport: { width: 1440, height: 900 } }],
  ["a phone", { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }],
]

const asks = async (person: Person, question: string, options: string[], boxes: string[] = []) => {
  const dialog = person.dialog("Ask in a poll")
  await dialog.getByRole("textbox", { name: "Question" }).fill(question)
  for (const [i, option] of options.entries()) {
    if (i > 1) await dialog.getByRole("button", { name: "Another option" }).click()
    await dialog.getByRole("textbox", { name: `Option ${i + 1}`, exact: true }).fill(option)
  }
  for (const box of boxes) await dialog.getByRole("checkbox", { name: box }).check()
  await dialog.getByRole("button", { name: "Ask", exact: true }).click()
  await expect(dialog).toBeHidden()
}

test.describe("polls @everywhere", () => {
  test("one is asked by + and voted on; who looks sees each vote, who comes later the same, and its author ends it", async ({
    people,
    visitor,
  }) => {
    const { alice, bob, guildId, channelId } = await inCompany(people)
    await alice.page.getByRole("button", { name: "Add something" }).click()
    await alice.page.getByRole("menuitem", { name: /^Poll/ }).click()
    await alice.findsNoBarriers()
    await asks(alice, "Which **cake** on Sunday?", ["Plum", "Poppy seed", "None"])

    const asked = bob.message("on Sunday?")
    await expect(asked.locator("strong")).toHaveText("cake")
    const option = (person: Person, name: RegExp) => person.message("on Sunday?").getByRole("radio", { name })
    await option(bob, /^Plum, 0 votes/).click()
    await expect(option(alice, /^Plum, 1 vote, 100%$/)).not.toBeChecked()
    await option(alice, /^Poppy seed, 0 votes/).click()
    await expect(option(bob, /^Poppy seed, 1 vote, 50%$/)).not.toBeChecked()
    await expect(option(bob, /^Plum, 1 vote, 50%$/)).toBeChecked()
    // By keys: from the chosen one to the next, and another press takes the first vote back.
    await option(bob, /^Plum/).focus()
    await bob.page.keyboard.press("ArrowDown")
    await bob.page.keyboard.press("Space")
    await expect(option(bob, /^Poppy seed, 2 votes, 100%$/)).toBeChecked()
    await expect(option(alice, /^Plum, 0 votes, 0%$/)).toBeVisible()
    await bob.findsNoBarriers()
    await asked.getByRole("button", { name: "2 votes, Who voted" }).click()
    const voters = bob.dialog("Who voted")
    await voters.getByRole("combobox", { name: "The options" }).selectOption({ label: "Poppy seed" })
    await expect(voters.getByRole("listitem")).toHaveText([/Alice|Bob/, /Alice|Bob/])
    await bob.page.keyboard.press("Escape")

    // Another device of Bob's, that was not there.
    const phone = await visitor("Bob")
    await phone.isAlso(bob)
    await phone.isSignedIn()
    await phone.goesTo(`/s/${guildId}/${channelId}`)
    await expect(option(phone, /^Poppy seed, 2 votes, 100%$/)).toBeChecked()
    await phone.message("on Sunday?").getByRole("button", { name: "Take back" }).click()
    await expect(option(bob, /^Poppy seed, 1 vote, 100%$/)).not.toBeChecked()

    await alice.message("on Sunday?").hover()
    await alice.message("on Sunday?").getByRole("button", { name: "More to do" }).click()
    await alice.page.getByRole("menuitem", { name: "End the poll" }).click()
    await alice.dialog("End the poll").getByRole("button", { name: "End it" }).click()
    await expect(asked.getByText("ended")).toBeVisible()
    await expect(option(bob, /^Plum/)).toHaveAttribute("aria-disabled", "true")
  })

  test("a secret one is asked by /poll, with several choices; nobody is told who voted, and deleted it leaves nothing", async ({
    people,
  }) => {
    const { alice, bob } = await inCompany(people)
    await alice.types("/poll Who brings what?")
    await expect(alice.dialog("Ask in a poll").getByRole("textbox", { name: "Question" })).toHaveValue(
      "Who brings what?",
    )
    await asks(alice, "Who brings what?", ["Bread", "Cheese"], ["One may choose several", "Secret"])
    await expect(alice.composer()).toHaveValue("")
    const pollOf = (person: Person) =>
      person.message("Who brings what?").filter({ has: person.page.getByRole("group", { name: "The options" }) })
    const box = (person: Person, name: RegExp) => pollOf(person).getByRole("checkbox", { name })
    await box(bob, /^Bread, 0/).click()
    await box(bob, /^Cheese, 0/).click()
    await expect(box(alice, /^Bread, 1 vote, 50%$/)).not.toBeChecked()
    await expect(box(alice, /^Cheese, 1 vote, 50%$/)).not.toBeChecked()
    await expect(box(bob, /^Bread, 1 vote, 50%$/)).toBeChecked()
    await expect(pollOf(alice).getByText("2 votes", { exact: true })).toBeVisible()
    await expect(pollOf(alice).getByRole("button", { name: /Who voted/ })).toHaveCount(0)
    // Answered, it is quoted by what was asked.
    await pollOf(bob).press("r")
    await expect(bob.page.getByText("Answering Alice")).toBeVisible()
    await bob.types("me, both")
    await expect(alice.message("me, both")).toContainText("Who brings what?")
    await pollOf(alice).press("Delete")
    await alice.page.getByRole("button", { name: "Delete it" }).click()
    await expect(bob.messages().getByRole("article", { name: "A message that was deleted" })).toBeVisible()
    await expect(bob.page.getByRole("checkbox", { name: /^Bread/ })).toHaveCount(0)
  })
})

test.describe("a poll", () => {
  for (const [size, options] of sizes)
    test(`on ${size} is as high before its code is there as it is then`, async ({ people, visitor }) => {
      const [alice] = await people("Alice")
      if (!alice) throw new Error("nobody")
      const { guildId, channelId } = await alice.hasServer("Home")
      await alice.types(
        "/poll Which of them, and why? Say a little more than one line of it, so that it is broken somewhere.",
      )
      const long = "a telescope on an equatorial mount, with a finder, two eyepieces and a case for the cold"
      await asks(alice, "Which of them, and why?", [long, "none", `${long} and`])
      await expect(alice.messages().getByRole("radio")).toHaveCount(3)

      const again = await visitor("Alice", options)
      await again.isAlso(alice)
      await again.isSignedIn()
      const here = Promise.withResolvers<void>()
      await again.page.route(/_next\/static\/.*\.js/, async (route) => {
        const response = await route.fetch()
        if ((await response.text()).includes("poll-figures")) await here.promise
        await route.fulfill({ response })
      })
      await again.goesTo(`/s/${guildId}/${channelId}`)
      const asked = again.message("none")
      await expect(asked.getByText(`${long} and`)).toBeVisible()
      await again.page.evaluate(() => document.fonts.ready)
      const height = () => asked.evaluate((row) => row.getBoundingClientRect().height)
      const before = await height()
      await expect(asked.getByRole("radio")).toHaveCount(0)
      here.resolve()
      await expect(asked.getByRole("radio")).toHaveCount(3)
      expect(await height()).toBe(before)
    })
})
