import { expect, test } from "./support/test.ts"

const LEADS_NOWHERE = "This invite leads nowhere"

test.describe("invites @everywhere", () => {
  test("show where they lead before one joins, and bring a newcomer in", async ({ people, visitor }) => {
    const [alice] = await people("Alice")
    if (!alice) throw new Error("nobody")
    const { guildId } = await alice.hasServer("Chess")
    const link = await alice.invite(guildId)

    const carol = await visitor("Carol")
    await carol.goesTo(link)
    await expect(carol.page.getByRole("heading", { name: "Chess" })).toBeVisible()
    await expect(carol.page.getByText("Alice invites you.")).toBeVisible()
    await carol.page.getByRole("link", { name: "Make an account" }).click()
    await carol.fillsIn({ "Your name": carol.name, Email: carol.email, Password: carol.password })
    await carol.press("Make an account")
    await expect(carol.composer()).toBeVisible()
    await carol.say("I was invited")
    await alice.sees("I was invited")
  })

  test("work as often as they say, and for nobody after that", async ({ people }) => {
    const [alice, bob, carol] = await people("Alice", "Bob", "Carol")
    if (!alice || !bob || !carol) throw new Error("nobody")
    const { guildId } = await alice.hasServer("Chess")
    const link = await alice.invite(guildId, { maxUses: 1 })
    await bob.joins(link)
    await carol.goesTo(link)
    await expect(carol.page.getByText(LEADS_NOWHERE)).toBeVisible()
    await expect(carol.page.getByText("Chess")).toHaveCount(0)
  })

  test("that were taken back lead nowhere", async ({ people }) => {
    const [alice, bob] = await people("Alice", "Bob")
    if (!alice || !bob) throw new Error("nobody")
    const { guildId } = await alice.hasServer("Chess")
    const link = await alice.invite(guildId)
    await bob.goesTo(link)
    await expect(bob.page.getByRole("button", { name: "Join Chess" })).toBeVisible()
    await (await alice.api()).mutate("invite.revoke", { code: link.split("/").at(-1) })
    await bob.press("Join Chess")
    await expect(bob.page.getByText(/not valid any more|leads nowhere/)).toBeVisible()
    await bob.goesTo("/invite/never-was-one")
    await expect(bob.page.getByText(LEADS_NOWHERE)).toBeVisible()
  })
})

// An invite lives for a minute at least, which is waited for once: no store or node has a part in it.
test.describe("invites", () => {
  test("that have run out lead nowhere, also for who had them open", async ({ people }) => {
    test.setTimeout(180_000)
    const [alice, bob, carol] = await people("Alice", "Bob", "Carol")
    if (!alice || !bob || !carol) throw new Error("nobody")
    const { guildId } = await alice.hasServer("Chess")
    const link = await alice.invite(guildId, { expiresInMs: 60_000 })
    await bob.goesTo(link)
    await expect(bob.page.getByRole("button", { name: "Join Chess" })).toBeVisible()
    await expect(async () => {
      await carol.goesTo(link)
      await expect(carol.page.getByText(LEADS_NOWHERE)).toBeVisible({ timeout: 1000 })
    }).toPass({ timeout: 90_000, intervals: [5000] })
    await expect(carol.page.getByText("Chess")).toHaveCount(0)
    await bob.press("Join Chess")
    await expect(bob.page.getByText(/not valid any more|leads nowhere/)).toBeVisible()
    await expect(bob.composer()).toHaveCount(0)
  })
})
