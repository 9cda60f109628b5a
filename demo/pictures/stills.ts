import { join } from "node:path"
import type { Browser, Page } from "@playwright/test"
import { enter, type Look, openView, shoot, type View } from "./browser.ts"
import type { Account, Stage } from "./stage.ts"
import { beside, keep } from "./webp.ts"

const DESK = { width: 1440, height: 900 }
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, dots: 1.5 }

export const takeStills = async (stage: Stage, browser: Browser, folder: string): Promise<void> => {
  const to = (name: string) => join(folder, `${name}.webp`)
  const take = async (who: Account | null, look: Look, go: (view: View) => Promise<void>): Promise<Buffer> => {
    const view = await openView(stage, browser, who, look)
    await go(view)
    const picture = await shoot(view.page)
    await view.page.context().close()
    return picture
  }
  const room = async (view: View) => {
    await enter(view, stage, "mirror-lab")
    await somebodyTypes(stage, view.page)
  }
  await keep(await take(stage.me, { theme: "night", viewport: DESK, dots: 1.5 }, room), to("room-night"))
  await keep(
    await take(stage.me, { theme: "paper", viewport: DESK, dots: 1.5 }, (view) => enter(view, stage, "tonight")),
    to("room-paper"),
  )

  const phone = await take(stage.me, { theme: "night", ...PHONE }, room)
  const drawer = await take(stage.me, { theme: "paper", ...PHONE }, async (view) => {
    await enter(view, stage, "mirror-lab")
    await view.page.getByRole("button", { name: "Servers and channels" }).click()
    await view.page.getByRole("navigation", { name: "Channels" }).getByText("mirror-lab").waitFor()
  })
  await beside([phone, drawer], { gap: 42, radius: 42 }, to("phone"))

  const invite = await take(null, { theme: "night", viewport: DESK, dots: 1 }, ({ page }) =>
    arrive(page, stage.invite, "Larkfield Observatory"),
  )
  await keep(invite, to("invite"))
  const switcher = await take(stage.me, { theme: "paper", viewport: DESK, dots: 1 }, async (view) => {
    await enter(view, stage, "mirror-lab")
    await view.page.keyboard.press("Control+k")
    await view.page.getByRole("combobox").fill("to")
    await view.page.getByRole("option", { name: /tonight/ }).waitFor()
    // Members are asked for, and come a moment later.
    await view.page.getByRole("group", { name: "Members" }).waitFor()
  })
  await keep(switcher, to("switcher"))
  const german = { theme: "paper", language: "de", viewport: DESK, dots: 1 } as const
  const settings = await take(stage.me, german, ({ page }) => arrive(page, "/settings/appearance", "Aussehen"))
  await keep(settings, to("settings-german"))
}

const arrive = async (page: Page, path: string, heading: string): Promise<void> => {
  await page.goto(path)
  await page.getByRole("heading", { level: 1, name: heading }).waitFor()
}

const somebodyTypes = async (stage: Stage, page: Page): Promise<void> => {
  stage.company.beginsToWrite()
  await page
    .getByText(/ is typing$/)
    .first()
    .waitFor()
}
