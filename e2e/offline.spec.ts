import { expect, test } from "./support/test.ts"

test.describe("without a connection @everywhere", () => {
  test("what was written waits, says so, survives a reload, and goes out once", async ({ people }) => {
    const [alice, bob] = await people("Alice", "Bob")
    if (!alice || !bob) throw new Error("nobody")
    await alice.hasALooseCable()
    const { guildId } = await alice.hasServer("Home")
    await bob.joins(await alice.invite(guildId))
    await alice.say("before")

    await alice.pullsTheCable()
    await alice.types("first of the queue")
    await alice.types("second of the queue")
    await alice.seesNotSentYet("first of the queue")
    await alice.seesNotSentYet("second of the queue")
    await bob.say("Bob goes on")
    await bob.doesNotSee("first of the queue")

    await alice.page.reload()
    await alice.seesNotSentYet("first of the queue")

    await alice.plugsItIn()
    await alice.seesSent("first of the queue")
    await alice.seesSent("second of the queue")
    await bob.sees("second of the queue")
    expect(await bob.reads()).toEqual(["before", "Bob goes on", "first of the queue", "second of the queue"])
    await expect.poll(() => alice.reads()).toEqual(await bob.reads())
  })

  test("one reads on, and finds what was missed", async ({ people }) => {
    const [alice, bob] = await people("Alice", "Bob")
    if (!alice || !bob) throw new Error("nobody")
    await bob.hasALooseCable()
    const { guildId } = await alice.hasServer("Home")
    await bob.joins(await alice.invite(guildId))
    await alice.say("seen before")
    await bob.sees("seen before")
    await bob.pullsTheCable()
    for (let i = 1; i <= 5; i++) await alice.say(`missed ${i}`)
    await bob.sees("seen before")
    await bob.doesNotSee("missed 1")
    await bob.plugsItIn()
    await bob.sees("missed 5")
    expect(await bob.reads()).toEqual(await alice.reads())
  })

  test("a drop that is over at once is not worth a word", async ({ people }) => {
    const [alice, bob] = await people("Alice", "Bob")
    if (!alice || !bob) throw new Error("nobody")
    await alice.hasALooseCable()
    // The pause before the next try is drawn at random: here it is always the shortest.
    await alice.page.addInitScript(() => {
      Math.random = () => 0
    })
    const { guildId } = await alice.hasServer("Home")
    await bob.joins(await alice.invite(guildId))
    await alice.watchesForTheBanner()
    await alice.jogsTheCable()
    await bob.say("are you there?")
    await alice.sees("are you there?")
    await alice.say("all the time")
    expect(await alice.hasSeenTheBanner()).toBe(false)

    await alice.pullsTheCable()
    expect(await alice.hasSeenTheBanner()).toBe(true)
  })

  test("the whole network may go and come", async ({ people }) => {
    const [alice, bob] = await people("Alice", "Bob")
    if (!alice || !bob) throw new Error("nobody")
    const { guildId } = await alice.hasServer("Home")
    await bob.joins(await alice.invite(guildId))
    await alice.context.setOffline(true)
    await alice.types("written in a tunnel")
    await alice.seesNotSentYet("written in a tunnel")
    await bob.doesNotSee("written in a tunnel")
    await alice.context.setOffline(false)
    await alice.seesSent("written in a tunnel")
    await bob.sees("written in a tunnel")
  })
})
