import type { Locator } from "@playwright/test"
import { idOf, inCompany } from "./support/company.ts"
import type { Person } from "./support/person.ts"
import { expect, test } from "./support/test.ts"

/** The conversation of two, over HTTP. Opens it. */
const hasWith = async (person: Person, other: Person): Promise<string> => {
  const userIds = [await idOf(other)]
  const { conversationId } = await (await person.api()).mutate<{ conversationId: string }>("conversation.open", {
    userIds,
  })
  await person.goesTo(`/messages/${conversationId}`)
  return conversationId
}
const says = async (person: Person, to: string, text: string): Promise<void> => {
  const field = person.page.getByRole("textbox", { name: `Message ${to}`, exact: true })
  await field.fill(text)
  await field.press("Enter")
  await person.seesSent(text)
}
/** How far a message has come, as a screen reader says it. */
const mark = (person: Person, text: string, said: string): Locator =>
  person.message(text).getByRole("img", { name: said, exact: true })
const marks = ({ page }: Person): Locator => page.locator("[data-reached]")

test.describe("how far messages have come @everywhere", () => {
  test("of two: sent, delivered to somebody who is elsewhere, read once they look; on all devices", async ({
    people,
    visitor,
  }) => {
    const { alice, bob } = await inCompany(people)
    // Nothing of Bob's is here until he comes.
    await bob.goesTo("about:blank")
    const id = await hasWith(alice, bob)
    const elsewhere = await visitor("Alice")
    await elsewhere.isAlso(alice)
    await elsewhere.isSignedIn()
    await elsewhere.hasSeenTheTour(await idOf(alice))
    await elsewhere.goesTo(`/messages/${id}`)
    await says(alice, "Bob", "the lantern is lit")
    for (const device of [alice, elsewhere]) await expect(mark(device, "lantern", "Sent")).toBeVisible()
    await alice.findsNoBarriers()

    await bob.goesTo("/later")
    for (const device of [alice, elsewhere]) await expect(mark(device, "lantern", "Delivered")).toBeVisible()
    await bob.goesTo(`/messages/${id}`)
    await bob.sees("the lantern is lit")
    for (const device of [alice, elsewhere]) await expect(mark(device, "lantern", "Read")).toBeVisible()
    await alice.findsNoBarriers()

    // It goes along with what is newest, and is there for who comes back.
    await says(alice, "Bob", "and the kettle is on")
    for (const device of [alice, elsewhere]) {
      await expect(mark(device, "kettle", "Read")).toBeVisible()
      await expect(marks(device)).toHaveCount(1)
    }
    await alice.page.reload()
    await expect(mark(alice, "kettle", "Read")).toBeVisible()
    await expect(marks(bob)).toHaveCount(0)
  })

  test("who turns receipts off tells nothing, and is told nothing", async ({ people }) => {
    const { alice, bob } = await inCompany(people)
    await bob.goesTo("/settings/privacy")
    const rule = bob.page.getByRole("switch", { name: "Show others what I have received and read" })
    await expect(rule).toBeChecked()
    await rule.click()
    await expect(rule).not.toBeChecked()
    const shown = async () => (await (await bob.api()).query<{ shown: boolean }>("receipt.rules")).shown
    await expect.poll(shown).toBe(false)

    const id = await hasWith(alice, bob)
    await says(alice, "Bob", "can you see this?")
    await bob.goesTo(`/messages/${id}`)
    await bob.sees("can you see this?")
    await bob.hasRead(id, 1)
    await says(bob, "Alice", "I can")
    await alice.sees("I can")
    await alice.hasRead(id, 2)
    for (const person of [alice, bob]) {
      await person.page.reload()
      await expect(mark(person, person === alice ? "can you see this?" : "I can", "Sent")).toBeVisible()
    }
  })

  test("of a group: who has read so far, whom it has reached, and the names", async ({ people }) => {
    const { alice, bob, guildId } = await inCompany(people)
    const [cleo] = await people("Cleo")
    if (!cleo) throw new Error("nobody")
    await cleo.joins(await alice.invite(guildId))
    await cleo.goesTo("about:blank")
    const userIds = [await idOf(bob), await idOf(cleo)]
    const { conversationId: id } = await (await alice.api()).mutate<{ conversationId: string }>("conversation.open", {
      userIds,
      name: "Kayaks",
    })
    await alice.goesTo(`/messages/${id}`)
    await says(alice, "Kayaks", "who brings the paddles?")
    await bob.goesTo(`/messages/${id}`)
    await bob.sees("who brings the paddles?")
    const said = alice.message("paddles").getByRole("button", { name: "Read by 1 of 2", exact: true })
    await expect(said).toBeVisible()
    await said.click()
    const dialog = alice.dialog("How far it has come")
    await expect(dialog.getByRole("list", { name: "Read by" })).toContainText("Bob")
    await expect(dialog.getByRole("list", { name: "Sent to" })).toContainText("Cleo")
    await alice.findsNoBarriers()
    // What is open goes along.
    await cleo.goesTo(`/messages/${id}`)
    await cleo.sees("who brings the paddles?")
    await expect(dialog.getByRole("list", { name: "Read by" })).toContainText("Cleo")
    await alice.page.keyboard.press("Escape")
    await expect(dialog).toBeHidden()
    await expect(alice.message("paddles").getByRole("button", { name: "Read by 2 of 2", exact: true })).toBeVisible()
  })
})
