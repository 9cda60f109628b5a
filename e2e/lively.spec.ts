import type { Person } from "./support/person.ts"
import { expect, test } from "./support/test.ts"

/** What the header says of who has the channel open. */
const seesHere = (person: Person, sentence: string) =>
  expect(person.page.getByRole("button", { name: sentence, exact: true })).toBeVisible({ timeout: 15_000 })
const seesWriters = (person: Person, channel: string, names: RegExp) =>
  expect(person.channel(channel).getByRole("img", { name: names })).toBeVisible({ timeout: 15_000 })

test.describe("where people are @everywhere", () => {
  // Several browsers on one machine.
  test.describe.configure({ timeout: 120_000 })

  test("who has a channel open sees the others' faces, and how many they are", async ({ people }) => {
    const [alice, bob, cleo] = await people("Alice", "Bob", "Cleo")
    if (!alice || !bob || !cleo) throw new Error("nobody")
    const { guildId } = await alice.hasServer("Home")
    await (await alice.api()).mutate("channel.create", { guildId, name: "tea" })
    const invite = await alice.invite(guildId)
    // Alone there is nobody to see.
    await expect(alice.page.getByRole("button", { name: / here: / })).toHaveCount(0)
    await bob.joins(invite)
    await seesHere(alice, "2 here: Bob and you")
    await seesHere(bob, "2 here: Alice and you")
    await cleo.joins(invite)
    await seesHere(alice, "3 here: Bob, Cleo and you")
    await seesHere(cleo, "3 here: Alice, Bob and you")
    await alice.findsNoBarriers()

    await bob.opens("tea")
    await seesHere(alice, "2 here: Cleo and you")
    await expect(bob.page.getByRole("button", { name: / here: / })).toHaveCount(0)
    await bob.opens("general")
    await seesHere(bob, "3 here: Alice, Cleo and you")
    await cleo.page.close()
    await seesHere(alice, "2 here: Bob and you")

    await alice.page.getByRole("button", { name: "2 here: Bob and you" }).click()
    await expect(alice.page.getByRole("button", { name: "Members" })).toHaveAttribute("aria-pressed", "true")
  })

  test("a channel in which several people write is warm, with their faces; also for who comes later", async ({
    people,
  }) => {
    const [alice, bob, cleo, dora] = await people("Alice", "Bob", "Cleo", "Dora")
    if (!alice || !bob || !cleo || !dora) throw new Error("nobody")
    const { guildId } = await alice.hasServer("Home")
    await (await alice.api()).mutate("channel.create", { guildId, name: "tea" })
    const invite = await alice.invite(guildId)
    await bob.joins(invite)
    await cleo.joins(invite)
    for (const person of [bob, cleo]) await person.opens("tea")
    await expect(alice.channel("tea")).toHaveAttribute("data-glow", "0")
    await bob.say("The kettle is on.", "tea")
    await cleo.say("Two sugars, please.", "tea")
    await seesWriters(alice, "tea", /^lately: (Bob and Cleo|Cleo and Bob)$/)
    await expect(alice.channel("tea")).toHaveAttribute("data-glow", "2")
    await expect(alice.servers().getByRole("link", { name: /^Home/ })).toHaveAttribute("data-glow", "2")
    await expect(alice.channel("general")).toHaveAttribute("data-glow", "0")
    // Who looks is shown the others, and sits by the fire.
    await seesWriters(bob, "tea", /^lately: Cleo$/)
    await expect(bob.page.getByRole("main", { name: "tea" })).toHaveAttribute("data-glow", "2")

    await alice.page.reload()
    await seesWriters(alice, "tea", /^lately: (Bob and Cleo|Cleo and Bob)$/)
    await dora.joins(invite)
    await seesWriters(dora, "tea", /^lately: (Bob and Cleo|Cleo and Bob)$/)
    await dora.findsNoBarriers()
  })
})
