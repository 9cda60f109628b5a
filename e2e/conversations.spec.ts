import type { Locator } from "@playwright/test"
import { idOf, inCompany } from "./support/company.ts"
import type { Person } from "./support/person.ts"
import { png } from "./support/png.ts"
import { expect, test } from "./support/test.ts"

const rail = ({ page }: Person, name: string): Locator =>
  page.getByRole("navigation", { name: "Servers" }).getByRole("link", { name, exact: true })
const list = ({ page }: Person): Locator => page.getByRole("navigation", { name: "Messages" })
const row = (person: Person, name: string): Locator =>
  list(person)
    .getByRole("listitem")
    .getByRole("link", { name: new RegExp(name) })
const field = ({ page }: Person, to: string): Locator =>
  page.getByRole("textbox", { name: `Message ${to}`, exact: true })
const says = async (person: Person, to: string, text: string): Promise<void> => {
  await field(person, to).fill(text)
  await field(person, to).press("Enter")
  await person.seesSent(text)
}
/** Somebody who is offered: what they do now stands before their name. */
const found = (dialog: Locator, name: string): Locator =>
  dialog.getByRole("group", { name: "People" }).getByRole("button", { name: new RegExp(`${name}$`) })
const chooses = async (person: Person, ...names: string[]): Promise<Locator> => {
  await list(person).getByRole("button", { name: "New message", exact: true }).click()
  const dialog = person.dialog("New message")
  for (const name of names) {
    await dialog.getByRole("textbox", { name: "To", exact: true }).fill(name.slice(0, 2))
    await found(dialog, name).click()
  }
  return dialog
}
/** From wherever one is, by hand. */
const writesTo = async (person: Person, name: string, text: string): Promise<void> => {
  await person.page.getByRole("link", { name: /^Messages/ }).click()
  const dialog = await chooses(person, name)
  await dialog.getByRole("button", { name: "Write", exact: true }).click()
  await says(person, name, text)
}
/** The conversation of two, over HTTP: for stories that are about something else. Opens it. */
const hasWith = async (person: Person, other: Person): Promise<string> => {
  const userIds = [await idOf(other)]
  const { conversationId } = await (await person.api()).mutate<{ conversationId: string }>("conversation.open", {
    userIds,
  })
  await person.goesTo(`/messages/${conversationId}`)
  return conversationId
}
/**
 * What addresses somebody, counted or not, is all in one snapshot, and they draw that one. So what is counted of it is counted at
 * once, and a number that is right is not one on its way to another.
 */
const drawsWhatAddresses = async (person: Person, ...channelIds: string[]): Promise<void> => {
  const api = await person.api()
  const addressed = async () =>
    Object.keys((await api.query<{ mentions?: Record<string, number[]> }>("app.bootstrap")).mentions ?? {}).sort()
  await expect.poll(addressed).toEqual(channelIds.toSorted())
  await person.page.reload()
}
const chooseOfMenu = async (person: Person, name: string, item: string): Promise<void> => {
  await person.page.getByRole("main").getByRole("button", { name, exact: true }).click()
  await person.page.getByRole("menuitem", { name: item, exact: true }).click()
}
const joining = async (
  people: (...names: string[]) => Promise<Person[]>,
  guildId: string,
  by: Person,
  name: string,
) => {
  const [person] = await people(name)
  if (!person) throw new Error("nobody")
  await person.joins(await by.invite(guildId))
  return person
}

test.describe("direct messages @everywhere", () => {
  test("two write to each other: counted in the rail and the title at once, on all devices, and read by being opened", async ({
    people,
    visitor,
  }) => {
    const { alice, bob } = await inCompany(people)
    const elsewhere = await visitor("Bob")
    await elsewhere.isAlso(bob)
    await elsewhere.isSignedIn()
    await elsewhere.goesTo(bob.page.url())
    await expect(elsewhere.composer()).toBeVisible()

    await writesTo(alice, "Bob", "are you up on the hill tonight?")
    await expect(alice.page).toHaveURL(/\/messages\/\d+$/)
    await expect(row(alice, "Bob")).toContainText("You: are you up on the hill tonight?")
    await alice.findsNoBarriers()
    for (const person of [bob, elsewhere]) {
      await expect(rail(person, "Messages, 1 for you")).toBeVisible()
      await expect(person.page).toHaveTitle(/^\(1\) /)
      // Catch up is of servers.
      await expect(rail(person, "Catch up")).toBeVisible()
    }

    await rail(bob, "Messages, 1 for you").click()
    await expect(row(bob, "Alice")).toContainText("are you up on the hill tonight?")
    await expect(row(bob, "Alice")).toContainText("1 new message")
    await bob.findsNoBarriers()
    await row(bob, "Alice").click()
    await bob.sees("are you up on the hill tonight?")
    for (const person of [bob, elsewhere]) {
      await expect(rail(person, "Messages")).toBeVisible()
      await expect(person.page).not.toHaveTitle(/^\(/)
    }
    await says(bob, "Alice", "from nine on, bring the blue tin")
    await alice.sees("from nine on")
    await expect(row(alice, "Bob")).toContainText("from nine on, bring the blue tin")
    await expect(alice.page).toHaveTitle(/^Bob · /)

    // Where one was is where one comes back to; and a link to a message leads to it.
    await bob.goesTo("/")
    await expect(field(bob, "Alice")).toBeVisible()
    await bob.goesTo(`${new URL(bob.page.url()).pathname}/1`)
    await expect(bob.message("are you up")).toHaveClass(/lit-msg/)
  })

  test("a group is made, named, renamed, grows, and shrinks by who leaves", async ({ people }) => {
    const { alice, bob, guildId } = await inCompany(people)
    const cleo = await joining(people, guildId, alice, "Cleo")
    const dora = await joining(people, guildId, alice, "Dora")
    await rail(alice, "Messages").click()
    const dialog = await chooses(alice, "Bob", "Cleo")
    await alice.findsNoBarriers()
    await dialog.getByRole("textbox", { name: "Name of the group" }).fill("Kayaks")
    await dialog.getByRole("button", { name: "Make a group", exact: true }).click()
    await says(alice, "Kayaks", "who brings the paddles?")
    await expect(rail(bob, "Messages, 1 for you")).toBeVisible()
    await rail(cleo, "Messages, 1 for you").click()
    await row(cleo, "Kayaks").click()
    await cleo.sees("who brings the paddles?")

    await chooseOfMenu(alice, "Kayaks", "Manage the group")
    const group = alice.dialog("Manage the group")
    for (const name of ["Alice", "Bob", "Cleo"]) await expect(group.getByRole("list")).toContainText(name)
    await group.getByRole("textbox", { name: "Name of the group" }).fill("Canoes")
    await group.getByRole("button", { name: "Rename", exact: true }).click()
    await expect(row(cleo, "Canoes")).toBeVisible()
    await alice.page.keyboard.press("Escape")
    await expect(group).toBeHidden()
    await chooseOfMenu(alice, "Canoes", "Add people")
    const more = alice.dialog("Add people to Canoes")
    await more.getByRole("textbox", { name: "To", exact: true }).fill("Dor")
    await found(more, "Dora").click()
    await more.getByRole("button", { name: "Add", exact: true }).click()
    await expect(alice.page.getByRole("main").getByText("4 people").filter({ visible: true })).toBeVisible()
    await says(alice, "Canoes", "welcome, Dora")
    await rail(dora, "Messages, 1 for you").click()
    await row(dora, "Canoes").click()
    // Who comes later reads what was said before.
    await dora.sees("who brings the paddles?")

    await chooseOfMenu(cleo, "Canoes", "Leave the group")
    await cleo.dialog("Leave Canoes?").getByRole("button", { name: "Leave the group", exact: true }).click()
    await expect(cleo.page).toHaveURL(/\/messages$/)
    await expect(row(cleo, "Canoes")).toHaveCount(0)
    await expect(alice.page.getByRole("main").getByText("3 people").filter({ visible: true })).toBeVisible()
    await says(alice, "Canoes", "bye, Cleo")
    await dora.sees("bye, Cleo")
    await expect(row(cleo, "Canoes")).toHaveCount(0)
    await cleo.goesTo(new URL(alice.page.url()).pathname)
    await cleo.seesNoRoom()
  })

  test("a group has a picture that its people see at once and nobody else ever, until it is taken away", async ({
    people,
  }) => {
    const { alice, bob, guildId } = await inCompany(people)
    const cleo = await joining(people, guildId, alice, "Cleo")
    const userIds = [await idOf(bob)]
    const dora = await joining(people, guildId, alice, "Dora")
    userIds.push(await idOf(dora))
    const { conversationId } = await (await alice.api()).mutate<{ conversationId: string }>("conversation.open", {
      userIds,
      name: "Kayaks",
    })
    await alice.goesTo(`/messages/${conversationId}`)
    await says(alice, "Kayaks", "who brings the paddles?")
    await bob.goesTo(`/messages/${conversationId}`)
    await bob.sees("who brings the paddles?")
    const pictures = ({ page }: Person): Locator => page.locator("img[src^='/api/icons/']")
    const seesPictures = async (person: Person): Promise<string> => {
      // In the list, above the room, and where it begins.
      await expect(pictures(person)).toHaveCount(3)
      for (const picture of await pictures(person).all())
        await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(256)
      return (await pictures(person).first().getAttribute("src")) ?? ""
    }
    await expect(pictures(bob)).toHaveCount(0)

    await chooseOfMenu(alice, "Kayaks", "Manage the group")
    const dialog = alice.dialog("Manage the group")
    const chooses = async (name: string, mimeType: string, buffer: Buffer) => {
      const opened = alice.page.waitForEvent("filechooser")
      await dialog.getByRole("button", { name: /^Choose/ }).press("Enter")
      await (await opened).setFiles({ name, mimeType, buffer })
    }
    const use = dialog.getByRole("button", { name: "Use this picture", exact: true })
    await chooses("notes.png", "image/png", Buffer.from("no picture at all"))
    await expect(dialog.getByRole("alert")).toContainText("This is no picture")
    await chooses("torn.png", "image/png", png(40, 30, [200, 40, 40]).subarray(0, 40))
    await expect(dialog.getByRole("alert")).toContainText("This is no picture")
    await expect(use).toHaveCount(0)
    await chooses("red.png", "image/png", png(400, 300, [200, 40, 40]))
    await expect(dialog.getByRole("img", { name: "The picture that you chose" })).toBeVisible()
    await expect(dialog.getByRole("status")).toContainText("red.png")
    await alice.findsNoBarriers()
    await expect(pictures(bob)).toHaveCount(0)

    // Offline it says so, and keeps what was chosen.
    await alice.context.setOffline(true)
    await use.press("Enter")
    await expect(dialog.getByText("The server did not answer.")).toBeVisible()
    await alice.context.setOffline(false)
    await dialog.getByRole("button", { name: "Try again", exact: true }).click()
    await expect(alice.page.getByText("The group has a new picture.")).toBeVisible()
    const red = await seesPictures(bob)
    await bob.page.reload()
    expect(await seesPictures(bob)).toBe(red)
    await bob.findsNoBarriers()
    await bob.page.keyboard.press("ControlOrMeta+k")
    await bob.page.getByRole("combobox").fill("Kay")
    await expect(bob.page.getByRole("option", { name: /Kayaks/ }).locator("img")).toHaveAttribute("src", red)
    await bob.page.keyboard.press("Escape")

    // Its address grants nothing: not to who shares a server with all of them, and not without a session.
    const statusFor = async ({ page }: Person) => (await page.request.get(red)).status()
    expect(await statusFor(dora)).toBe(200)
    expect(await statusFor(cleo)).toBe(404)
    await (await dora.api()).mutate("conversation.leave", { conversationId })
    expect(await statusFor(dora)).toBe(404)

    await chooses("blue.png", "image/png", png(300, 400, [40, 40, 200]))
    await use.click()
    await expect(pictures(bob).first()).not.toHaveAttribute("src", red)
    await seesPictures(bob)
    expect(await statusFor(bob)).toBe(404)
    await dialog.getByRole("button", { name: "Remove the picture", exact: true }).click()
    await expect(alice.page.getByText("The group has no picture any more.")).toBeVisible()
    await expect(pictures(bob)).toHaveCount(0)
    await bob.page.reload()
    await bob.sees("who brings the paddles?")
    await expect(pictures(bob)).toHaveCount(0)
  })

  test("a request calls nobody: it is let in, or declined without a word", async ({ people }) => {
    const { alice, bob, guildId, channelId } = await inCompany(people)
    const cleo = await joining(people, guildId, alice, "Cleo")
    await (await bob.api()).mutate("conversation.setRules", { asksFirst: true })
    await bob.goesTo("/messages")
    const fromAlice = await hasWith(alice, bob)
    await says(alice, "Bob", "may I ask you something?")
    await expect(rail(bob, "Messages, something new")).toBeVisible()
    await cleo.types(`<@${await idOf(bob)}> where are you?`)
    await cleo.sees("@Bob where are you?")
    await drawsWhatAddresses(bob, fromAlice, channelId)
    await expect(rail(bob, "Messages, something new")).toBeVisible()
    await expect(bob.page).toHaveTitle(/^\(1\) /)
    await rail(bob, "Messages, something new").click()
    await list(bob).getByRole("link", { name: "Message requests" }).click()
    await row(bob, "Alice").click()
    await bob.sees("may I ask you something?")
    await expect(bob.page.getByRole("region", { name: "Message request" })).toContainText("Alice would like to write")
    await expect(field(bob, "Alice")).toHaveCount(0)
    await bob.findsNoBarriers()
    await bob.press("Accept")
    await says(bob, "Alice", "go ahead")
    await alice.sees("go ahead")
    await says(alice, "Bob", "where is the tin?")
    await bob.sees("where is the tin?")

    const fromCleo = await hasWith(cleo, bob)
    await says(cleo, "Bob", "me too?")
    await list(bob).getByRole("link", { name: "Message requests" }).click()
    await row(bob, "Cleo").click()
    await bob.press("Decline")
    await expect(bob.page).toHaveURL(/\/messages$/)
    await says(cleo, "Bob", "hello?")
    // What Alice says after it is there, so what Cleo said would be.
    await says(alice, "Bob", "found it")
    await expect(row(bob, "Alice")).toContainText("found it")
    await expect(list(bob).getByRole("link", { name: "Message requests" })).toHaveCount(0)
    await bob.goesTo(`/messages/${fromCleo}`)
    await bob.seesNoRoom()
  })

  test("who was blocked cannot write, and is told no more than who blocked them", async ({ people }) => {
    const { alice, bob } = await inCompany(people)
    const id = await hasWith(alice, bob)
    await says(alice, "Bob", "hello")
    await bob.goesTo(`/messages/${id}`)
    await bob.sees("hello")
    await chooseOfMenu(bob, "Alice", "Block Alice")
    for (const person of [alice, bob])
      await expect(person.page.getByText("You can read here, and not write.")).toBeVisible()
    // Her menu offers her what it did: it does not tell what Bob did.
    await alice.page.getByRole("main").getByRole("button", { name: "Bob", exact: true }).click()
    await expect(alice.page.getByRole("menuitem", { name: "Block Bob", exact: true })).toBeVisible()
    await expect(alice.page.getByText(/unblock|blocked/i)).toHaveCount(0)
    await alice.page.keyboard.press("Escape")
    await chooseOfMenu(bob, "Alice", "Unblock Alice")
    await says(bob, "Alice", "sorry, wrong Alice")
    await alice.sees("sorry, wrong Alice")
    await says(alice, "Bob", "no harm done")
  })

  test("muted it counts nowhere; closed it comes back by its link, and by what is written", async ({ people }) => {
    const { alice, bob, guildId, channelId } = await inCompany(people)
    const id = await hasWith(alice, bob)
    await says(alice, "Bob", "one")
    await rail(bob, "Messages, 1 for you").click()
    await row(bob, "Alice").click()
    await bob.sees("one")
    await bob.hasRead(id, 1)
    await chooseOfMenu(bob, "Alice", "Mute")
    await expect(row(bob, "Alice")).toContainText("muted")
    await bob.goesTo("/messages")
    await expect(rail(bob, "Messages")).toBeVisible()
    await says(alice, "Bob", "two")
    await expect(rail(bob, "Messages, something new")).toBeVisible()
    await alice.goesTo(`/s/${guildId}/${channelId}`)
    await alice.types(`<@${await idOf(bob)}> where are you?`)
    await alice.sees("@Bob where are you?")
    await drawsWhatAddresses(bob, id, channelId)
    await expect(rail(bob, "Messages, something new")).toBeVisible()
    await expect(bob.page).toHaveTitle(/^\(1\) /)
    await alice.goesTo(`/messages/${id}`)

    await bob.goesTo(`/messages/${id}`)
    await bob.sees("two")
    await chooseOfMenu(bob, "Alice", "Hear of it again")
    await expect(row(bob, "Alice")).not.toContainText("muted")
    await chooseOfMenu(bob, "Alice", "Close")
    await expect(bob.page).toHaveURL(/\/messages$/)
    await expect(row(bob, "Alice")).toHaveCount(0)
    await says(alice, "Bob", "three")
    await expect(row(bob, "Alice")).toContainText("three")
    await expect(rail(bob, "Messages, 1 for you")).toBeVisible()
    await row(bob, "Alice").click()
    await bob.sees("three")
    await chooseOfMenu(bob, "Alice", "Close")
    await expect(row(bob, "Alice")).toHaveCount(0)
    await bob.goesTo(`/messages/${id}`)
    await bob.sees("three")
    await expect(row(bob, "Alice")).toBeVisible()
  })

  test("by key: found by name, walked by Alt with arrows; and a message is passed on into one, and out of it", async ({
    people,
  }) => {
    const { alice, bob, guildId, channelId } = await inCompany(people)
    const cleo = await joining(people, guildId, alice, "Cleo")
    await hasWith(alice, cleo)
    await says(alice, "Cleo", "hello Cleo")
    await hasWith(alice, bob)
    await says(alice, "Bob", "hello Bob")
    await alice.goesTo(`/s/${guildId}/${channelId}`)
    await expect(alice.composer()).toBeVisible()
    await alice.page.keyboard.press("ControlOrMeta+k")
    await alice.page.getByRole("combobox").fill("Cle")
    await alice.page.getByRole("option", { name: /Cleo.*Direct message/ }).click()
    await expect(field(alice, "Cleo")).toBeVisible()
    await alice.page.keyboard.press("Alt+ArrowUp")
    await expect(field(alice, "Bob")).toBeVisible()
    await alice.page.keyboard.press("Alt+ArrowDown")
    await expect(field(alice, "Cleo")).toBeVisible()

    const forwards = async (person: Person, text: string, to: string) => {
      await person.message(text).press("f")
      const dialog = person.dialog("Forward")
      await dialog.getByRole("textbox", { name: "To which channel" }).fill(to)
      await expect(dialog.getByRole("radio")).toHaveCount(1)
      await dialog.getByRole("button", { name: "Forward it", exact: true }).click()
      await expect(dialog).toBeHidden()
    }
    await forwards(alice, "hello Cleo", "Bob")
    await bob.goesTo(new URL(alice.page.url()).origin)
    await rail(bob, "Messages, 2 for you").click()
    await row(bob, "Alice").click()
    await bob.sees("hello Cleo")
    // Where it was said is for who is in there.
    await expect(bob.messages().getByRole("link")).toHaveCount(0)
    await alice.page.keyboard.press("Alt+ArrowUp")
    await expect(alice.messages().getByRole("link", { name: "Cleo", exact: true })).toBeVisible()
  })

  test("on a phone it is a list, then one conversation, and the list beside it", async ({ people }) => {
    const { alice, bob } = await inCompany(people)
    await hasWith(alice, bob)
    await says(alice, "Bob", "hello")
    await bob.page.setViewportSize({ width: 390, height: 844 })
    await bob.goesTo("/messages")
    const all = bob.page.getByRole("main", { name: "Messages" })
    await expect(all.getByRole("heading", { level: 1, name: "Messages" })).toBeVisible()
    await bob.findsNoBarriers()
    await all.getByRole("listitem").getByRole("link", { name: /Alice/ }).click()
    await bob.sees("hello")
    await says(bob, "Alice", "hi from the hill")
    await bob.findsNoBarriers()
    await bob.page.getByRole("button", { name: "Servers and channels" }).click()
    await expect(row(bob, "Alice")).toContainText("You: hi from the hill")
    await list(bob).getByRole("button", { name: "New message", exact: true }).click()
    await expect(bob.dialog("New message").getByRole("group", { name: "People" })).toContainText("Alice")
  })
})
