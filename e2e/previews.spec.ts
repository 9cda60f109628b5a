import type { Locator } from "@playwright/test"
import { inCompany } from "./support/company.ts"
import type { Person } from "./support/person.ts"
import { expect, test } from "./support/test.ts"

const card = ({ page }: Person, title: string): Locator => page.locator(".preview").filter({ hasText: title })
const isLoaded = (picture: Locator) =>
  expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.complete && img.naturalWidth)).toBeGreaterThan(0)
const SPHEROMETER = "The spherometer, and how it was dropped"
const FIGURING = "Figuring a mirror"

test.describe("cards of links @everywhere", () => {
  // Two browsers, four times a page anew: a bound for what hangs, on a machine that does much beside.
  test.describe.configure({ timeout: 240_000 })

  test("hang under a message for everybody and after a reload, and its author takes them away", async ({
    people,
    pages,
  }) => {
    const { alice, bob } = await inCompany(people)
    const link = `${pages.origin}/spherometer`
    await alice.types(`look: ${link}`)
    for (const person of [alice, bob]) {
      const shown = card(person, SPHEROMETER)
      await expect(shown).toContainText("127.0.0.1 · Larkfield Observatory")
      await expect(shown.getByRole("link")).toHaveAttribute("href", link)
      await expect(shown.getByRole("link")).toHaveAttribute("rel", /noopener noreferrer/)
      // It came to the end of what is said, and that is what is still seen.
      await expect(shown).toBeInViewport({ ratio: 1 })
      await isLoaded(shown.locator("img"))
    }
    await alice.findsNoBarriers()
    const remove = (person: Person) => person.page.getByRole("button", { name: "Remove the preview" })
    await expect(remove(bob)).toHaveCount(0)
    await bob.page.reload()
    await expect(card(bob, SPHEROMETER)).toBeVisible()

    await alice.message("look:").focus()
    await remove(alice).focus()
    await alice.page.keyboard.press("Enter")
    for (const person of [alice, bob]) await expect(card(person, SPHEROMETER)).toHaveCount(0)
    await expect(alice.message("look:")).toBeFocused()
    await alice.page.reload()
    await alice.sees("look:")
    await expect(card(alice, SPHEROMETER)).toHaveCount(0)
  })

  test("follow an edit, and are not there for what stands in angle brackets", async ({ people, pages }) => {
    const { alice, bob } = await inCompany(people)
    await alice.types(`quiet: <${pages.origin}/short>`)
    await alice.types(`loud: ${pages.origin}/spherometer ${pages.origin}/figuring`)
    await expect(card(bob, SPHEROMETER)).toBeVisible()
    await expect(card(bob, FIGURING)).toBeVisible()
    await isLoaded(card(bob, FIGURING).locator("img"))
    const edit = async (content: string): Promise<void> => {
      await alice.message("loud:").press("e")
      await expect(alice.composer()).toHaveValue(/^loud:/)
      await alice.types(content)
      await expect(alice.composer()).toHaveValue("")
    }
    await edit(`loud: ${pages.origin}/figuring ${pages.origin}/nothing`)
    await expect(card(bob, SPHEROMETER)).toHaveCount(0)
    await expect(card(bob, FIGURING)).toBeVisible()
    await edit(`loud: ${pages.origin}/spherometer`)
    await expect(card(bob, SPHEROMETER)).toBeVisible()
    await expect(card(bob, FIGURING)).toHaveCount(0)
    await expect(bob.message("quiet:").locator(".preview")).toHaveCount(0)
    expect(pages.asked).not.toContain("/short")
  })
})
