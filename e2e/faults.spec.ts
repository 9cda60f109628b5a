import { expect, test } from "./support/test.ts"

test.describe("when a gateway node is killed @everywhere", () => {
  test("people go on chatting, and nothing is lost or doubled", async ({ people, hearth }) => {
    const [alice, bob] = await people("Alice", "Bob")
    if (!alice || !bob) throw new Error("nobody")
    const { guildId } = await alice.hasServer("Home")
    await bob.joins(await alice.invite(guildId))
    await alice.say("before")
    await bob.sees("before")
    for (const [round, pid] of (await hearth.gateways()).entries()) {
      process.kill(pid, "SIGKILL")
      await alice.types(`from Alice in round ${round}`)
      await bob.types(`from Bob in round ${round}`)
      await alice.seesSent(`from Alice in round ${round}`)
      await bob.seesSent(`from Bob in round ${round}`)
      await alice.sees(`from Bob in round ${round}`)
      await bob.sees(`from Alice in round ${round}`)
    }
    expect(await alice.reads()).toEqual(await bob.reads())
    expect(new Set(await bob.reads()).size).toBe((await bob.reads()).length)
  })
})

test.describe("when the whole app is started again", () => {
  test("everything is still there, and open pages come back by themselves", async ({ people, hearth }) => {
    const [alice, bob] = await people("Alice", "Bob")
    if (!alice || !bob) throw new Error("nobody")
    const { guildId } = await alice.hasServer("Home")
    await bob.joins(await alice.invite(guildId))
    await alice.say("remember this")
    await hearth.restart()
    await alice.say("still here")
    await bob.sees("still here")
    await bob.page.reload()
    await bob.sees("remember this")
    await bob.sees("still here")
    await alice.signOut()
    await alice.signIn()
    await alice.isIn()
  })
})
