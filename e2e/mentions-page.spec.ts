import { idOf, inCompany } from "./support/company.ts"
import { expect, test } from "./support/test.ts"

test.describe("the page of mentions @everywhere", () => {
  test("has all that called one, read or not, leads there, and goes on by itself", async ({ people }) => {
    const { alice, bob, guildId, channelId } = await inCompany(people)
    const { page } = bob
    const id = await idOf(bob)
    await bob.goesTo("/catch-up/mentions")
    await expect(page.getByRole("heading", { name: "Nobody called you yet" })).toBeVisible()
    await alice.types(`<@${id}> what shall we cook?`)
    const rows = page.getByRole("list", { name: "Mentions" }).getByRole("listitem")
    await expect(rows).toHaveText([/what shall we cook\?.*Unread · Names you/s])
    await alice.types("@everyone soup it is")
    await expect(rows).toHaveText([/soup it is.*Unread · Calls everyone/s, /what shall we cook/])
    await bob.findsNoBarriers()

    await page.getByRole("link", { name: /^Alice in general, Home.*what shall we cook/ }).click()
    await expect(page).toHaveURL(new RegExp(`/s/${guildId}/${channelId}/1$`))
    await bob.sees("soup it is")
    await bob.hasRead(channelId, 2)

    // Read, they are there all the same: by a link of Catch up, by the keyboard, and back.
    await bob.goesTo("/catch-up")
    await page.getByRole("link", { name: "Mentions", exact: true }).click()
    await expect(page).toHaveURL(/\/catch-up\/mentions$/)
    await expect(rows).toHaveText([/soup it is.*Calls everyone/s, /what shall we cook.*Names you/s])
    await expect(rows.filter({ hasText: "Unread" })).toHaveCount(0)
    await rows.first().getByRole("link").focus()
    await page.keyboard.press("ArrowDown")
    await expect(rows.last().getByRole("link")).toBeFocused()
    await page.keyboard.press("Escape")
    await expect(page).toHaveURL(/\/catch-up$/)

    // What is deleted calls nobody.
    await page.keyboard.press("ControlOrMeta+k")
    await page.getByRole("combobox", { name: "Channel, server or member" }).fill("mentions")
    await page.getByRole("option", { name: "Mentions" }).click()
    await expect(rows).toHaveCount(2)
    await alice.message("soup it is").press("Delete")
    await alice.page.getByRole("button", { name: "Delete it" }).click()
    await expect(rows).toHaveText([/what shall we cook/])
  })
})
