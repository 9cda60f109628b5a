import { expect, test } from "./support/test.ts"

test.describe("in one browser", () => {
  test("a reload in the very moment of sending neither loses a message nor doubles it", async ({ people }) => {
    const [alice, bob] = await people("Alice", "Bob")
    if (!alice || !bob) throw new Error("nobody")
    const { guildId } = await alice.hasServer("Home")
    await bob.joins(await alice.invite(guildId))
    const texts = Array.from({ length: 5 }, (_, i) => `said and reloaded ${i}`)
    for (const text of texts) {
      await alice.types(text)
      await alice.page.reload()
      await expect(alice.composer()).toBeVisible()
      // A reload that was quicker than the browser's store leaves it where it was typed.
      if ((await alice.composer().inputValue()) === text) await alice.composer().press("Enter")
    }
    for (const text of texts) await bob.seesOnce(text)
    for (const text of texts) await alice.seesSent(text)
    expect((await bob.reads()).toSorted()).toEqual(texts.toSorted())
  })

  test("two tabs of one account write, and every message is there once in both", async ({ people }) => {
    const [alice, bob] = await people("Alice", "Bob")
    if (!alice || !bob) throw new Error("nobody")
    const { guildId } = await alice.hasServer("Home")
    await bob.joins(await alice.invite(guildId))
    const first = alice.page
    const second = await alice.context.newPage()
    await second.goto(first.url())
    for (const [i, page] of [first, second, first, second].entries()) {
      alice.page = page
      await alice.types(`from tab ${(i % 2) + 1}, number ${i}`)
    }
    await bob.sees("number 3")
    for (const page of [first, second]) {
      alice.page = page
      for (let i = 0; i < 4; i++) await alice.seesSent(`number ${i}`)
    }
    expect(await bob.reads()).toHaveLength(4)
    // The tab that sends is closed in the middle: the other goes on.
    alice.page = second
    await Promise.all([first.close(), alice.types("after the first tab")])
    await alice.seesSent("after the first tab")
    await bob.seesOnce("after the first tab")
  })

  test("what waits when one signs out is sent when one comes back, and never as somebody else", async ({ people }) => {
    const [alice, bob] = await people("Alice", "Bob")
    if (!alice || !bob) throw new Error("nobody")
    await alice.hasALooseCable()
    const { guildId } = await alice.hasServer("Home")
    const link = await alice.invite(guildId)
    await bob.joins(link)
    await alice.say("before")
    await alice.pullsTheCable()
    await alice.types("waits for Alice")
    await alice.seesNotSentYet("waits for Alice")
    const room = alice.page.url()
    await alice.signOut()

    // Bob at Alice's browser: a member of the same server.
    const mine = alice.email
    alice.email = bob.email
    await alice.signIn()
    await alice.isIn()
    await alice.plugsItIn()
    await alice.goesTo(room)
    await alice.say("Bob, at her desk")
    await bob.sees("Bob, at her desk")
    await bob.doesNotSee("waits for Alice")
    await alice.doesNotSee("waits for Alice")
    await alice.page.getByRole("button", { name: "You: Bob" }).click()
    await alice.page.getByRole("menuitem", { name: "Sign out" }).click()
    await alice.isAtTheDoor()

    alice.email = mine
    await alice.signIn()
    await alice.isIn()
    await alice.goesTo(room)
    await alice.seesSent("waits for Alice")
    await bob.seesOnce("waits for Alice")
    await expect(bob.message("waits for Alice")).toHaveAccessibleName(/^Alice: /)
  })
})
