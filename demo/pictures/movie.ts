import { join } from "node:path"
import type { Browser, Page } from "@playwright/test"
import { composerOf, enter, message, openView, shoot } from "./browser.ts"
import type { Stage } from "./stage.ts"
import { joined, moving } from "./webp.ts"

const CHANNEL = "mirror-lab"
const FRAME = { gap: 24, radius: 18 }
/** How many letters a picture goes on by, and how long it stands. */
const LETTERS = 4
const LETTERS_MS = 70

/** Two people, each before a window of their own; then one of them is without a connection for a while. */
export const takeMovie = async (stage: Stage, browser: Browser, folder: string): Promise<void> => {
  const mine = await openView(stage, browser, stage.me, {
    ...{ theme: "night", dots: 1, viewport: { width: 960, height: 720 } },
  })
  const theirs = await openView(stage, browser, stage.friend, {
    ...{ theme: "paper", dots: 1, viewport: { width: 390, height: 720 }, hasTouch: true, isMobile: true },
  })
  await Promise.all([enter(mine, stage, CHANNEL), enter(theirs, stage, CHANNEL)])

  const frames: Buffer[] = []
  const delays: number[] = []
  const stands = async (ms: number) => {
    frames.push(await joined(await Promise.all([shoot(mine.page), shoot(theirs.page)]), FRAME))
    delays.push(ms)
  }
  /** The onlooker sees that somebody writes from the first letters on: it is told again for as long as one goes on. */
  const write = async (page: Page, text: string, onlooker?: Page) => {
    for (let end = LETTERS; end < text.length + LETTERS; end += LETTERS) {
      await composerOf(page, CHANNEL).pressSequentially(text.slice(end - LETTERS, end))
      if (end === LETTERS)
        await onlooker
          ?.getByText(/ (is|are) typing$/)
          .first()
          .waitFor()
      await stands(LETTERS_MS)
    }
  }
  const send = async (page: Page, text: string) => {
    await composerOf(page, CHANNEL).press("Enter")
    await message(page, text).waitFor()
  }
  const sees = (page: Page, text: string) => message(page, text).waitFor()

  await stands(700)
  const yes = "Both! The cake is already in the oven 🍰"
  await write(mine.page, yes, theirs.page)
  await stands(300)
  await send(mine.page, yes)
  await sees(theirs.page, yes)
  await stands(700)

  const thanks = "You are the best ❤️"
  await write(theirs.page, thanks, mine.page)
  await stands(250)
  await send(theirs.page, thanks)
  await sees(mine.page, thanks)
  await stands(700)

  await mine.cut()
  await mine.page.getByText(/No connection since/).waitFor()
  await stands(700)
  const waits = "The blue tin is for the gate."
  await write(mine.page, waits)
  await send(mine.page, waits)
  await mine.page.getByText("Waiting for the connection").waitFor()
  await stands(900)

  const meanwhile = "I'll leave the light on."
  await composerOf(theirs.page, CHANNEL).fill(meanwhile)
  await send(theirs.page, meanwhile)
  await stands(600)

  mine.mend()
  await mine.page.getByRole("button", { name: "Now", exact: true }).click()
  await mine.page.getByText(/No connection since/).waitFor({ state: "detached" })
  await Promise.all([sees(mine.page, meanwhile), sees(theirs.page, waits)])
  await mine.page.getByText("Waiting for the connection").waitFor({ state: "detached" })
  await stands(1400)

  await moving(frames, delays, join(folder, "two-people.webp"))
}
