import { expect, test } from "./support/test.ts"

test.describe("the first ten minutes", () => {
  test("of a server: its maker sees four steps that are ticked by what is there, and then no more", async ({
    people,
  }) => {
    const [alice, bob] = await people("Alice", "Bob")
    if (!alice || !bob) throw new Error("nobody")
    const { guildId } = await alice.hasServer("Home")
    const { page } = alice
    const list = page.getByRole("region", { name: "First steps" })
    const step = (name: string) => list.getByRole("listitem").filter({ hasText: name })
    await expect(list.getByRole("listitem")).toHaveCount(4)
    await expect(step("Give it a name")).toContainText("done")
    for (const open of ["Make a second channel", "Invite somebody", "Write the first message"])
      await expect(step(open)).not.toContainText("done")
    await alice.findsNoBarriers("a new server")

    await step("Make a second channel").getByRole("button").click()
    await alice.field("Channel name").fill("plans")
    await alice.dialog("Create a channel").getByRole("button", { name: "Create channel" }).click()
    await expect(alice.composer("plans")).toBeVisible()
    await expect(step("Make a second channel")).toContainText("done")

    await step("Invite somebody").getByRole("button").click()
    await alice.press("Create invite")
    await alice.press("Done")
    await expect(step("Invite somebody")).toContainText("done")

    await step("Write the first message").getByRole("button").click()
    await expect(alice.composer("plans")).toBeFocused()

    // Who did not make it is not told what to do with it.
    await bob.joins(await alice.invite(guildId))
    await expect(bob.page.getByRole("button", { name: "Write the first message" })).toBeVisible()
    await expect(bob.page.getByRole("region", { name: "First steps" })).toHaveCount(0)

    await alice.say("and so it begins", "plans")
    await expect(list).toHaveCount(0)
    await page.reload()
    await alice.sees("and so it begins")
    await expect(list).toHaveCount(0)
  })

  test("of a server: the list is put away for good, in that server", async ({ people }) => {
    const [alice] = await people("Alice")
    if (!alice) throw new Error("nobody")
    const list = alice.page.getByRole("region", { name: "First steps" })
    await alice.hasServer("Home")
    await alice.press("Put this list away")
    await expect(list).toHaveCount(0)
    await expect(alice.composer()).toBeFocused()
    await alice.page.reload()
    await expect(alice.page.getByRole("heading", { name: "A fresh channel" })).toBeVisible()
    await expect(list).toHaveCount(0)
    // A channel that does not say what it is for asks whoever may say it.
    await alice.press("Say what it is for")
    const edit = alice.dialog("Edit channel")
    await edit.getByRole("textbox", { name: "Topic" }).fill("For plans that need tea")
    await edit.getByRole("button", { name: "Save channel" }).click()
    await expect(edit).toHaveCount(0)
    await expect(alice.page.getByRole("main").getByText("For plans that need tea").last()).toBeVisible()
    await expect(alice.page.getByRole("button", { name: "Say what it is for" })).toHaveCount(0)
    await alice.hasServer("Another")
    await expect(list).toBeVisible()
  })

  test("of a member: who is inside is shown before, and a word is said after", async ({ people, visitor }) => {
    const [alice, bob] = await people("Alice", "Bob")
    if (!alice || !bob) throw new Error("nobody")
    const { guildId } = await alice.hasServer("Chess")
    const link = await alice.invite(guildId)
    await bob.joins(link)
    const greeting = bob.page.getByText("You are in Chess now.")
    await expect(greeting).toBeVisible()
    // One button for one thing: where nothing was said, the channel itself has it.
    await expect(bob.page.getByRole("button", { name: "Write the first message" })).toBeVisible()
    await expect(bob.page.getByRole("button", { name: "Say hello" })).toHaveCount(0)
    await alice.say("welcome")
    await bob.press("Say hello")
    await expect(bob.composer()).toBeFocused()
    await bob.say("hello")
    await expect(greeting).toHaveCount(0)
    await bob.page.reload()
    await bob.sees("hello")
    await expect(greeting).toHaveCount(0)

    const carol = await visitor("Carol")
    await carol.goesTo(link)
    await expect(carol.page.getByText("Alice invites you.")).toBeVisible()
    await expect(carol.page.getByText("A server on Test Hearth.")).toBeVisible()
    await expect(carol.page.getByText("2 members: Alice and Bob")).toBeVisible()
    // Who is there now is nobody's business who is not in.
    await expect(carol.page.getByRole("main")).not.toContainText(/here|online/i)
    await carol.findsNoBarriers("invite")
    // Whoever was in already is not greeted again.
    await alice.goesTo(link)
    await alice.page.getByRole("link", { name: "Open Chess" }).click()
    await expect(alice.composer()).toBeVisible()
    await expect(alice.page.getByText("You are in Chess now.")).toHaveCount(0)
  })

  test("of an account: a short tour, which is in nobody's way", async ({ people, visitor }) => {
    const [alice] = await people("Alice")
    if (!alice) throw new Error("nobody")
    const { guildId } = await alice.hasServer("Home")
    const link = await alice.invite(guildId)
    const carol = await visitor("Carol")
    await carol.goesTo(link)
    await carol.page.getByRole("link", { name: "Make an account" }).click()
    await carol.fillsIn({ "Your name": carol.name, Email: carol.email, Password: carol.password })
    await carol.press("Make an account")
    const tour = carol.page.getByRole("complementary", { name: "A short tour" })
    await expect(tour).toContainText("1 of 4")
    await carol.findsNoBarriers("with the tour")
    await carol.say("I can write while it is there")
    await expect(tour).toContainText("1 of 4")
    await tour.getByRole("button", { name: "Next" }).click()
    await expect(tour).toContainText("2 of 4")
    await tour.getByRole("button", { name: "Skip" }).click()
    await expect(tour).toHaveCount(0)
    await expect(carol.composer()).toBeFocused()
    await carol.page.reload()
    await carol.sees("I can write while it is there")
    // It would come some seconds later: that it is put away is kept.
    expect(await carol.page.evaluate(() => Object.keys(localStorage))).toContainEqual(
      expect.stringMatching(/^hearth\.tour\./),
    )

    await carol.page.getByRole("button", { name: "You: Carol" }).click()
    await carol.page.getByRole("menuitem", { name: "Show me around" }).click()
    await expect(tour).toContainText("1 of 4")
    await expect(tour.getByRole("button", { name: "Next" })).toBeFocused()
    await carol.page.keyboard.press("Escape")
    await expect(tour).toHaveCount(0)
    await alice.sees("I can write while it is there")
  })
})
