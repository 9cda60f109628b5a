import type { Locator } from "@playwright/test"
import { inCompany } from "./support/company.ts"
import type { Person } from "./support/person.ts"
import { expect, test } from "./support/test.ts"

const thread = ({ page }: Person): Locator => page.getByRole("complementary", { name: "Thread in general" })
const answers = async (person: Person, text: string): Promise<void> => {
  const field = thread(person).getByRole("textbox", { name: "Reply in the thread" })
  await field.fill(text)
  await field.press("Enter")
  await expect(field).toHaveValue("")
}

test.describe("threads @everywhere", () => {
  test("begun by key, seen on the message by everybody, at an address, closed by Esc; and kept when the message goes", async ({
    people,
  }) => {
    const { alice, bob, guildId, channelId } = await inCompany(people)
    await alice.say("who has the spherometer?")
    await bob.sees("spherometer")
    await bob.message("spherometer").press("t")
    await expect(thread(bob)).toContainText("Nobody answered here yet.")
    await expect(thread(bob)).toContainText("who has the spherometer?")
    await bob.findsNoBarriers()
    await answers(bob, "it is in the blue tin")
    // Whoever goes from log to log hears which one it is.
    await expect(thread(bob).getByRole("log", { name: "Thread", exact: true })).toContainText("it is in the blue tin")

    const line = (person: Person, n: string) => person.page.getByRole("link", { name: new RegExp(`^Thread, ${n}`) })
    await expect(line(alice, "1 reply Bob")).toBeVisible()
    await line(alice, "1 reply").click()
    await expect(thread(alice)).toContainText("it is in the blue tin")
    await expect(alice.page).toHaveURL(new RegExp(`/s/${guildId}/${channelId}/t/\\d+$`))
    await answers(alice, "found it, thank you")
    await expect(thread(bob)).toContainText("found it, thank you")
    await expect(line(bob, "2 replies Alice")).toBeVisible()
    // What is said there is not said in the channel.
    await expect(alice.page.getByRole("main").getByText("found it, thank you")).toHaveCount(0)

    await alice.page.reload()
    await expect(thread(alice)).toContainText("found it, thank you")
    await expect(thread(alice)).toContainText("2 replies")
    await alice.page.keyboard.press("Escape")
    await expect(thread(alice)).toBeHidden()
    await expect(alice.page).toHaveURL(new RegExp(`/s/${guildId}/${channelId}$`))

    await alice.message("spherometer").press("Delete")
    await alice.page.getByRole("button", { name: "Delete it" }).click()
    await expect(bob.page.getByRole("main").getByText("who has the spherometer?")).toHaveCount(0)
    await expect(line(bob, "2 replies")).toBeVisible()
    await expect(thread(bob)).toContainText("The message was deleted. Its thread is still here.")
    await answers(bob, "still talking")
    await expect(line(alice, "3 replies")).toBeVisible()
  })

  test("a link to what was said in one leads there, and the channel's menu lists them", async ({ people }) => {
    const { alice, bob, guildId, channelId } = await inCompany(people)
    await alice.say("a question")
    const { id } = await (await bob.api()).mutate<{ id: string }>("thread.start", { channelId, seq: 1 })
    await bob.goesTo(`/s/${guildId}/${channelId}/t/${id}`)
    for (let i = 1; i <= 3; i++) await answers(bob, `answer ${i}`)
    await expect(thread(bob)).toContainText("answer 3")
    await alice.goesTo(`/s/${guildId}/${channelId}/t/${id}/2`)
    await expect(thread(alice).getByRole("article", { name: /answer 2/ })).toHaveClass(/lit-msg/)

    await bob.page.keyboard.press("Escape")
    await expect(thread(bob)).toBeHidden()
    await bob.page.getByRole("button", { name: "general", exact: true }).click()
    await bob.page.getByRole("menuitem", { name: "Threads" }).click()
    const list = bob.dialog("Threads")
    await expect(list.getByRole("listitem")).toHaveText([/Alice.*a question.*3 replies/s])
    await bob.findsNoBarriers()
    await list.getByRole("link", { name: /a question/ }).click()
    await expect(list).toBeHidden()
    await expect(thread(bob)).toContainText("answer 1")

    // It makes way for the members, whose place it has.
    await bob.page.getByRole("button", { name: "Members" }).click()
    await expect(thread(bob)).toBeHidden()
    await expect(bob.page.getByRole("complementary", { name: "Members" })).toBeVisible()

    // A thread of elsewhere is nowhere.
    await alice.goesTo(`/s/${guildId}/${channelId}/t/${channelId}`)
    await expect(thread(alice).getByRole("heading", { level: 2 }).nth(1)).toBeVisible()
    await expect(thread(alice)).not.toContainText("answer")
  })

  test("what was read of one may be unread again, from any message of it on, until one comes back", async ({
    people,
  }) => {
    const { alice, bob, guildId, channelId } = await inCompany(people)
    const api = await alice.api()
    await api.mutate("channel.create", { guildId, name: "garden" })
    await alice.say("a question")
    const { id } = await api.mutate<{ id: string }>("thread.start", { channelId, seq: 1 })
    const path = `/s/${guildId}/${channelId}/t/${id}`
    await bob.goesTo(path)
    await answers(bob, "an answer")
    await alice.goesTo(path)
    await answers(alice, "and another")
    await expect(thread(bob)).toContainText("and another")
    const row = bob.page.getByRole("navigation", { name: "Channels" }).getByRole("link", { name: /general/ })
    const message = thread(bob).getByRole("article", { name: /and another/ })
    await message.focus()
    await bob.page.keyboard.press("u")
    await expect(thread(bob).locator(".since + article")).toContainText("and another")
    await bob.opens("garden")
    await expect(row).toHaveAccessibleName(/unread in a thread/)
    await bob.page.keyboard.press("Alt+Shift+ArrowDown")
    await expect(thread(bob).locator(".since + article")).toContainText("and another")
    await expect(bob.page.getByRole("link", { name: /^Thread, 2 replies/ })).not.toHaveAccessibleName(/new/)
  })

  test("who answered in one is told that it goes on, wherever they are, until they have read it or want to hear no more", async ({
    people,
  }) => {
    const { alice, bob, guildId, channelId } = await inCompany(people)
    const elsewhere = await (await alice.api()).mutate<{ id: string }>("channel.create", { guildId, name: "elsewhere" })
    await alice.say("a question")
    const { id } = await (await alice.api()).mutate<{ id: string }>("thread.start", { channelId, seq: 1 })
    const path = `/s/${guildId}/${channelId}/t/${id}`
    await bob.goesTo(path)
    await answers(bob, "an answer")
    await bob.hasRead(channelId, 1)
    await bob.goesTo(`/s/${guildId}/${elsewhere.id}`)
    await alice.goesTo(path)
    // What he wrote may still be on its way.
    await expect(thread(alice)).toContainText("an answer")
    await answers(alice, "thank you")
    const row = bob.page.getByRole("navigation", { name: "Channels" }).getByRole("link", { name: /general/ })
    await expect(row).toHaveAccessibleName(/unread in a thread/)
    await row.click()
    const line = bob.page.getByRole("link", { name: /^Thread, 2 replies/ })
    await expect(line).toHaveAccessibleName(/new/)
    await bob.goesTo("/catch-up")
    const { page } = bob
    const entry = page.getByRole("list", { name: "Threads you follow" }).getByRole("link")
    await expect(entry).toHaveAccessibleName(/^Thread in general in /)
    await expect(entry).toContainText("thank you")
    await expect(entry).toHaveAttribute("aria-current", "true")
    await expect(page.getByRole("log")).toContainText("thank you")
    // It is answered in place, and what one answers one has read.
    await page.keyboard.press("r")
    await expect(page.getByRole("textbox", { name: "Reply in the thread" })).toBeFocused()
    await page.keyboard.type("welcome")
    await page.keyboard.press("Enter")
    await expect(thread(alice)).toContainText("welcome")
    await expect(entry).toHaveCount(0)
    await expect(page.getByRole("log")).toContainText("welcome")
    await page.keyboard.press("Escape")
    await page.keyboard.press("e")
    await expect(page.getByRole("heading", { name: "You are all caught up" })).toBeVisible()
    await bob.goesTo(path)
    await expect(thread(bob)).toContainText("welcome")
    await expect(page.getByRole("link", { name: /^Thread, 3 replies/ })).not.toHaveAccessibleName(/new/)
    await thread(bob).getByRole("button", { name: "Follow no more" }).click()
    await expect(thread(bob).getByRole("button", { name: "Follow this thread" })).toBeVisible()
    await bob.findsNoBarriers()
  })

  test("on a phone it is a pane of its own", async ({ people, visitor }) => {
    const { alice, bob, guildId, channelId } = await inCompany(people)
    await alice.say("a question")
    const { id } = await (await alice.api()).mutate<{ id: string }>("thread.start", { channelId, seq: 1 })
    const phone = await visitor("Bob", { viewport: { width: 390, height: 844 } })
    await phone.isAlso(bob)
    await phone.isSignedIn()
    await phone.goesTo(`/s/${guildId}/${channelId}/t/${id}`)
    await answers(phone, "from the bus")
    await expect(thread(phone)).toContainText("from the bus")
    const box = await thread(phone).boundingBox()
    expect(box).toMatchObject({ x: 0, y: 0, width: 390, height: 844 })
    await phone.findsNoBarriers()
    // Past everything else leads to what is on the screen, not to the room below it.
    await phone.page.locator(".skip").focus()
    await phone.page.keyboard.press("Enter")
    await expect(thread(phone)).toBeFocused()
    await phone.page.getByRole("button", { name: "Close the thread" }).click()
    await expect(thread(phone)).toBeHidden()
    await expect(phone.page.getByRole("link", { name: /^Thread, 1 reply/ })).toBeVisible()
  })
})
