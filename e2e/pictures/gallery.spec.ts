import { expect, isAsDrawn, test, themes } from "./picture.ts"

const sections = ["foundations", "controls", "places", "talk", "floats", "states"]
const onPhones = ["places", "talk"]

for (const theme of themes) {
  test(`the gallery in ${theme}`, async ({ look }) => {
    const { page } = await look(null, theme, "desk")
    await page.goto("/gallery")
    await expect(page.getByRole("heading", { name: "States" })).toBeVisible()
    for (const section of sections) await isAsDrawn(page, `gallery-${section}-desk-${theme}`, `#${section}`)

    await page.getByRole("button", { name: "Open the menu" }).click()
    await page.getByRole("menuitem", { name: "Copy link" }).hover()
    await expect(page.getByRole("menu")).toBeVisible()
    await isAsDrawn(page, `gallery-menu-${theme}`)
    await page.keyboard.press("Escape")
    await expect(page.getByRole("menu")).toHaveCount(0)
    await page.getByRole("button", { name: "Open the dialog" }).click()
    await expect(page.getByRole("dialog")).toBeVisible()
    await isAsDrawn(page, `gallery-dialog-${theme}`)
  })

  test(`the gallery on a phone in ${theme}`, async ({ look }) => {
    const { page } = await look(null, theme, "phone")
    await page.goto("/gallery")
    await expect(page.getByRole("heading", { name: "States" })).toBeVisible()
    for (const section of onPhones) await isAsDrawn(page, `gallery-${section}-phone-${theme}`, `#${section}`)
  })

  test(`the gallery has no barriers that axe finds, in ${theme}`, async ({ look }) => {
    const person = await look(null, theme, "desk")
    await person.goesTo("/gallery")
    await expect(person.page.getByRole("heading", { name: "States" })).toBeVisible()
    await person.findsNoBarriers()
  })
}

test("every link and button of the gallery is reached by Tab, and shows it", async ({ look }) => {
  test.setTimeout(120_000)
  const { page } = await look(null, "night", "desk")
  await page.goto("/gallery")
  await expect(page.getByRole("heading", { name: "States" })).toBeVisible()
  const stops = page.locator("main :is(a[href], button:not(:disabled), textarea):not([tabindex='-1'])")
  await stops.evaluateAll((all) => all.forEach((stop, i) => stop.setAttribute("data-stop", String(i))))
  const missing = new Set(Array.from({ length: await stops.count() }, (_, i) => String(i)))
  const unseen: string[] = []
  for (let i = 0; i < 400 && missing.size > 0; i++) {
    await page.keyboard.press("Tab")
    const { stop, name, outline } = await page.evaluate(() => {
      const at = document.activeElement as HTMLElement | null
      const framed = at?.closest(".input, .write") ?? at
      const { outlineStyle, boxShadow } = getComputedStyle(framed ?? document.body)
      return {
        stop: at?.dataset["stop"] ?? "",
        name: at?.getAttribute("aria-label") ?? at?.textContent ?? "",
        outline: outlineStyle !== "none" || (framed !== at && boxShadow !== "none"),
      }
    })
    missing.delete(stop)
    if (stop !== "" && !outline) unseen.push(name)
  }
  expect([...missing]).toEqual([])
  expect(unseen).toEqual([])
})
