import type { Locator } from "@playwright/test"
import { idOf, inCompany, type People } from "./support/company.ts"
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
/** Cleo, who is in the server too, and elsewhere. */
const joinedBy = async (people: People, alice: Person, guildId: string): Promise<Person> => {
  const [cleo] = await people("Cleo")
  if (!cleo) throw new Error("nobody")
  await cleo.joins(await alice.invite(guildId))
  await cleo.goesTo("about:blank")
  return cleo
}
/** A group, over HTTP. Opens it. */
const hasGroup = async (person: Person, ...others: Person[]): Promise<string> => {
  const userIds = await Promise.all(others.map(idOf))
  const { conversationId } = await (await person.api()).mutate<{ conversationId: string }>("conversation.open", {
    userIds,
    name: "Kayaks",
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
const groupMark = (person: Person, text: string, said: string): Locator =>
  person.message(text).getByRole("button", { name: said, exact: true })
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
    const { alice, bob, guildId } = await inCompany(people)
    await bob.goesTo("/settings/privacy")
    const rule = bob.page.getByRole("switch", { name: "Show others what I have received and read" })
    await expect(rule).toBeChecked()
    await rule.click()
    await expect(rule).not.toBeChecked()
    const shown = async () => (await (await bob.api()).query<{ shown: boolean }>("receipt.rules")).shown
    await expect.poll(shown).toBe(false)

    // Cleo tells: what comes of hers comes after what would have come of Bob's.
    const cleo = await joinedBy(people, alice, guildId)
    const id = await hasGroup(alice, bob, cleo)
    await says(alice, "Kayaks", "can you see this?")
    await bob.goesTo(`/messages/${id}`)
    await bob.sees("can you see this?")
    await bob.hasRead(id, 1)
    await says(bob, "Kayaks", "I can")
    await alice.sees("I can")
    await alice.hasRead(id, 2)
    await cleo.goesTo(`/messages/${id}`)
    await cleo.sees("I can")
    await groupMark(alice, "can you see this?", "Read by 1 of 2").click()
    const dialog = alice.dialog("How far it has come")
    await expect(dialog.getByRole("list", { name: "Read by" })).toContainText("Cleo")
    await expect(dialog.getByRole("list", { name: "Sent to" })).toContainText("Bob")
    await alice.page.keyboard.press("Escape")
    await expect(dialog).toBeHidden()

    // Cleo is told what Alice read last, and Bob would have been told what she read before. Then something reaches him.
    await says(cleo, "Kayaks", "here we are")
    await alice.sees("here we are")
    await expect(groupMark(cleo, "here we are", "Read by 1 of 2")).toBeVisible()
    await says(alice, "Kayaks", "off we go")
    await bob.sees("off we go")
    await expect(groupMark(bob, "I can", "Sent")).toBeVisible()
    for (const person of [alice, bob]) await person.page.reload()
    await expect(groupMark(alice, "off we go", "Read by 1 of 2")).toBeVisible()
    await expect(groupMark(bob, "I can", "Sent")).toBeVisible()
  })

  test("turned off on one device they are off on the other, and marks of who writes stop", async ({
    people,
    visitor,
  }) => {
    const { alice, bob } = await inCompany(people)
    const id = await hasWith(alice, bob)
    await says(alice, "Bob", "the tide is in")
    await bob.goesTo(`/messages/${id}`)
    await bob.sees("the tide is in")
    await expect(mark(alice, "tide is in", "Read")).toBeVisible()
    const elsewhere = await visitor("Bob")
    await elsewhere.isAlso(bob)
    await elsewhere.isSignedIn()
    const rule = ({ page }: Person) => page.getByRole("switch", { name: "Show others what I have received and read" })
    for (const device of [bob, elsewhere]) {
      await device.goesTo("/settings/privacy")
      await expect(rule(device)).toBeChecked()
    }
    await rule(bob).uncheck()
    await expect(rule(elsewhere)).not.toBeChecked()

    await elsewhere.goesTo(`/messages/${id}`)
    await says(alice, "Bob", "the tide is out")
    await elsewhere.sees("the tide is out")
    await elsewhere.hasRead(id, 2)
    // What comes of Bob after that has come: a mark would have, too.
    await says(elsewhere, "Alice", "so it is")
    await alice.sees("so it is")
    await expect(mark(alice, "tide is out", "Sent")).toBeVisible()
    await alice.page.reload()
    await expect(mark(alice, "tide is out", "Sent")).toBeVisible()
  })

  test("of a group: who has read so far, whom it has reached, and the names", async ({ people }) => {
    const { alice, bob, guildId } = await inCompany(people)
    const cleo = await joinedBy(people, alice, guildId)
    const id = await hasGroup(alice, bob, cleo)
    await says(alice, "Kayaks", "who brings the paddles?")
    await bob.goesTo(`/messages/${id}`)
    await bob.sees("who brings the paddles?")
    const said = groupMark(alice, "paddles", "Read by 1 of 2")
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
    await expect(groupMark(alice, "paddles", "Read by 2 of 2")).toBeVisible()
  })
})
