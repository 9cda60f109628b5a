import { inCompany } from "./support/company.ts"
import { expect, test } from "./support/test.ts"

test.describe("keywords @everywhere", () => {
  test("are chosen in the settings, and bring what has them to who asked, and to nobody else", async ({ people }) => {
    const { alice, bob, guildId } = await inCompany(people)
    const { page } = bob
    await bob.goesTo("/settings/keywords")
    await expect(page.getByText("None yet.")).toBeVisible()
    const field = page.getByRole("textbox", { name: "A word, or a few" })
    await field.fill("!?")
    await field.press("Enter")
    await expect(page.getByText("The keyword has no letter and no digit.")).toBeVisible()
    for (const word of ["Café", "blue glaze", "wrong"]) {
      await field.fill(word)
      await field.press("Enter")
      await expect(page.getByRole("list", { name: "Your keywords" })).toContainText(word)
      await expect(field).toHaveValue("")
    }
    await page.getByRole("button", { name: "Remove “wrong”" }).click()
    const words = page.getByRole("list", { name: "Your keywords" }).getByRole("listitem")
    await expect(words).toHaveText([/blue glaze/, /Café/])
    await expect(field).toBeFocused()
    await bob.findsNoBarriers()

    // Another channel is open: only what is for him counts there.
    await (await alice.api()).mutate("channel.create", { guildId, name: "elsewhere" })
    await bob.goesTo("/catch-up")
    await alice.say("the cafes are closed")
    await alice.say("meet me at the CAFE")
    await alice.say("the wrong one")
    const link = bob.servers().getByRole("link", { name: "Catch up, 1 message for you" })
    // At once, or with the sweep where a node has not heard of his words yet.
    await expect(link).toBeVisible({ timeout: 60_000 })
    await page.reload()
    await expect(link).toBeVisible()
    await expect(page.getByRole("link", { name: /general in Home/ })).toContainText("meet me at the CAFE")
    await expect(alice.servers().getByRole("link", { name: "Catch up", exact: true })).toBeVisible()
  })
})
