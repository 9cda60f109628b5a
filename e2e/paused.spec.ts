import { expect, test } from "./support/test.ts"

test.describe("while the store of messages does not answer @everywhere", () => {
  test("one reads what is there, goes on writing, is told what did not load; and all of it comes by itself", async ({
    people,
    hearth,
  }) => {
    const [alice, bob] = await people("Alice", "Bob")
    if (!alice || !bob) throw new Error("nobody")
    const { guildId } = await alice.hasServer("Home")
    await (await alice.api()).mutate("channel.create", { guildId, name: "plans" })
    await bob.joins(await alice.invite(guildId))
    await bob.opens("plans")
    await bob.say("plan one", "plans")
    await bob.opens("general")
    await alice.say("before")
    await bob.sees("before")

    const goesOn = hearth.pausesMessages()
    try {
      await alice.types("written meanwhile")
      await alice.seesNotSentYet("written meanwhile")
      await expect(alice.message("written meanwhile")).toContainText("Not sent yet, trying again")
      await alice.sees("before")
      await bob.doesNotSee("written meanwhile")

      await alice.opens("plans")
      await expect(alice.page.getByText("The messages did not load.")).toBeVisible()
      await expect(alice.page.getByText("They are safe.")).toBeVisible()
      await alice.findsNoBarriers("a room whose messages did not load")
      await alice.types("another, to where nothing loaded", "plans")
      await alice.opens("general")
      await alice.sees("before")
    } finally {
      goesOn()
    }

    await alice.seesSent("written meanwhile")
    await bob.sees("written meanwhile")
    await alice.opens("plans")
    await alice.seesSent("another, to where nothing loaded")
    await expect(alice.page.getByText("The messages did not load.")).toHaveCount(0)
    expect(await alice.reads()).toEqual(["plan one", "another, to where nothing loaded"])
    await alice.opens("general")
    await expect.poll(() => alice.reads()).toEqual(["before", "written meanwhile"])
    expect(await bob.reads()).toEqual(["before", "written meanwhile"])
  })
})
