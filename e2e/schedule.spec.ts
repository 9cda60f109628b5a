import { inCompany } from "./support/company.ts"
import type { Person } from "./support/person.ts"
import { expect, test } from "./support/test.ts"

interface Scheduled {
  id: string
  version: number
}

const waiting = (person: Person) => person.page.getByRole("list", { name: "Scheduled" }).getByRole("listitem")
const sendLater = (person: Person) => person.page.getByRole("button", { name: "Send later" })
const item = (person: Person, name: RegExp | string) => person.page.getByRole("menuitem", { name })

test.describe("sending later @everywhere", () => {
  test("beside Send and by key; changed, put off, sent at once, taken back, and sent while nobody is there", async ({
    people,
  }) => {
    // Long: one story in two browsers.
    test.setTimeout(240_000)
    const { alice, bob, guildId, channelId } = await inCompany(people)
    const { page } = alice
    await expect(sendLater(alice)).toHaveCount(0)
    await alice.composer().fill("the kiln is warm")
    await alice.findsNoBarriers()
    await sendLater(alice).click()
    await item(alice, /^In an hour/).click()
    await expect(page.getByText(/^It will be sent /)).toBeVisible()
    await expect(alice.composer()).toHaveValue("")
    await expect(alice.composer()).toBeFocused()
    await expect(sendLater(alice)).toHaveCount(0)

    // A day of one's own, by key.
    await alice.composer().fill("see you next year")
    await sendLater(alice).waitFor()
    await alice.composer().press("ControlOrMeta+Shift+Enter")
    const dialog = alice.dialog("Send later")
    await dialog.getByLabel("On a day of your own").fill("2020-01-01T10:00")
    await dialog.getByRole("button", { name: "Send it then" }).click()
    await expect(dialog.getByText("That is over already.")).toBeVisible()
    await alice.findsNoBarriers()
    await dialog.getByRole("button", { name: /^Tomorrow at/ }).click()
    await expect(dialog).toBeHidden()
    await expect(alice.composer()).toHaveValue("")
    await expect(alice.composer()).toBeFocused()

    // The list is led to by the menu.
    await alice.composer().fill("not this one")
    await sendLater(alice).click()
    await item(alice, "What is scheduled").click()
    await expect(page).toHaveURL(/\/later\/scheduled$/)
    await expect(waiting(alice)).toHaveText([/general · Home.*kiln is warm.*Will be sent/s, /next year/])
    await alice.findsNoBarriers()

    await waiting(alice).first().getByRole("button", { name: "Change" }).click()
    const edit = alice.dialog("Change a scheduled message")
    await edit.getByRole("textbox", { name: "Message" }).fill("the kiln is hot")
    await edit.getByRole("button", { name: "Save, for the same time" }).click()
    await expect(edit).toBeHidden()
    await expect(waiting(alice).first()).toContainText("kiln is hot")
    await bob.doesNotSee("the kiln")
    await waiting(alice).first().getByRole("button", { name: "Send now" }).click()
    await bob.sees("the kiln is hot")
    await expect(waiting(alice)).toHaveText([/next year/])
    await waiting(alice).getByRole("button", { name: "Do not send" }).click()
    await expect(page.getByRole("heading", { name: "Nothing is scheduled" })).toBeVisible()

    // Nobody of hers is connected when its time comes.
    const api = await alice.api()
    const key = "a-key-of-the-story"
    const asked = { channelId, key, content: "good night", sendAt: Date.now() + 3_600_000 }
    const made = await api.mutate<Scheduled>("schedule.create", asked)
    await page.goto("about:blank")
    await api.mutate("schedule.sendNow", { scheduledId: made.id, version: made.version })
    await bob.sees("good night")
    await expect(bob.message("good night")).toHaveCount(1)
    await alice.goesTo(`/s/${guildId}/${channelId}`)
    await expect(alice.message("good night")).toHaveCount(1)
    // What was begun before is a draft as it was.
    await expect(alice.composer()).toHaveValue("not this one")
  })

  test("what cannot be sent says why in the list, counts in the rail, and can be sent once it may", async ({
    people,
  }) => {
    const { alice, bob, guildId, channelId } = await inCompany(people)
    const [owner, writer] = [await alice.api(), await bob.api()]
    const sendAt = Date.now() + 3_600_000
    const asked = { channelId, key: "a-key-of-the-story", content: "too late", sendAt }
    const { id } = await writer.mutate<Scheduled>("schedule.create", asked)
    await bob.goesTo("/later/scheduled")
    await expect(waiting(bob)).toHaveText([/too late/])
    const { id: bobId } = await writer.query<{ id: string }>("account.me")
    await owner.mutate("member.kick", { guildId, userId: bobId })
    await expect(waiting(bob)).toHaveText([/A channel that is gone, or that you can no longer see.*too late/s])
    await writer.mutate("schedule.sendNow", { scheduledId: id, version: 1 })
    await expect(waiting(bob)).toHaveText([/Not sent .*The channel is gone, or you can no longer see it\./s])
    const badge = bob.servers().getByRole("link", { name: "Later, 1 message not sent" })
    await expect(badge).toBeVisible()
    await bob.findsNoBarriers()
    await bob.joins(await alice.invite(guildId))
    await badge.click()
    await waiting(bob).getByRole("button", { name: "Send now" }).click()
    await alice.sees("too late")
    await expect(badge).toHaveCount(0)
  })
})
