import type { Locator } from "@playwright/test"
import type { Person } from "../support/person.ts"
import { ASTRONOMERS, channels, INVITE, LARKFIELD, NEW, THREAD, WITH_NGOZI } from "./furnish.ts"
import type { Name } from "./people.ts"
import { expect, isAsDrawn, type Size, sizes, test, themes } from "./picture.ts"

interface Screen {
  name: string
  who: Name | null
  path: string
  /** What is there once it is drawn. */
  shows: (person: Person) => Locator
  then?: (person: Person) => Promise<void>
  sizes?: readonly Size[]
}

const room = `/s/${LARKFIELD}/${channels.mirrorLab}`
const everybody = async ({ page }: Person) => {
  const list = page.getByRole("complementary", { name: "Members" })
  if ((page.viewportSize()?.width ?? 0) < 1200) return
  await expect(list.getByText("Ngozi Okafor")).toBeVisible()
  await expect(list.locator(".pres")).toHaveCount(11)
}
const heading = (name: string) => (p: Person) => p.page.getByRole("heading", { level: 1, name })

const screens: readonly Screen[] = [
  { name: "sign-in", who: null, path: "/login", shows: (p) => p.page.getByRole("button", { name: "Sign in" }) },
  { name: "invite", who: null, path: `/invite/${INVITE}`, shows: heading("Larkfield Observatory") },
  { name: "not-found", who: null, path: "/no/such/page", shows: heading("There is nothing here") },
  { name: "welcome", who: "beatriz", path: "/", shows: heading("Welcome, Beatriz Lima") },
  {
    name: "room",
    who: "maren",
    path: room,
    shows: (p) => p.message("And cake."),
    then: everybody,
  },
  {
    name: "empty-channel",
    who: "maren",
    path: `/s/${LARKFIELD}/${channels.dome}`,
    shows: (p) => p.page.getByRole("heading", { name: "A fresh channel" }),
    then: everybody,
  },
  {
    name: "overfull",
    who: "maren",
    path: `/s/${ASTRONOMERS}/${channels.reports}`,
    shows: (p) => p.message("🌌🔭🤯"),
    then: everybody,
  },
  {
    name: "drawer",
    who: "maren",
    path: room,
    shows: (p) => p.message("And cake."),
    then: async (p) => {
      await p.press("Servers and channels")
      await expect(p.channel("mirror-lab")).toBeInViewport()
    },
    sizes: ["phone"],
  },
  {
    name: "switcher",
    who: "maren",
    path: room,
    shows: (p) => p.message("And cake."),
    then: async (p) => {
      await everybody(p)
      await p.page.keyboard.press("Control+k")
      await p.page.getByRole("combobox").fill("to")
      await expect(p.page.getByRole("option", { name: /tonight/ })).toBeVisible()
      await expect(p.page.getByRole("option", { name: /Tomás Ferreira/ })).toBeVisible()
    },
  },
  {
    name: "thread",
    who: "maren",
    path: `/s/${LARKFIELD}/${channels.electronics}/t/${THREAD}`,
    shows: (p) => p.page.getByRole("log", { name: "Thread" }).getByText("I will bring the good iron all the same."),
  },
  {
    name: "catch-up",
    who: "maren",
    path: "/catch-up",
    shows: (p) => p.page.getByRole("list", { name: /^Asks for you/ }).getByRole("link"),
    then: async (p) => {
      await expect(p.page.getByRole("list", { name: "Moved while you were away" }).getByRole("link")).toHaveCount(1)
      if ((p.page.viewportSize()?.width ?? 0) >= 720) await p.sees("And cake.")
    },
  },
  {
    name: "later",
    who: "maren",
    path: "/later",
    shows: (p) => p.page.getByRole("list", { name: "Waiting" }).getByRole("link"),
  },
  {
    name: "friends",
    who: "ingrid",
    path: "/friends",
    shows: (p) => p.page.getByRole("main").getByText("Hana Sato"),
    then: async (p) => {
      await p.page.getByRole("radio", { name: "All" }).check({ force: true })
      await expect(p.page.getByRole("main").locator(".pres[data-state=dnd]")).toBeVisible()
      await expect(p.page.getByText("last active 3 hours ago")).toBeVisible()
    },
  },
  {
    name: "conversation",
    who: "ingrid",
    path: `/messages/${WITH_NGOZI}`,
    shows: (p) => p.message("Saturday after ten, with a trolley."),
    then: (p) => expect(p.message("Saturday after ten").getByRole("img", { name: "Read", exact: true })).toBeVisible(),
  },
  {
    name: "reports",
    who: "ayse",
    path: "/admin/reports",
    shows: (p) => p.page.getByText("Wants to sell me a lens"),
  },
  {
    name: "first-steps",
    who: "pim",
    path: `/s/${NEW}/${channels.fresh}`,
    shows: (p) => p.page.getByRole("heading", { name: "First steps" }),
  },
  {
    name: "offline",
    who: "maren",
    path: room,
    shows: (p) => p.message("And cake."),
    then: async (p) => {
      await everybody(p)
      await p.pullsTheCable()
      await p.types("Both. It is the almond one with the burnt corner.", "mirror-lab")
      await expect(p.page.getByText("Waiting for the connection")).toBeVisible()
    },
  },
  { name: "settings", who: "maren", path: "/settings/appearance", shows: heading("Appearance") },
  {
    name: "server-settings",
    who: "maren",
    path: `/s/${LARKFIELD}/settings/overview`,
    shows: heading("Overview"),
  },
]

for (const screen of screens)
  for (const size of screen.sizes ?? (Object.keys(sizes) as Size[]))
    test(`${screen.name} on a ${size}`, async ({ look }) => {
      for (const theme of themes) {
        const person = await look(screen.who, theme, size)
        await person.goesTo(screen.path)
        await expect(screen.shows(person).first()).toBeVisible()
        await screen.then?.(person)
        await isAsDrawn(person.page, `${screen.name}-${size}-${theme}`)
      }
    })

for (const size of Object.keys(sizes) as Size[])
  test(`the room in high contrast on a ${size}`, async ({ look }) => {
    for (const theme of themes) {
      const person = await look("maren", theme, size, { contrast: "more" })
      await person.goesTo(room)
      await expect(person.message("And cake.")).toBeVisible()
      await everybody(person)
      await isAsDrawn(person.page, `room-contrast-${size}-${theme}`)
    }
  })

for (const size of Object.keys(sizes) as Size[])
  test(`the first visit on a ${size}`, async ({ look, freshHearth }) => {
    for (const theme of themes) {
      const person = await look(null, theme, size, { at: freshHearth })
      await person.goesTo("/setup")
      await expect(person.page.getByRole("heading", { level: 1 })).toBeVisible()
      await isAsDrawn(person.page, `first-visit-${size}-${theme}`)
    }
  })
