import { inCompany } from "./support/company.ts"
import { expect, test } from "./support/test.ts"

test.describe("the quick switcher", () => {
  test("finds members by the beginning of their name, and begins a message to them where one is @everywhere", async ({
    people,
  }) => {
    const { alice, bob } = await inCompany(people)
    const { page } = alice
    await alice.composer().fill("Dinner?")
    await page.keyboard.press("ControlOrMeta+k")
    const jump = page.getByRole("combobox", { name: "Channel, server or member" })
    await jump.fill("bo")
    const members = page.getByRole("group", { name: "Members" })
    await expect(members.getByRole("option", { name: /Bob.*write to them in #general/ })).toBeVisible()
    await alice.findsNoBarriers("the quick switcher with members")
    // Places come first, where there are any; here there are none.
    await expect(members.getByRole("option", { name: /Bob/ })).toHaveAttribute("aria-selected", "true")
    await page.keyboard.press("Enter")
    await expect(page.getByRole("dialog")).toHaveCount(0)
    await expect(alice.composer()).toBeFocused()
    await expect(alice.composer()).toHaveValue("Dinner? @Bob ")
    // It is a name, and not a question for one: Enter sends.
    await page.keyboard.type("at eight")
    await page.keyboard.press("Enter")
    await expect(alice.message("at eight")).toHaveAttribute("data-seq")
    await expect(bob.message("at eight").locator(".at")).toHaveText("@Bob")
    await expect(bob.message("at eight")).toHaveClass(/lit-msg/)
  })

  test("names no member of another server, and nobody where one does not write", async ({ people }) => {
    const { alice } = await inCompany(people)
    const [carol] = await people("Carol")
    if (!carol) throw new Error("nobody")
    await carol.hasServer("Elsewhere")
    const { page } = carol
    await page.keyboard.press("ControlOrMeta+k")
    const jump = page.getByRole("combobox", { name: "Channel, server or member" })
    const answered = page.waitForResponse(/member\.search/)
    await jump.fill("bo")
    await answered
    await expect(page.getByText("Nothing is called that.")).toBeVisible()
    await expect(page.getByRole("option")).toHaveCount(0)

    await alice.goesTo("/catch-up")
    await expect(alice.page.getByRole("heading", { level: 1 }).first()).toBeVisible()
    await alice.page.keyboard.press("ControlOrMeta+k")
    await alice.page.getByRole("combobox", { name: "Channel, server or member" }).fill("bo")
    await expect(alice.page.getByText("Nothing is called that.")).toBeVisible()
  })

  test("does what one would look for in menus, by a few of its letters", async ({ people }) => {
    const [alice] = await people("Alice")
    if (!alice) throw new Error("nobody")
    await alice.hasServer("Home")
    const { page } = alice
    const theme = () => page.evaluate(() => document.documentElement.dataset["theme"])
    const jump = page.getByRole("combobox", { name: "Channel, server or member" })
    const acts = page.getByRole("group", { name: "Do" })

    for (const wanted of ["paper", "night"]) {
      await page.emulateMedia({ colorScheme: "dark" })
      await page.keyboard.press("ControlOrMeta+k")
      await jump.fill("toggle")
      await expect(acts.getByRole("option", { name: "Toggle Night and Paper" })).toHaveAttribute(
        "aria-selected",
        "true",
      )
      if (wanted === "paper") await alice.findsNoBarriers("the quick switcher with what one can do")
      await page.keyboard.press("Enter")
      await expect(page.getByRole("dialog")).toHaveCount(0)
      await expect.poll(theme).toBe(wanted)
    }

    // From one dialog to the next, with the keyboard in it.
    await page.keyboard.press("ControlOrMeta+k")
    await jump.fill("create a server")
    await page.keyboard.press("Enter")
    await expect(page.getByRole("dialog", { name: "Create a server" }).getByRole("textbox").first()).toBeFocused()
    await page.keyboard.press("Escape")
    await expect(page.getByRole("dialog")).toHaveCount(0)
    await page.keyboard.press("ControlOrMeta+k")
    await jump.fill("catch")
    await page.keyboard.press("Enter")
    await expect(page).toHaveURL(/\/catch-up/)
  })

  test("offers nobody what only others may do", async ({ people }) => {
    const { alice, bob } = await inCompany(people)
    for (const [person, count] of [
      [alice, 1],
      [bob, 0],
    ] as const) {
      const { page } = person
      await page.keyboard.press("ControlOrMeta+k")
      await page.getByRole("combobox", { name: "Channel, server or member" }).fill("create")
      await expect(page.getByRole("option", { name: "Create a server" })).toBeVisible()
      await expect(page.getByRole("option", { name: "Create channel" })).toHaveCount(count)
    }
  })
})
