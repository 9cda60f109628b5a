import { test as base, expect, type Browser, type BrowserContextOptions } from "@playwright/test"
import { Api, newEmail, PASSWORD } from "./api.ts"
import { type Hearth, type Mode, startHearth } from "./hearth.ts"
import { type Pages, startPages } from "./pages.ts"
import { Person } from "./person.ts"

interface Fixtures {
  /** People with an account each, every one in a browser of their own. */
  people: (...names: string[]) => Promise<Person[]>
  /** Somebody without an account. */
  visitor: (name: string, options?: BrowserContextOptions) => Promise<Person>
  /** A Hearth that nobody has set up, for this test alone. */
  freshHearth: Hearth
}
interface WorkerFixtures {
  mode: Mode
  hearth: Hearth
  /** Pages of another site, to link to. */
  pages: Pages
}

export const ADMIN = { email: "admin@example.org", displayName: "Admin", password: PASSWORD }

export const test = base.extend<Fixtures, WorkerFixtures>({
  mode: ["embedded", { option: true, scope: "worker" }],

  pages: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the pattern
    async ({}, use) => {
      const pages = await startPages()
      await use(pages)
      await pages.close()
    },
    { scope: "worker" },
  ],

  hearth: [
    async ({ mode, pages }, use) => {
      const hearth = await startHearth(mode, {
        HEARTH_LINK_PREVIEWS: "on",
        HEARTH_PREVIEW_TEST_TARGETS: pages.at,
      })
      try {
        await new Api(hearth.url).mutate("setup.create", {
          code: hearth.setupCode,
          instanceName: "Test Hearth",
          ...ADMIN,
        })
        await use(hearth)
      } finally {
        await hearth.stop()
      }
    },
    { scope: "worker", timeout: 300_000 },
  ],

  freshHearth: async ({ mode }, use) => {
    const hearth = await startHearth(mode)
    await use(hearth)
    await hearth.stop()
  },

  visitor: async ({ browser, hearth }, use) => {
    const opened: Person[] = []
    await use(async (name, options) => {
      const person = await newPerson(browser, hearth, name, options)
      opened.push(person)
      return person
    })
    for (const person of opened) await person.leaveTheRoom()
  },

  people: async ({ visitor, hearth }, use) => {
    await use(async (...names) => {
      const all: Person[] = []
      for (const name of names) {
        const person = await visitor(name)
        const { userId } = await new Api(hearth.url).mutate<{ userId: string }>("account.register", {
          email: person.email,
          password: person.password,
          displayName: name,
        })
        await person.isSignedIn()
        // They have seen the tour: stories are of people who know their way.
        await person.hasSeenTheTour(userId)
        all.push(person)
      }
      return all
    })
  },
})

export const newPerson = async (
  browser: Browser,
  hearth: Hearth,
  name: string,
  options: BrowserContextOptions = {},
): Promise<Person> => {
  const context = await browser.newContext({ baseURL: hearth.url, ...options })
  return new Person({ context, page: await context.newPage(), hearth, name, email: newEmail(name), password: PASSWORD })
}

export { expect }
