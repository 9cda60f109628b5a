import type { Page, Route } from "@playwright/test"
import { StrangerClient } from "./support/gateway-client.ts"
import type { Person } from "./support/person.ts"
import { expect, test } from "./support/test.ts"

const unavailable = '{"ok":false,"error":{"code":"UNAVAILABLE","message":"Not now.","retryAfterMs":1000}}'

/** Everything of that name fails from now on, until it is let through again. */
const fails = async (page: Page, procedure: string): Promise<() => Promise<void>> => {
  const pattern = new RegExp(`/api/trpc/${procedure.replace(".", "\\.")}`)
  const abort = (route: Route) => route.abort()
  await page.route(pattern, abort)
  return () => page.unroute(pattern, abort)
}

/** Requests of that name wait until they are let through. */
const holds = async (page: Page, procedure: string): Promise<() => void> => {
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route(new RegExp(`/api/trpc/${procedure.replace(".", "\\.")}`), async (route) => {
    await released
    await route.continue()
  })
  return () => release()
}

/** Answers of the gateway to that command go through `f`; null: the command is refused. Before the first page. */
const answers = async (person: Person, command: string, f: (ack: string) => string | null) => {
  await person.context.routeWebSocket(/\/socket\.io\//, (socket) => {
    const server = socket.connectToServer()
    const asked = new Set<string>()
    socket.onMessage((message) => {
      const [, id] = new RegExp(`^42(\\d+)\\["${command}"`).exec(String(message)) ?? []
      if (id !== undefined && f("") === null) return socket.send(`43${id}[${unavailable}]`)
      if (id !== undefined) asked.add(id)
      server.send(message)
    })
    server.onMessage((message) => {
      const [, id] = /^43(\d+)/.exec(String(message)) ?? []
      socket.send(id !== undefined && asked.delete(id) ? (f(String(message)) ?? message) : message)
    })
  })
}

const says = async (person: Person, channelId: string, texts: readonly string[]) => {
  const client = await StrangerClient.connect(await person.api())
  await client.event("gateway:ready")
  for (const text of texts) expect(await client.send(channelId, text)).toMatchObject({ ok: true })
  client.close()
}

const boxes = (page: Page, selectors: readonly string[]) =>
  page.evaluate(
    (all) =>
      all.map((selector) => {
        const box = document.querySelector(selector)?.getBoundingClientRect()
        return box ? [selector, box.x, box.y, box.width, box.height] : [selector]
      }),
    [...selectors],
  )

test.describe("while it loads", () => {
  test("nothing moves: sign-in, invite, room, settings; and what is to come has its final place", async ({
    people,
    visitor,
  }) => {
    const [alice] = await people("Alice")
    if (!alice) throw new Error("nobody")
    const { guildId, channelId } = await alice.hasServer("Home")
    await says(
      alice,
      channelId,
      Array.from({ length: 30 }, (_, i) => `line ${i + 1}`),
    )
    const link = await alice.invite(guildId)
    const carol = await visitor("Carol")
    await carol.watchesForShifts()
    for (const path of ["/login", link]) {
      await carol.goesTo(path)
      await expect(carol.page.getByRole("heading").first()).toBeVisible()
      await carol.page.evaluate(() => document.fonts.ready)
      expect(await carol.hasSeenMove(), path).toEqual([])
    }

    await alice.watchesForShifts()
    const pages: [string, string[], () => Promise<void>][] = [
      [
        `/s/${guildId}/${channelId}`,
        [".rail", ".list", ".room", ".people", ".room > .bar"],
        () => alice.sees("line 30"),
      ],
      [
        `/s/${guildId}/settings/members`,
        [".list", ".room", ".why"],
        () =>
          expect(alice.page.getByRole("region", { name: "All members" }).getByRole("listitem")).toContainText("Alice"),
      ],
    ]
    for (const [path, panes, isThere] of pages) {
      const release = await holds(alice.page, "app.bootstrap")
      await alice.goesTo(path)
      await expect(alice.page.getByRole("status", { name: "Loading" })).toBeVisible()
      const before = await boxes(alice.page, panes)
      release()
      await isThere()
      expect(await boxes(alice.page, panes)).toEqual(before)
      expect(await alice.hasSeenMove(), path).toEqual([])
    }
  })

  test("a phone shows the room that is to come, and nothing of the lists behind it", async ({ people, visitor }) => {
    const [alice] = await people("Alice")
    if (!alice) throw new Error("nobody")
    const { guildId, channelId } = await alice.hasServer("Home")
    const phone = await visitor("Alice", { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
    await phone.isAlso(alice)
    await phone.isSignedIn()
    const release = await holds(phone.page, "app.bootstrap")
    await phone.goesTo(`/s/${guildId}/${channelId}`)
    await expect(phone.page.getByRole("status", { name: "Loading" })).toBeVisible()
    for (const hidden of await phone.page.locator(".drawer .bone, .people .bone").all())
      await expect(hidden).toBeHidden()
    release()
    await expect(phone.composer()).toBeVisible()
  })

  test("a page that never had a connection says so, and goes on by itself", async ({ people }) => {
    const [alice] = await people("Alice")
    if (!alice) throw new Error("nobody")
    await alice.hasServer("Home")
    const works = await fails(alice.page, "app.bootstrap")
    await alice.page.reload()
    const banner = alice.page.getByText(/No connection since .* This page goes on by itself/)
    await expect(banner).toBeVisible()
    await expect(alice.page.getByText("You can go on writing")).toHaveCount(0)
    await works()
    // The next try may be half a minute away.
    await expect(alice.composer()).toBeVisible({ timeout: 45_000 })
    await expect(banner).toHaveCount(0)
  })
})

test.describe("when a part fails", () => {
  test("older messages say so, and the rest goes on", async ({ people }) => {
    const [alice] = await people("Alice")
    if (!alice) throw new Error("nobody")
    const { channelId } = await alice.hasServer("Home")
    await says(
      alice,
      channelId,
      Array.from({ length: 120 }, (_, i) => `line ${i + 1}.`),
    )
    const works = await fails(alice.page, "message.page")
    await alice.page.reload()
    await alice.sees("line 120.")
    await alice.scrollsToTop()
    const told = alice.page.getByRole("status").filter({ hasText: "Older messages did not load." })
    await expect(told).toContainText("They are safe.")
    await alice.say("the rest works")
    await works()
    await alice.scrollsToTop()
    await told.getByRole("button", { name: "Try again" }).click()
    await expect(told).toHaveCount(0)
    await expect(async () => {
      await alice.scrollsToTop()
      await expect(alice.messages().getByText("line 1.", { exact: true })).toBeVisible({ timeout: 2000 })
    }).toPass()
  })

  test("members say so, and come by themselves or by hand", async ({ people }) => {
    const [alice] = await people("Alice")
    if (!alice) throw new Error("nobody")
    let works = false
    await answers(alice, "members:watch", (ack) => (works ? ack : null))
    await alice.hasServer("Home")
    const panel = alice.page.getByRole("complementary", { name: "Members" })
    await expect(panel.getByRole("status")).toContainText("The members did not load.")
    await alice.say("the rest works")
    works = true
    await panel.getByRole("button", { name: "Try again" }).click()
    await expect(panel.getByText("Alice")).toBeVisible()
    await expect(panel.getByText("The members did not load.")).toHaveCount(0)
  })

  test("one that cannot be drawn leaves the others", async ({ people }) => {
    const [alice] = await people("Alice")
    if (!alice) throw new Error("nobody")
    let works = false
    await answers(alice, "members:watch", (ack) => (works ? ack : ack.replace(/"user":\{[^}]*\}/, '"user":null')))
    await alice.hasServer("Home")
    await alice.isTold("The members could not be drawn.")
    await alice.say("the rest works")
    await alice.findsNoBarriers("a broken pane")
    works = true
    await alice.press("Try again")
    await expect(alice.page.getByRole("complementary", { name: "Members" }).getByText("Alice")).toBeVisible()
  })

  test("invites say so, beside what still works", async ({ people }) => {
    const [alice] = await people("Alice")
    if (!alice) throw new Error("nobody")
    const { guildId } = await alice.hasServer("Home")
    const works = await fails(alice.page, "invite.list")
    await alice.goesTo(`/s/${guildId}/settings/invites`)
    await alice.isTold(/did not answer.*Nothing is lost/)
    await expect(alice.page.getByRole("button", { name: "Create invite" })).toBeVisible()
    await works()
    await alice.press("Try again")
    await expect(alice.page.getByText("There are none right now.")).toBeVisible()
  })
})

test.describe("what one may not see", () => {
  test("looks like what is not there", async ({ people }) => {
    const [alice, bob] = await people("Alice", "Bob")
    if (!alice || !bob) throw new Error("nobody")
    const { guildId, channelId } = await alice.hasServer("Secret")
    await alice.say("for us alone")
    await bob.hasServer("His own")
    const looks = async (path: string) => {
      await bob.goesTo(path)
      await bob.seesNoRoom()
      await expect(bob.page.locator("main .mark")).toHaveAttribute("data-lit", "none")
      return { title: await bob.page.title(), text: await bob.page.getByRole("main").innerText() }
    }
    const nowhere = await looks("/s/1/2")
    expect(await looks(`/s/${guildId}/${channelId}`)).toEqual(nowhere)
    expect(await looks(`/s/${guildId}/${channelId}/1`)).toEqual(nowhere)
    expect(await looks(`/s/${guildId}`)).toEqual(nowhere)
    expect(nowhere.text).not.toMatch(/Secret|for us alone/)
  })
})

test.describe("too much of everything", () => {
  test("500 channels scroll, and long names are clipped and can be read", async ({ people }) => {
    const [alice] = await people("Alice")
    if (!alice) throw new Error("nobody")
    test.setTimeout(240_000)
    const { guildId } = await alice.hasServer("W".repeat(40))
    const api = await alice.api()
    for (let i = 2; i <= 500; i++) await api.mutate("channel.create", { guildId, name: `${i}-${"w".repeat(36)}` })
    await expect(alice.channels().getByRole("link")).toHaveCount(500)
    const last = alice.channels().getByRole("link", { name: /^500-w/ })
    await last.scrollIntoViewIfNeeded()
    await expect(last).toBeInViewport()
    await expect(alice.page.getByRole("button", { name: /server menu/ })).toBeInViewport()
    const name = last.getByTitle(/^500-w{36}$/)
    expect(await name.evaluate((e) => e.scrollWidth > e.clientWidth)).toBe(true)
    expect(await alice.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0)
  })

  test("messages stay inside their column, and long ones fold", async ({ people }) => {
    const [alice] = await people("Alice")
    if (!alice) throw new Error("nobody")
    const { channelId } = await alice.hasServer("Home")
    await says(alice, channelId, ["x".repeat(900), "🎉🎉🎉", "שלום לכולם", "long ".repeat(799)])
    await alice.sees("🎉🎉🎉")
    const log = alice.messages()
    await expect(alice.page.getByRole("button", { name: /Show all/ })).toBeVisible()
    for (const width of [1440, 390]) {
      await alice.page.setViewportSize({ width, height: 844 })
      await expect.poll(() => log.evaluate((e) => e.scrollWidth - e.clientWidth)).toBe(0)
    }
  })

  test("a message that is too long stays in the field, and says by how much", async ({ people }) => {
    const [alice] = await people("Alice")
    if (!alice) throw new Error("nobody")
    await alice.hasServer("Home")
    await alice.composer().fill("y".repeat(4012))
    await expect(alice.page.getByText("12 too many")).toBeVisible()
    await expect(alice.page.getByRole("button", { name: "Send", exact: true })).toBeDisabled()
    await alice.composer().press("Enter")
    await alice.isTold("That is longer than one message.")
    await expect(alice.composer()).toHaveValue("y".repeat(4012))
  })
})
