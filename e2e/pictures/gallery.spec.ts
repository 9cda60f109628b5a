import type { Page } from "@playwright/test"
import { expect, isAsDrawn, test, themes } from "./picture.ts"

const sections = ["foundations", "controls", "places", "talk", "doings", "floats", "states"]
const onPhones = ["places"]

/** All of it, with what is loaded where something is written. */
const isThere = async (page: Page): Promise<void> => {
  await expect(page.getByRole("heading", { name: "States" })).toBeVisible()
  await expect(page.getByRole("button", { name: "Send later" })).toBeVisible()
  await expect(page.getByRole("radio", { name: /^Saturday/, checked: true })).toBeVisible()
}

for (const theme of themes) {
  test(`the gallery in ${theme}`, async ({ look }) => {
    const { page } = await look(null, theme, "desk")
    await page.goto("/gallery")
    await isThere(page)
    for (const section of sections) await isAsDrawn(page, `gallery-${section}-desk-${theme}`, `#${section}`)

    await page.getByRole("button", { name: "Open the menu" }).click()
    await expect(page.getByRole("menu")).toBeVisible()
    // Each key after the one before has moved the focus: the menu takes it when it is placed, and not when it is drawn.
    await expect(page.locator(".menu:focus, .menu :focus")).toHaveCount(1)
    await page.keyboard.press("End")
    await expect(page.getByRole("menuitem", { name: "Delete" })).toBeFocused()
    await page.keyboard.press("ArrowUp")
    await expect(page.getByRole("menuitem", { name: "Not now" })).toBeFocused()
    await page.keyboard.press("ArrowUp")
    await expect(page.getByRole("menuitem", { name: "An item that leads somewhere" })).toBeFocused()
    await isAsDrawn(page, `gallery-menu-${theme}`, ".menu")
    await page.keyboard.press("Escape")
    await expect(page.getByRole("menu")).toHaveCount(0)
    await page.getByRole("button", { name: "Open the dialog" }).click()
    await expect(page.getByRole("dialog")).toBeVisible()
    await isAsDrawn(page, `gallery-dialog-${theme}`, ".dialog")
  })

  test(`the gallery on a phone in ${theme}`, async ({ look }) => {
    const { page } = await look(null, theme, "phone")
    await page.goto("/gallery")
    await isThere(page)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
    // As high as what is looked at: beyond its window a phone's picture is not where it says.
    await page.setViewportSize({ width: 390, height: 2400 })
    for (const section of onPhones) await isAsDrawn(page, `gallery-${section}-phone-${theme}`, `#${section}`)
  })

  test(`the gallery has no barriers that axe finds, in ${theme}`, async ({ look }) => {
    const person = await look(null, theme, "desk")
    await person.goesTo("/gallery")
    await isThere(person.page)
    await person.findsNoBarriers()
  })
}

test("every link and button of the gallery is reached by Tab, and shows it", async ({ look }) => {
  const { page } = await look(null, "night", "desk")
  await page.goto("/gallery")
  await isThere(page)
  const missing = new Set(await page.locator("main").evaluate(nameStops))
  expect(missing.size).toBeGreaterThan(50)
  const unseen: string[] = []
  for (let i = 0; i < 400 && missing.size > 0; i++) {
    await page.keyboard.press("Tab")
    const { stop, isSeen } = await page.evaluate(whereFocusIs)
    if (missing.delete(stop) && !isSeen) unseen.push(stop)
  }
  expect([...missing]).toEqual([])
  expect(unseen).toEqual([])
})

/** Gives every link, button and place to write a name of its own, and answers with them all. In the browser. */
const nameStops = (main: Element): string[] => {
  const stops = [...main.querySelectorAll<HTMLElement>("a[href], button:not(:disabled), textarea")]
  return (
    stops
      // Of radios that belong together Tab finds one.
      .filter((stop) => stop.tabIndex >= 0)
      .filter((stop) => stop.checkVisibility({ visibilityProperty: true }) && !stop.closest("[inert]"))
      .map((stop, i) => {
        stop.dataset["stop"] = `${i} ${stop.getAttribute("aria-label") ?? stop.textContent}`
        return stop.dataset["stop"]
      })
  )
}

/** What has the focus, and whether it shows: around itself, or around the field that it is in. In the browser. */
const whereFocusIs = () => {
  const at = document.activeElement
  const frame = at?.closest(".input, .write") ?? at ?? document.body
  const { outlineStyle, boxShadow } = getComputedStyle(frame)
  return {
    stop: at instanceof HTMLElement ? (at.dataset["stop"] ?? "") : "",
    isSeen: outlineStyle !== "none" || (frame.matches(".write") && boxShadow.includes("inset")),
  }
}
