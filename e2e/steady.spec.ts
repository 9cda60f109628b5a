import type { BrowserContextOptions } from "@playwright/test"
import { idOf } from "./support/company.ts"
import { StrangerClient } from "./support/gateway-client.ts"
import type { Person } from "./support/person.ts"
import { expect, test } from "./support/test.ts"

const large = { viewport: { width: 1440, height: 900 } }
const sizes: [string, BrowserContextOptions][] = [
  ["a large screen", large],
  ["a phone", { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }],
]

/** Fonts come when all is drawn without them: the worst that a slow line does. Before the first page. */
const holdsBackFonts = async ({ page }: Person): Promise<() => Promise<void>> => {
  const drawn = Promise.withResolvers<void>()
  await page.route(/\.woff2$/, async (route) => {
    await drawn.promise
    await route.continue()
  })
  return async () => {
    drawn.resolve()
    await page.waitForFunction(() =>
      [...document.fonts].some((font) => /Commissioner/.test(font.family) && font.status === "loaded"),
    )
  }
}

/** What one sees has been painted, and not only laid out. */
const isPainted = ({ page }: Person) =>
  page.waitForFunction(() => performance.getEntriesByName("first-contentful-paint").length > 0)

/** When a font comes, a word that ends at an edge begins a hair elsewhere: 0.0002. Without stand-ins of equal height: 0.0006. */
const movesOf = async (person: Person): Promise<string[]> =>
  (await person.hasSeenMove()).filter((move) => Number.parseFloat(move) >= 0.0004)

for (const [size, options] of sizes)
  test.describe(`on ${size} nothing moves by itself`, () => {
    test("on the way in, even when fonts come last", async ({ people, visitor }) => {
      const [alice] = await people("Alice")
      if (!alice) throw new Error("nobody")
      const { guildId } = await alice.hasServer("Home")
      const invite = await alice.invite(guildId)
      for (const path of ["/login", "/register", invite]) {
        const guest = await visitor("Guest", options)
        await guest.watchesForShifts({ closely: true })
        const fontsCome = await holdsBackFonts(guest)
        // The page's own load waits for its fonts.
        await guest.page.goto(path, { waitUntil: "commit" })
        await expect(guest.page.getByRole("heading", { level: 1 })).toBeVisible()
        await isPainted(guest)
        await fontsCome()
        await guest.page.waitForLoadState("networkidle")
        expect(await movesOf(guest), path).toEqual([])
      }
    })
  })

test.describe("nothing moves by itself", () => {
  test("when a channel is opened, and another, read and unread", async ({ people, visitor }) => {
    test.setTimeout(240_000)
    const [alice, bob] = await people("Alice", "Bob")
    if (!alice || !bob) throw new Error("nobody")
    const { guildId, channelId } = await alice.hasServer("Home")
    const garden = await (await alice.api()).mutate<{ id: string }>("channel.create", { guildId, name: "garden" })
    const talk = await StrangerClient.connect(await alice.api())
    await talk.event("gateway:ready")
    for (let n = 1; n <= 20; n++) await talk.send(channelId, `hello ${n}, and \`so\` **on**`)
    await bob.joins(await alice.invite(guildId))
    await bob.sees("hello 20")
    await bob.opens("garden")
    // What Alice writes while Bob is elsewhere is unread.
    await talk.send(channelId, "unread, and the last")
    talk.close()
    // Who comes and goes moves the faces in the bar: here nobody does.
    await alice.page.goto("/settings/account")
    await bob.page.goto("/settings/account")
    const again = await visitor("Bob", large)
    await again.watchesForShifts({ closely: true })
    await again.isAlso(bob)
    await again.isSignedIn()
    await again.hasSeenTheTour(await idOf(bob))
    await again.page.goto(`/s/${guildId}/${garden.id}`)
    await expect(again.composer("garden")).toBeVisible()
    await again.page.waitForLoadState("networkidle")
    for (const [name, id] of [
      ["general", channelId],
      ["garden", garden.id],
      ["general", channelId],
    ] as const) {
      await again.page.evaluate((to) => document.querySelector<HTMLElement>(`a.ch[href$="/${to}"]`)?.click(), id)
      await expect(again.composer(name)).toBeVisible()
      if (name === "general") await again.sees("unread, and the last")
    }
    await again.page.waitForLoadState("networkidle")
    expect(await movesOf(again)).toEqual([])
  })
})
