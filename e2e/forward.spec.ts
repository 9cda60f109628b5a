import { inCompany } from "./support/company.ts"
import { expect, test } from "./support/test.ts"

test.describe("forwarding @everywhere", () => {
  test("by key, to a channel that is searched for, with a word of one's own; the place is for who knows it", async ({
    people,
  }) => {
    const { alice, bob, guildId } = await inCompany(people)
    const { page } = bob
    const api = await bob.api()
    const { guild } = await api.mutate<{ guild: { id: string } }>("guild.create", {
      name: "Kiln",
    })
    await api.mutate("channel.create", { guildId: guild.id, name: "glazes" })
    await alice.types("the **blue** one needs two coats")
    await bob.sees("two coats")
    await bob.message("two coats").press("f")
    const dialog = bob.dialog("Forward")
    await dialog.getByRole("textbox", { name: "To which channel" }).fill("gla")
    await expect(dialog.getByRole("radio")).toHaveCount(1)
    await expect(dialog.getByRole("radio", { name: "glazes Kiln" })).toBeChecked()
    await dialog.getByRole("textbox", { name: "A word of your own, if you like" }).fill("note this")
    await bob.findsNoBarriers()
    await dialog.getByRole("button", { name: "Forward it" }).click()
    await expect(dialog).toBeHidden()
    await expect(bob.message("two coats")).toBeFocused()

    await bob.servers().getByRole("link", { name: /^Kiln/ }).click()
    await bob.opens("glazes")
    const quote = bob.message("note this").getByRole("blockquote")
    await expect(quote).toContainText("Forwarded")
    await expect(quote).toContainText("Alice")
    await expect(quote.locator("strong")).toHaveText("blue")
    await bob.findsNoBarriers()
    // What one edits is one's own words.
    await bob.message("note this").press("e")
    await expect(bob.composer("glazes")).toHaveValue("note this")
    await bob.types("note this, all", "glazes")
    await expect(quote).toContainText("two coats")
    await bob.sees("note this, all")

    // Who is not in the server that it comes from reads it, and is led nowhere.
    const [eve] = await people("Eve")
    if (!eve) throw new Error("nobody")
    await eve.joins(await bob.invite(guild.id))
    await eve.opens("glazes")
    await expect(eve.message("note this, all").getByRole("blockquote")).toContainText("Alice")
    await expect(eve.message("note this, all").getByRole("link")).toHaveCount(0)

    await quote.getByRole("link", { name: "#general · Home" }).click()
    await expect(page).toHaveURL(new RegExp(`/s/${guildId}/\\d+/1$`))
    await bob.sees("two coats")
  })
})
