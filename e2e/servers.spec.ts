import { idOf } from "./support/company.ts"
import { expect, test } from "./support/test.ts"

test.describe("servers and channels @everywhere", () => {
  test("a server is made, and another member sees every change at once, without reload", async ({ people }) => {
    const [alice, bob] = await people("Alice", "Bob")
    if (!alice || !bob) throw new Error("nobody")
    await alice.createServer("Book club")
    const { guildId } = alice.here()
    await bob.joins(await alice.invite(guildId))
    await expect(bob.servers().getByRole("link", { name: "Book club" })).toBeVisible()

    const api = await alice.api()
    const { id: channelId } = await api.mutate<{ id: string }>("channel.create", { guildId, name: "Plans for May" })
    await expect(bob.channel("plans-for-may")).toBeVisible()
    await expect(alice.channel("plans-for-may")).toBeVisible()
    await api.mutate("channel.update", { channelId, name: "plans", topic: "What we read in May" })
    await expect(bob.channel("plans")).toBeVisible()
    await expect(bob.channel("plans-for-may")).toHaveCount(0)
    await bob.opens("plans")
    await expect(bob.page.getByText("What we read in May").first()).toBeVisible()

    await api.mutate("guild.update", { guildId, name: "Reading circle" })
    await expect(bob.servers().getByRole("link", { name: "Reading circle" })).toBeVisible()

    await api.mutate("channel.delete", { channelId })
    await expect(bob.channel("plans")).toHaveCount(0)
    await bob.seesNoRoom()

    await api.mutate("guild.delete", { guildId })
    await expect(bob.servers().getByRole("link", { name: "Reading circle" })).toHaveCount(0)
    await expect(alice.servers().getByRole("link", { name: "Reading circle" })).toHaveCount(0)
  })

  test("who is not a member sees no room, by any address, and is told nothing", async ({ people }) => {
    const [alice, eve] = await people("Alice", "Eve")
    if (!alice || !eve) throw new Error("nobody")
    const { guildId, channelId } = await alice.hasServer("Secret garden")
    await alice.say("the key is under the mat")
    for (const path of [`/s/${guildId}`, `/s/${guildId}/${channelId}`, `/s/${guildId}/${channelId}/1`, "/s/1/2"]) {
      await eve.goesTo(path)
      await eve.seesNoRoom()
      await expect(eve.page.getByText("Secret garden")).toHaveCount(0)
      await expect(eve.page.getByText("under the mat")).toHaveCount(0)
    }
  })

  test("who leaves loses the server at once, and hears nothing more", async ({ people }) => {
    const [alice, bob] = await people("Alice", "Bob")
    if (!alice || !bob) throw new Error("nobody")
    const { guildId } = await alice.hasServer("Garden")
    await bob.joins(await alice.invite(guildId))
    await bob.say("hello")
    await alice.sees("hello")
    const api = await bob.api()
    await api.mutate("guild.leave", { guildId })
    await expect(bob.servers().getByRole("link", { name: "Garden" })).toHaveCount(0)
    await alice.say("not for Bob")
    await expect(bob.page.getByText("not for Bob")).toHaveCount(0)
  })

  test("who is removed by the owner is out at once", async ({ people }) => {
    const [alice, bob] = await people("Alice", "Bob")
    if (!alice || !bob) throw new Error("nobody")
    const { guildId } = await alice.hasServer("Garden")
    await bob.joins(await alice.invite(guildId))
    const userId = await idOf(bob)
    await (await alice.api()).mutate("member.kick", { guildId, userId })
    await expect(bob.servers().getByRole("link", { name: "Garden" })).toHaveCount(0)
    await bob.goesTo(`/s/${guildId}`)
    await bob.seesNoRoom()
  })
})
