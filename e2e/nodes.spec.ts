import { expect, test } from "./support/test.ts"

test.describe("with several gateway nodes @cluster", () => {
  test("people who sit on different ones chat across, in one order", async ({ people, hearth }) => {
    const [alice, bob] = await people("Alice", "Bob")
    if (!alice || !bob) throw new Error("nobody")
    expect(await hearth.sockets()).toHaveLength(2)
    // Whoever was here before has gone.
    await expect.poll(() => hearth.sockets()).toEqual([0, 0])
    const { guildId } = await alice.hasServer("Home")
    await bob.joins(await alice.invite(guildId))
    // The front takes turns: who came back beside the other comes again.
    await expect(async () => {
      await bob.page.reload()
      await expect(bob.composer()).toBeVisible()
      await expect.poll(() => hearth.sockets(), { timeout: 2000 }).toEqual([1, 1])
    }).toPass({ timeout: 60_000 })

    for (let i = 1; i <= 3; i++) {
      await alice.say(`from Alice ${i}`)
      await bob.sees(`from Alice ${i}`)
      await bob.say(`from Bob ${i}`)
      await alice.sees(`from Bob ${i}`)
    }
    await Promise.all([alice.types("at once, Alice"), bob.types("at once, Bob")])
    for (const person of [alice, bob]) for (const name of ["Alice", "Bob"]) await person.seesSent(`at once, ${name}`)
    expect(await alice.reads()).toEqual(await bob.reads())
    expect(await alice.reads()).toHaveLength(8)
    expect(await hearth.sockets()).toEqual([1, 1])
  })
})
