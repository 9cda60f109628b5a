import type { Api } from "./support/api.ts"
import { idOf, inCompany } from "./support/company.ts"
import type { Person } from "./support/person.ts"
import { ADMIN, expect, test } from "./support/test.ts"

const part = (person: Person, name: string | RegExp) =>
  person.page.getByRole("radiogroup", { name: "Which of them" }).getByRole("radio", { name })
const here = (person: Person, name: string) =>
  person.page.getByRole("list", { name: "Here", exact: true }).getByRole("listitem").filter({ hasText: name })
const hasNoFriends = (person: Person) =>
  expect(person.page.getByRole("heading", { name: "No friends here yet" })).toBeVisible()

interface Asks {
  items: { user?: { displayName: string }; code?: string }[]
}
const asksOf = async (api: Api, way: "in" | "out") => (await api.query<Asks>("friend.requests", { way })).items

test.describe("friends @everywhere", () => {
  // Several browsers on one machine.
  test.describe.configure({ timeout: 180_000 })

  test("are found by a code, accept on another device, see each other here, and no more once they part", async ({
    people,
    visitor,
  }) => {
    const [ada, bob] = await people("Ada", "Bob")
    if (!ada || !bob) throw new Error("nobody")
    await bob.goesTo("/friends")
    await hasNoFriends(bob)
    await bob.press("Add a friend")
    const own = bob.dialog("Add a friend").getByRole("textbox", { name: "Your friend code" })
    await expect(own).toHaveValue(/^Bob#[0-9a-z]{4}-[0-9a-z]{4}$/)
    const code = await own.inputValue()
    await bob.findsNoBarriers()
    await bob.page.keyboard.press("Escape")

    await ada.goesTo("/friends")
    await hasNoFriends(ada)
    await ada.press("Add a friend")
    const theirs = ada.dialog("Add a friend").getByRole("textbox", { name: "Their friend code" })
    await theirs.fill("Bob")
    await theirs.press("Enter")
    await expect(ada.page.getByText("A friend code has 8 letters and digits.")).toBeVisible()
    await theirs.fill(code)
    await theirs.press("Enter")
    // By the code alone: whose it is is not told before it is accepted.
    const asked = ada.page.getByRole("list", { name: "You asked" }).getByRole("listitem")
    await expect(asked).toContainText(code.slice(4))
    await expect(asked).not.toContainText("Bob")

    await expect(part(bob, "Requests, 1")).toBeVisible()
    await expect(bob.page.getByRole("link", { name: "Friends 1 friend request" })).toBeVisible()
    const phone = await visitor("Bob")
    await phone.isAlso(bob)
    await phone.isSignedIn()
    await phone.goesTo("/friends")
    await phone.press("Accept Ada")
    // The row is gone, and the focus is where its list was.
    await expect(phone.page.getByRole("heading", { name: "Nothing is waiting" })).toBeFocused()
    await part(ada, "Here").check({ force: true })
    await expect(here(ada, "Bob")).toContainText("here")
    await expect(here(bob, "Ada")).toContainText("here")
    await expect(bob.page.getByRole("link", { name: "Friends", exact: true })).toBeVisible()
    await ada.findsNoBarriers()

    await ada.press("More about Bob")
    await ada.page.getByRole("menuitem", { name: "Remove as a friend" }).click()
    await hasNoFriends(ada)
    await hasNoFriends(bob)
    await part(phone, "All").check({ force: true })
    await hasNoFriends(phone)
  })

  test("whom somebody blocked sees them away, adds and writes to nobody, and is told nothing of it", async ({
    people,
  }) => {
    const { alice, bob } = await inCompany(people)
    const [hers, his, userId] = [await alice.api(), await bob.api(), await idOf(alice)]
    await hers.mutate("friend.ask", { userId: await idOf(bob) })
    await his.mutate("friend.ask", { userId })
    const members = bob.page.getByRole("complementary", { name: "Members" })
    const groups = members.getByRole("heading", { level: 2 })
    await expect(groups).toHaveText([/Here.*2/])
    await alice.goesTo("/friends")
    await expect(here(alice, "Bob")).toContainText("here")
    await alice.press("More about Bob")
    await alice.page.getByRole("menuitem", { name: "Block Bob" }).click()
    await hasNoFriends(alice)

    await expect(groups).toHaveText([/Here.*1/, /Not here.*1/])
    expect(await his.mutate("friend.ask", { userId })).toEqual({})
    expect(await asksOf(his, "out")).toMatchObject([{ user: { displayName: "Alice" } }])
    expect(await asksOf(hers, "in")).toEqual([])
    await expect(his.mutate("conversation.open", { userIds: [userId] })).rejects.toThrow()
    await bob.goesTo("/friends")
    await hasNoFriends(bob)
    await part(bob, "Requests").check({ force: true })
    await expect(bob.page.getByRole("list", { name: "You asked" })).toContainText("Alice")

    await part(alice, "Blocked").check({ force: true })
    await expect(alice.page.getByRole("list", { name: "Blocked" })).toContainText("Bob")
    await alice.findsNoBarriers()
    await alice.press("Unblock Bob")
    await expect(alice.page.getByRole("heading", { name: "You have blocked nobody" })).toBeFocused()
    await bob.page.goBack()
    await expect(groups).toHaveText([/Here.*2/])
  })

  test("who takes no requests gets none, and nobody who asks can tell", async ({ people }) => {
    const { alice, bob } = await inCompany(people)
    const hers = await alice.api()
    await alice.goesTo("/settings/privacy")
    const code = alice.field("Your friend code")
    await expect(code).toHaveValue(/^Alice#/)
    const first = await code.inputValue()
    await alice.press("Make a new one")
    await expect(code).not.toHaveValue(first)
    const second = await code.inputValue()
    await alice.page.getByRole("switch", { name: "Take friend requests" }).uncheck()
    await alice.page.getByRole("switch", { name: "Only friends write to me without asking" }).check()
    await expect.poll(() => hers.query("friend.rules")).toEqual({ open: false })
    await expect.poll(() => hers.query("conversation.rules")).toEqual({ asksFirst: true })
    await alice.findsNoBarriers()

    const api = await bob.api()
    const asked = [first, second].map((typed) => api.mutate("friend.ask", { code: typed }))
    expect(await Promise.all(asked)).toEqual([{}, {}])
    expect(await api.mutate("friend.ask", { userId: await idOf(alice) })).toEqual({})
    expect(await asksOf(api, "out")).toHaveLength(3)
    expect(await asksOf(hers, "in")).toEqual([])
    await alice.goesTo("/friends")
    await part(alice, "Requests").check({ force: true })
    await expect(alice.page.getByRole("heading", { name: "Nothing is waiting" })).toBeVisible()
  })

  test("a request that is not right is reported, and who looks after this Hearth reads it", async ({
    people,
    visitor,
  }) => {
    const { alice, bob } = await inCompany(people)
    await (await bob.api()).mutate("friend.ask", { userId: await idOf(alice) })
    await alice.goesTo("/friends")
    // Whoever comes for a request finds it first.
    await alice.press("More about Bob")
    await alice.page.getByRole("menuitem", { name: "Report Bob" }).click()
    const dialog = alice.dialog("Report Bob?")
    await dialog.getByRole("textbox", { name: "What happened?" }).fill("He asks every day.")
    await alice.findsNoBarriers()
    await dialog.getByRole("button", { name: "Send the report" }).click()
    await expect(dialog).toBeHidden()
    await alice.press("Decline Bob")
    await expect(alice.page.getByRole("heading", { name: "Nothing is waiting" })).toBeVisible()
    await alice.goesTo("/admin/reports")
    await expect(
      alice.page.getByText("The link may be old, or it leads to something that is not for you."),
    ).toBeVisible()

    const admin = await visitor(ADMIN.displayName)
    admin.email = ADMIN.email
    await admin.isSignedIn()
    await admin.goesTo("/admin/reports")
    const report = admin.page
      .getByRole("list", { name: "New" })
      .getByRole("listitem")
      .filter({ hasText: "He asks every day." })
    await expect(report).toContainText("asked to be a friend · reported by Alice")
    await admin.findsNoBarriers()
    await report.getByRole("button", { name: "The report of Bob was looked at" }).click()
    await expect(report).toHaveCount(0)
    await admin.page.getByRole("radio", { name: "Looked at" }).check({ force: true })
    await expect(admin.page.getByRole("list", { name: "Looked at" })).toContainText("He asks every day.")
  })
})
