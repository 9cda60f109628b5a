import { inCompany } from "./support/company.ts"
import type { Person } from "./support/person.ts"
import { expect, test } from "./support/test.ts"

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

    // Any other, found by its name.
    await bob.message("turned edge").press("+")
    await bob.page.getByRole("button", { name: "All emoji" }).click()
    await bob.page.getByRole("combobox", { name: "Search emoji" }).fill("telescope")
    await bob.page.keyboard.press("Enter")
    await expect(pill(alice, "turned edge", "🔭", 1)).toBeVisible()
    await expect(pill(bob, "turned edge", "🔭", 1)).toHaveAttribute("aria-pressed", "true")

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

  test("who wrote a message, and who manages messages, see what it said before; what is answered leaves a mark", async ({
    people,
  }) => {
    const { alice, bob } = await inCompany(people)
    await bob.say("the edge is trned")
    await bob.composer().press("ArrowUp")
    await bob.types("the edge is turned")
    await alice.sees("the edge is turned")
    await alice
      .message("the edge is turned")
      .getByRole("button", { name: /^edited/ })
      .click()
    const before = alice.dialog("What it said before")
    await expect(before.getByRole("listitem")).toHaveText([
      /now.*the edge is turned/s,
      /first written.*the edge is trned/s,
    ])
    await alice.findsNoBarriers()
    await alice.page.keyboard.press("Escape")
    await expect(before).toHaveCount(0)

    await alice.say("mine alone")
    await alice.composer().press("ArrowUp")
    await alice.types("mine, and better")
    await bob.sees("mine, and better")
    await expect(bob.message("mine, and better").getByText("edited")).toBeVisible()
    await expect(bob.message("mine, and better").getByRole("button", { name: /^edited/ })).toHaveCount(0)

    await bob.message("mine, and better").press("r")
    await expect(bob.page.getByText("Answering Alice")).toBeVisible()
    await bob.types("an answer")
    await alice.sees("an answer")
    await alice.message("mine, and better").first().press("Delete")
    await alice.page.getByRole("button", { name: "Delete it" }).click()
    await expect(bob.messages().getByRole("article", { name: "A message that was deleted" })).toBeVisible()
    // What nobody answered goes without a mark.
    await bob.message("an answer").press("Delete")
    await bob.page.getByRole("button", { name: "Delete it" }).click()
    await alice.doesNotSee("an answer")
    await expect(alice.messages().getByRole("article", { name: "A message that was deleted" })).toHaveCount(0)
  })

  test("pinned messages are marked, listed and led to, until they are unpinned or deleted", async ({ people }) => {
    const { alice, bob } = await inCompany(people)
    await alice.say("the rule of the house")
    await alice.say("and the second rule")
    await bob.sees("and the second rule")
    // Marks are asked for as soon as somebody is there.
    await bob.messages().hover()
    await alice.message("rule of the house").press("p")
    await expect(bob.message("rule of the house")).toHaveAccessibleName(/, pinned$/i)
    await alice.message("second rule").hover()
    await alice.message("second rule").getByRole("button", { name: "More to do" }).click()
    await alice.page.getByRole("menuitem", { name: /^Pin/ }).click()
    await expect(bob.message("second rule")).toHaveAccessibleName(/, pinned$/i)
    // Who may not manage messages has no key for it.
    const asked: string[] = []
    bob.page.on("request", (request) => asked.push(request.url()))
    await bob.message("second rule").press("p")

    await bob.press("Pinned")
    const pins = bob.dialog("Pinned")
    await expect(pins.getByRole("listitem")).toHaveText([/second rule/, /rule of the house/])
    await expect(pins.getByRole("button", { name: "Unpin" })).toHaveCount(0)
    await bob.findsNoBarriers()
    // The list was asked for after the key: what the key asks for would be here by now.
    expect(asked.filter((url) => url.includes("pin.list"))).not.toEqual([])
    expect(asked.filter((url) => /pin\.(add|remove)/.test(url))).toEqual([])

    await alice.message("second rule").press("Delete")
    await alice.page.getByRole("button", { name: "Delete it" }).click()
    await expect(pins.getByRole("listitem")).toHaveText([/rule of the house/])
    await pins.getByRole("link", { name: /Alice/ }).click()
    await expect(pins).toHaveCount(0)
    await expect(bob.page).toHaveURL(/\/1$/)
    await bob.sees("rule of the house")

    await alice.press("Pinned")
    await alice.dialog("Pinned").getByRole("button", { name: "Unpin" }).click()
    await expect(alice.dialog("Pinned").getByText("Nothing is pinned here yet.")).toBeVisible()
    await expect(bob.message("rule of the house")).not.toHaveAccessibleName(/pinned/i)
  })
})
