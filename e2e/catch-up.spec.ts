import type { Locator } from "@playwright/test"
import { idOf, inCompany, type People } from "./support/company.ts"
import type { Person } from "./support/person.ts"
import { expect, test } from "./support/test.ts"

const entry = (person: Person, channel: string): Locator =>
  person.page.getByRole("link", { name: new RegExp(`^${channel} in `) })

/** Bob was away: somebody asked for him in one channel, and two others moved. */
const wasAway = async (people: People) => {
  const { alice, bob, guildId } = await inCompany(people)
  const api = await alice.api()
  for (const name of ["garden", "kitchen"]) await api.mutate("channel.create", { guildId, name })
  const id = await idOf(bob)
  await bob.goesTo("/settings/account")
  await alice.say("the kettle is on")
  for (const [channel, text] of [
    ["garden", "the beans are up"],
    ["kitchen", `<@${id}> what shall we cook?`],
  ] as const) {
    await alice.opens(channel)
    await alice.types(text, channel)
    await alice.sees(text.replace(`<@${id}>`, "@Bob"))
  }
  return { alice, bob, guildId }
}

test.describe("Catch up", () => {
  test("is walked, answered in place and done by keyboard, first what asks for one @everywhere", async ({ people }) => {
    const { alice, bob } = await wasAway(people)
    const { page } = bob
    // Leads to general, and so reads it.
    await bob.goesTo("/")
    await bob.sees("the kettle is on")
    await bob.servers().getByRole("link", { name: "Catch up, 1 message for you" }).click()
    await expect(page.getByRole("heading", { level: 1, name: "Catch up" })).toBeVisible()
    await expect(page).toHaveTitle(/^\(1\) Catch up/)
    await expect(page.getByRole("list", { name: /^Asks for you/ }).getByRole("link")).toHaveCount(1)
    await expect(page.getByRole("list", { name: "Moved while you were away" }).getByRole("link")).toHaveCount(1)
    await expect(entry(bob, "kitchen")).toHaveAttribute("aria-current", "true")
    await bob.sees("what shall we cook?")
    await bob.findsNoBarriers()
    // Looking is not reading.
    await page.keyboard.press("j")
    await expect(entry(bob, "garden")).toBeFocused()
    await bob.sees("the beans are up")
    await page.keyboard.press("k")
    await expect(entry(bob, "kitchen")).toBeFocused()
    await expect(page).toHaveTitle(/^\(1\) /)
    await page.keyboard.press("r")
    await expect(bob.composer("kitchen")).toBeFocused()
    await page.keyboard.type("soup")
    await page.keyboard.press("Enter")
    await alice.sees("soup")
    await page.keyboard.press("Escape")
    await expect(entry(bob, "kitchen")).toBeFocused()
    await page.keyboard.press("e")
    await expect(page).not.toHaveTitle(/^\(/)
    await expect(entry(bob, "kitchen")).toHaveCount(0)
    await expect(entry(bob, "garden")).toBeFocused()
    await page.keyboard.press("e")
    await expect(page.getByRole("heading", { name: "You are all caught up" })).toBeVisible()
    // A reload finds the same, and what comes then comes by itself.
    await page.reload()
    await expect(page.getByRole("heading", { name: "You are all caught up" })).toBeVisible()
    await alice.say("salt?", "kitchen")
    await expect(entry(bob, "kitchen")).toBeVisible()
  })

  test("Enter opens a message among all that was said, and the address leads back", async ({ people }) => {
    const { bob, guildId } = await wasAway(people)
    const { page } = bob
    await bob.goesTo("/catch-up")
    await expect(entry(bob, "kitchen")).toHaveAttribute("aria-current", "true")
    await page.keyboard.press("Enter")
    await expect(page).toHaveURL(new RegExp(`/s/${guildId}/\\d+/1$`))
    await bob.sees("what shall we cook?")
    await expect(page).not.toHaveTitle(/^\(/)
    await page.goBack()
    await expect(entry(bob, "garden")).toBeVisible()
    await expect(entry(bob, "kitchen")).toHaveCount(0)
  })

  test("on a phone is a list, then one channel, and a way back", async ({ people }) => {
    const { bob } = await wasAway(people)
    const { page } = bob
    await page.setViewportSize({ width: 390, height: 844 })
    await bob.goesTo("/catch-up")
    await entry(bob, "kitchen").click()
    await bob.sees("what shall we cook?")
    await page.getByRole("link", { name: "Back to Catch up" }).click()
    await entry(bob, "garden").click()
    await bob.sees("the beans are up")
    await page.getByRole("button", { name: "Done, next" }).click()
    await expect(page.getByRole("heading", { level: 1, name: "general" })).toBeVisible()
    await bob.findsNoBarriers()
  })
})
