import { fileURLToPath } from "node:url"
import type { Page } from "@playwright/test"
import { Api, PASSWORD } from "../support/api.ts"
import { StrangerClient } from "../support/gateway-client.ts"
import { type Hearth, startHearth } from "../support/hearth.ts"
import { Person } from "../support/person.ts"
import { ADMIN, test as base, expect } from "../support/test.ts"
import { furnish } from "./furnish.ts"
import { emailOf, type Name, online, people } from "./people.ts"
import { NOW } from "./talk.ts"

export const themes = ["night", "paper"] as const
export const sizes = {
  desk: { viewport: { width: 1440, height: 900 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
} as const
export type Theme = (typeof themes)[number]
export type Size = keyof typeof sizes

interface Fixtures {
  /** Somebody of the place, or a stranger, in a browser of that size and theme. */
  look: (
    who: Name | null,
    theme: Theme,
    size: Size,
    more?: { at?: Hearth; contrast?: "normal" | "more" },
  ) => Promise<Person>
}

export const test = base.extend<Fixtures>({
  hearth: [
    async ({ mode }, use) => {
      const hearth = await startHearth(mode, { HEARTH_GALLERY: "1" })
      const others: StrangerClient[] = []
      try {
        const setup = { code: hearth.setupCode, instanceName: "Larkfield", ...ADMIN }
        await new Api(hearth.url).mutate("setup.create", setup)
        await furnish(hearth.database())
        for (const [name, presence] of Object.entries(online)) {
          const api = new Api(hearth.url)
          if (!(await api.signIn(emailOf(name as Name), PASSWORD))) throw new Error(`${name} could not sign in`)
          const client = await StrangerClient.connect(api)
          await client.event("gateway:ready")
          await client.command("presence:set", { presence })
          others.push(client)
        }
        await use(hearth)
      } finally {
        for (const other of others) other.close()
        await hearth.stop()
      }
    },
    { scope: "worker", timeout: 300_000 },
  ],

  look: async ({ browser, hearth }, use) => {
    const opened: Person[] = []
    await use(async (who, theme, size, { at = hearth, contrast = "normal" } = {}) => {
      // Playwright hides the caret by a style that the app's policy refuses; other specs see to the policy.
      const context = await browser.newContext({ baseURL: at.url, bypassCSP: true, ...sizes[size] })
      await context.addCookies([{ name: "hearth.look", value: `${theme}.${contrast}.cosy.on`, url: at.url }])
      const page = await context.newPage()
      await page.clock.setFixedTime(NOW)
      const name = who ? people[who].displayName : "Somebody"
      const email = who ? emailOf(who) : ""
      const person = new Person({ context, page, hearth: at, name, email, password: PASSWORD })
      if (who) await person.hasSeenTheTour(people[who].id)
      opened.push(person)
      if (who) await person.isSignedIn()
      // What is new stays new, here and in the pictures after this one: nobody looks, and no mark arrives.
      await page.addInitScript(() => {
        document.hasFocus = () => false
      })
      await person.hasALooseCable((frame) => frame.includes('"read:mark"'))
      return person
    })
    for (const person of opened) await person.leaveTheRoom()
  },
})

const options = {
  // Tones are what the design is made of: a wash that is missing must count, and the same browser draws the same.
  threshold: 0.02,
  animations: "disabled",
  caret: "hide",
  maxDiffPixelRatio: 0.002,
  stylePath: fileURLToPath(new URL("./steady.css", import.meta.url)),
} as const

/** Compares with the picture that is kept. `part`: not the whole window, only what that leads to. */
export const isAsDrawn = async (page: Page, name: string, part?: string): Promise<void> => {
  // Nothing lies under the pointer, and every letter is there.
  await page.mouse.move(0, 0)
  await page.evaluate(() => document.fonts.ready)
  if (part) await expect(page.locator(part)).toHaveScreenshot(`${name}.png`, options)
  else await expect(page).toHaveScreenshot(`${name}.png`, options)
}

export { expect }
