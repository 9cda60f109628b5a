import { idOf, type People } from "./support/company.ts"
import type { Person } from "./support/person.ts"
import { expect, test } from "./support/test.ts"

interface Fixtures {
  people: People
  visitor: (name: string) => Promise<Person>
}

/** One person at two devices, both in the same channel. */
const twoDevices = async ({ people, visitor }: Fixtures) => {
  const [desk] = await people("Alice")
  if (!desk) throw new Error("nobody")
  await desk.hasALooseCable()
  const { guildId, channelId } = await desk.hasServer("Home")
  const phone = await visitor("Alice")
  await phone.isAlso(desk)
  await phone.hasALooseCable()
  await phone.isSignedIn()
  await phone.hasSeenTheTour(await idOf(desk))
  await phone.goesTo(`/s/${guildId}/${channelId}`)
  await expect(phone.composer()).toBeVisible()
  const api = await desk.api()
  const onAccount = () =>
    expect.poll(async () => (await api.query<{ content: string } | null>("draft.get", { channelId }))?.content ?? null)
  return { desk, phone, guildId, channelId, api, onAccount }
}

const otherDraft = (person: Person) => person.page.getByRole("group", { name: "Also written on another device" })
const otherEdit = (person: Person) => person.page.getByRole("group", { name: /^This message was changed meanwhile/ })

test.describe("drafts @everywhere", () => {
  test("what is begun on one device is there on the other, also later, and gone everywhere once it is sent", async ({
    people,
    visitor,
  }) => {
    const { desk, phone, guildId, api, onAccount } = await twoDevices({ people, visitor })
    await api.mutate("channel.create", { guildId, name: "elsewhere" })
    await desk.composer().fill("half a sent")
    await expect(phone.composer()).toHaveValue("half a sent")
    await phone.composer().fill("half a sentence, and the rest")
    await expect(desk.composer()).toHaveValue("half a sentence, and the rest")

    // In the list of channels it shows where something waits, to eyes and ears.
    await phone.opens("elsewhere")
    await expect(phone.channel("general")).toHaveAccessibleName(/draft/)
    await phone.findsNoBarriers()
    await phone.page.reload()
    await expect(phone.channel("general")).toHaveAccessibleName(/draft/)
    await phone.opens("general")
    await expect(phone.composer()).toHaveValue("half a sentence, and the rest")
    await phone.opens("elsewhere")

    // A browser that never saw it before.
    const library = await visitor("Alice")
    await library.isAlso(desk)
    await library.isSignedIn()
    await library.goesTo(new URL(desk.page.url()).pathname)
    await expect(library.composer()).toHaveValue("half a sentence, and the rest")

    await desk.composer().press("Enter")
    await desk.seesSent("half a sentence, and the rest")
    await onAccount().toBeNull()
    await expect(library.composer()).toHaveValue("")
    await expect(phone.channel("general")).not.toHaveAccessibleName(/draft/)
    await phone.opens("general")
    await expect(phone.composer()).toHaveValue("")
  })

  test("what both devices wrote is kept on both sides, and the writer puts it together", async ({
    people,
    visitor,
  }) => {
    const { desk, phone, onAccount } = await twoDevices({ people, visitor })
    await phone.pullsTheCable()
    await phone.composer().fill("from the phone")
    await desk.composer().fill("from the desk")
    await onAccount().toBe("from the desk")
    await phone.plugsItIn()
    await expect(otherDraft(phone)).toContainText("from the desk")
    await expect(phone.composer()).toHaveValue("from the phone")
    await phone.findsNoBarriers()
    // Whoever goes on writing keeps both.
    await phone.composer().fill("from the phone, on")
    await expect(otherDraft(phone)).toContainText("from the desk")
    await otherDraft(phone).getByRole("button", { name: "Put it below" }).click()
    await expect(otherDraft(phone)).toHaveCount(0)
    await expect(phone.composer()).toBeFocused()
    await expect(phone.composer()).toHaveValue("from the phone, on\nfrom the desk")
    await expect(desk.composer()).toHaveValue("from the phone, on\nfrom the desk")
    await expect(otherDraft(desk)).toHaveCount(0)
  })

  test("an edit that came too late shows both, and neither is lost", async ({ people, visitor }) => {
    const { desk, phone } = await twoDevices({ people, visitor })
    await desk.say("the first words")
    await phone.sees("the first words")

    const tooLate = async (before: string, theirs: string, mine: string) => {
      await phone.message(before).press("e")
      await expect(phone.composer()).toHaveValue(before)
      await desk.message(before).press("e")
      await desk.types(theirs)
      await desk.sees(theirs)
      await phone.sees(theirs)
      await phone.types(mine)
      await expect(otherEdit(phone)).toContainText(theirs)
      await expect(phone.composer()).toHaveValue(mine)
    }
    await tooLate("the first words", "the desk's words", "the phone's words")
    await phone.findsNoBarriers()
    await otherEdit(phone).getByRole("button", { name: "Save mine all the same" }).click()
    await desk.sees("the phone's words")
    await expect(otherEdit(phone)).toHaveCount(0)
    await expect(phone.composer()).toHaveValue("")

    await tooLate("the phone's words", "the desk's last words", "what nobody reads")
    await otherEdit(phone).getByRole("button", { name: "Keep theirs" }).click()
    await expect(otherEdit(phone)).toHaveCount(0)
    await expect(phone.composer()).toHaveValue("")
    await phone.sees("the desk's last words")
    await desk.doesNotSee("what nobody reads")
  })
})
