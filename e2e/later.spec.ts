import { inCompany } from "./support/company.ts"
import { expect, test } from "./support/test.ts"

test.describe("saving for later @everywhere", () => {
  test("by key, with a reminder that rings on every device, and leads back; done, undone and taken away", async ({
    people,
    visitor,
  }) => {
    const { alice, bob, guildId, channelId } = await inCompany(people)
    const { page } = bob
    await alice.say("the kiln opens on friday")
    await alice.say("bring the blue glaze")
    await bob.sees("blue glaze")
    await bob.message("blue glaze").press("s")
    const dialog = bob.dialog("Save for later")
    await expect(dialog.getByRole("button", { name: "Without a reminder" })).toBeFocused()
    await bob.findsNoBarriers()
    await page.keyboard.press("Enter")
    await expect(dialog).toBeHidden()
    await expect(bob.message("blue glaze")).toBeFocused()
    await bob.message("kiln opens").press("s")
    await dialog.getByRole("button", { name: /^Tomorrow at/ }).click()
    await expect(dialog).toBeHidden()

    const phone = await visitor("Bob")
    await phone.isAlso(bob)
    await phone.isSignedIn()
    await phone.goesTo("/later")
    const waits = phone.page.getByRole("list", { name: "Waiting" }).getByRole("listitem")
    await expect(waits).toHaveText([/kiln opens.*Reminder: /s, /blue glaze/])
    await phone.findsNoBarriers()

    // What is due rings at once.
    const api = await bob.api()
    await api.mutate("later.save", { channelId, seq: 2, remindAt: Date.now() })
    for (const device of [bob, phone])
      await expect(device.servers().getByRole("link", { name: "Later, 1 reminder" })).toBeVisible()
    await expect(alice.servers().getByRole("link", { name: /Later/ })).toHaveCount(0)
    await expect(waits).toHaveText([/blue glaze.*Reminded you/s, /kiln opens/])
    await bob.servers().getByRole("link", { name: "Later, 1 reminder" }).click()
    await expect(page).toHaveTitle(/^Later/)
    await page.getByRole("link", { name: /Alice in general, Home.*blue glaze/ }).click()
    await expect(page).toHaveURL(new RegExp(`/s/${guildId}/${channelId}/2$`))
    await bob.sees("blue glaze")

    await waits.first().getByRole("button", { name: "Done" }).click()
    await expect(waits).toHaveText([/kiln opens/])
    await expect(bob.servers().getByRole("link", { name: /Later/ })).toHaveCount(0)
    await phone.page.getByRole("radio", { name: "Done" }).check()
    const done = phone.page.getByRole("list", { name: "Done" }).getByRole("listitem")
    await expect(done).toHaveText([/blue glaze/])
    await done.getByRole("button", { name: "Not done yet" }).click()
    await expect(phone.page.getByRole("heading", { name: "Nothing is done yet" })).toBeVisible()
    await phone.page.getByRole("radio", { name: "Waiting" }).check()
    await expect(waits).toHaveCount(2)

    // What was deleted says so, and nothing else.
    await alice.message("blue glaze").press("Delete")
    await alice.page.getByRole("button", { name: "Delete it" }).click()
    await alice.doesNotSee("blue glaze")
    await phone.page.reload()
    await expect(waits.filter({ hasText: "This message is deleted, or you can no longer see it." })).toHaveCount(1)
    await expect(waits.filter({ hasText: "blue glaze" })).toHaveCount(0)
    await waits.filter({ hasText: "is deleted" }).getByRole("button", { name: "Take off the list" }).click()
    await expect(waits).toHaveText([/kiln opens/])
  })
})
