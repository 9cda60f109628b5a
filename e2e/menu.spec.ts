import { expect, test } from "./support/test.ts"

test.describe("a menu", () => {
  test("opens by keys at its first item, and gives the focus back", async ({ people }) => {
    const [alice] = await people("Alice")
    if (!alice) throw new Error("nobody")
    await alice.hasServer("Home")
    const { page } = alice
    const button = page.getByRole("button", { name: "Home, server menu" })
    for (const key of ["Enter", "ArrowDown"]) {
      await button.focus()
      await page.keyboard.press(key)
      await expect(page.getByRole("menuitem").first()).toBeFocused()
      await expect(button).toHaveAttribute("aria-expanded", "true")
      await page.keyboard.press("Escape")
      await expect(page.getByRole("menuitem")).toHaveCount(0)
      await expect(button).toBeFocused()
      await expect(button).toHaveAttribute("aria-expanded", "false")
    }
  })
})
