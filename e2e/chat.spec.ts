import { expect, test } from "./support/test.ts"

test.describe("two people @everywhere", () => {
  test("chat both ways, and find everything again after a reload", async ({ people }) => {
    const [alice, bob] = await people("Alice", "Bob")
    if (!alice || !bob) throw new Error("nobody")
    const { guildId } = await alice.hasServer("Home")
    await bob.joins(await alice.invite(guildId))

    await alice.say("hello Bob")
    await bob.sees("hello Bob")
    await bob.say("hello Alice")
    await alice.sees("hello Alice")
    for (let i = 1; i <= 5; i++) {
      await alice.say(`from Alice ${i}`)
      await bob.say(`from Bob ${i}`)
    }
    await bob.sees("from Alice 5")
    await alice.sees("from Bob 5")
    const order = await alice.reads()
    expect(order).toHaveLength(12)
    expect(await bob.reads()).toEqual(order)

    await alice.page.reload()
    await alice.sees("from Bob 5")
    await expect.poll(() => alice.reads()).toEqual(order)
  })

  test("are told what the channel is while nobody has said anything", async ({ people }) => {
    const [alice] = await people("Alice")
    if (!alice) throw new Error("nobody")
    await alice.hasServer("Home")
    await expect(alice.composer()).toBeVisible()
    await expect(alice.page.getByRole("article")).toHaveCount(0)
    await alice.findsNoBarriers()
  })

  test("see who writes, and what the other changed", async ({ people }) => {
    const [alice, bob] = await people("Alice", "Bob")
    if (!alice || !bob) throw new Error("nobody")
    const { guildId } = await alice.hasServer("Home")
    await bob.joins(await alice.invite(guildId))
    await alice.say("one moment")
    await bob.sees("one moment")
    // It is told at most once in four seconds, so who goes on typing is seen to.
    await expect(async () => {
      await alice.composer().pressSequentially("I am thinking ")
      await expect(bob.page.getByText("Alice is typing")).toBeVisible({ timeout: 3000 })
    }).toPass({ timeout: 60_000 })
    await alice.composer().fill("")
    await alice.say("a first tyr")
    await bob.sees("a first tyr")
    await alice.composer().press("ArrowUp")
    await expect(alice.composer()).toHaveValue("a first tyr")
    await alice.types("a first try")
    await bob.sees("a first try")
    await bob.doesNotSee("a first tyr")
  })

  test("see who writes where nobody has said anything yet", async ({ people }) => {
    const [alice, bob] = await people("Alice", "Bob")
    if (!alice || !bob) throw new Error("nobody")
    const { guildId } = await alice.hasServer("Home")
    await bob.joins(await alice.invite(guildId))
    await expect(async () => {
      await alice.composer().pressSequentially("What shall I say first ")
      await expect(bob.page.getByText("Alice is typing")).toBeVisible({ timeout: 3000 })
    }).toPass({ timeout: 60_000 })
    await expect(bob.page.getByRole("heading", { name: "A fresh channel" })).toBeVisible()
  })

  test("read from a channel's first message on, and stay where they have scrolled", async ({ people }) => {
    const [alice, bob] = await people("Alice", "Bob")
    if (!alice || !bob) throw new Error("nobody")
    const { guildId } = await alice.hasServer("Home")
    await bob.joins(await alice.invite(guildId))
    await alice.say("the very first")
    await bob.sees("the very first")
    await expect(bob.page.getByRole("status").filter({ hasText: ": the very first" })).toBeAttached()

    for (let i = 1; i <= 40; i++) await alice.types(`point ${i}`)
    const toTheEnd = () => bob.messages().evaluate((log) => log.scrollHeight - log.scrollTop - log.clientHeight)
    await bob.sees("point 40")
    await expect.poll(toTheEnd).toBeLessThan(2)
    await bob.messages().hover()
    await bob.page.mouse.wheel(0, -150)
    // It glides: measured is where it comes to rest.
    await expect.poll(toTheEnd).toBeGreaterThan(148)
    await expect(bob.page.getByRole("button", { name: "Jump to present" })).toBeVisible()
    const place = await bob.placeOf("point 39")
    await alice.say("and one more thing")
    await expect(bob.page.getByRole("button", { name: "1 new" })).toBeVisible()
    expect(await bob.placeOf("point 39")).toBe(place)
  })

  test("have a URL for every message", async ({ people }) => {
    const [alice, bob] = await people("Alice", "Bob")
    if (!alice || !bob) throw new Error("nobody")
    const { guildId, channelId } = await alice.hasServer("Home")
    await bob.joins(await alice.invite(guildId))
    for (const text of ["one", "two", "three"]) await alice.say(text)
    await bob.goesTo(`/s/${guildId}/${channelId}/2`)
    await expect(bob.message("two")).toBeInViewport()
    await bob.sees("three")
  })

  test("a message that cannot be sent says why, and stays", async ({ people }) => {
    const [alice] = await people("Alice")
    if (!alice) throw new Error("nobody")
    const { channelId } = await alice.hasServer("Home")
    await alice.composer().fill("a".repeat(4001))
    await expect(alice.page.getByRole("button", { name: "Send", exact: true })).toBeDisabled()
    await alice.composer().press("Enter")
    await expect(alice.page.getByText("1 too many")).toBeVisible()
    await expect(alice.page.getByRole("article")).toHaveCount(0)
    const { page } = await (await alice.api()).query<{ page: { head: number } }>("message.page", { channelId })
    expect(page.head).toBe(0)
  })
})
