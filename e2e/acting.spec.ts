import type { Person } from "./support/person.ts"
import { expect, test } from "./support/test.ts"

type People = (...names: string[]) => Promise<Person[]>

const inCompany = async (people: People) => {
  const [alice, bob] = await people("Alice", "Bob")
  if (!alice || !bob) throw new Error("nobody")
  const { guildId, channelId } = await alice.hasServer("Home")
  await bob.joins(await alice.invite(guildId))
  return { alice, bob, guildId, channelId }
}

const pill = (person: Person, text: string, emoji: string, n: number) =>
  person.message(text).getByRole("button", { name: `${emoji}, ${n}`, exact: true })

test.describe("acting on a message @everywhere", () => {
  test("people react by hand and by key, and see what is their own, on every device", async ({ people, visitor }) => {
    const { alice, bob, guildId, channelId } = await inCompany(people)
    await alice.say("the turned edge is gone")
    await bob.sees("the turned edge is gone")

    await bob.message("turned edge").hover()
    await bob.message("turned edge").getByRole("button", { name: "React", exact: true }).click()
    await bob.page.getByRole("button", { name: "Party" }).click()
    await expect(pill(bob, "turned edge", "🎉", 1)).toHaveAttribute("aria-pressed", "true")
    await expect(pill(alice, "turned edge", "🎉", 1)).toHaveAttribute("aria-pressed", "false")

    // A press on the pill adds one's own, another takes it back.
    await pill(alice, "turned edge", "🎉", 1).click()
    await expect(pill(alice, "turned edge", "🎉", 2)).toHaveAttribute("aria-pressed", "true")
    await expect(pill(bob, "turned edge", "🎉", 2)).toHaveAttribute("aria-pressed", "true")
    await pill(alice, "turned edge", "🎉", 2).click()
    await expect(pill(bob, "turned edge", "🎉", 1)).toBeVisible()

    // By key, with the arrows through the six.
    await alice.messages().focus()
    await alice.page.keyboard.press("End")
    await alice.page.keyboard.press("+")
    await expect(alice.page.getByRole("button", { name: "Thumbs up" })).toBeFocused()
    await alice.page.keyboard.press("ArrowRight")
    await alice.page.keyboard.press("Enter")
    await expect(pill(bob, "turned edge", "❤️", 1)).toBeVisible()
    await expect(alice.message("turned edge")).toBeFocused()

    // Another device of hers knows that it is hers, from the start and from then on.
    const phone = await visitor("Alice")
    await phone.isAlso(alice)
    await phone.isSignedIn()
    await phone.goesTo(`/s/${guildId}/${channelId}`)
    await expect(pill(phone, "turned edge", "❤️", 1)).toHaveAttribute("aria-pressed", "true")
    await expect(pill(phone, "turned edge", "🎉", 1)).toHaveAttribute("aria-pressed", "false")
    await pill(alice, "turned edge", "🎉", 1).click()
    await expect(pill(phone, "turned edge", "🎉", 2)).toHaveAttribute("aria-pressed", "true")

    // Who it was.
    await bob.message("turned edge").press("w")
    const who = bob.dialog("Who reacted")
    await who.getByRole("button", { name: "🎉" }).click()
    await expect(who.getByRole("list", { name: "Who gave 🎉" }).getByRole("listitem")).toHaveText([/Alice/, /Bob/])
    await bob.findsNoBarriers()
  })

  test("what could not be done is taken back, and said", async ({ people }) => {
    const [alice, bob] = await people("Alice", "Bob")
    if (!alice || !bob) throw new Error("nobody")
    await bob.hasALooseCable((frame) => frame.includes("message:react"))
    const { guildId } = await alice.hasServer("Home")
    await bob.joins(await alice.invite(guildId))
    await alice.say("hold this")
    await alice.message("hold this").press("+")
    await alice.page.getByRole("button", { name: "Heart" }).click()
    await pill(bob, "hold this", "❤️", 1).click()
    await expect(pill(bob, "hold this", "❤️", 2)).toHaveAttribute("aria-pressed", "true")
    await expect(pill(bob, "hold this", "❤️", 1)).toHaveAttribute("aria-pressed", "false")
    await bob.isTold(/did not answer|try again/i)
  })
})
