import { StrangerClient } from "./support/gateway-client.ts"
import { expect, test } from "./support/test.ts"

const COUNT = 260

test.describe("history", () => {
  test("pages in while one scrolls, keeps its place to the pixel, and jumps back to the present", async ({
    people,
  }) => {
    const [alice, bob] = await people("Alice", "Bob")
    if (!alice || !bob) throw new Error("nobody")
    const { guildId, channelId } = await alice.hasServer("Home")
    const writer = await StrangerClient.connect(await alice.api())
    await writer.event("gateway:ready")
    for (let i = 1; i <= COUNT; i++) {
      const lines = Array.from({ length: 1 + (i % 4) }, (_, n) => `line ${n + 1} of message ${i}.`).join("\n")
      expect(await writer.send(channelId, lines)).toMatchObject({ ok: true })
    }
    writer.close()

    await alice.headIsKept(channelId, COUNT)
    await bob.joins(await alice.invite(guildId))
    await bob.sees(new RegExp(`of message ${COUNT}\\.`))
    await expect(bob.message(/of message 1\./)).toHaveCount(0)

    // To the top, page by page: while older messages come in above, what one looks at stays where it is.
    const beginning = bob.page.getByText("This is where it began.")
    await expect(async () => {
      await bob.scrollsUp()
      await expect(beginning).toBeVisible({ timeout: 50 })
    }).toPass({ timeout: 60_000, intervals: [50] })
    await bob.sees(/of message 1\./)

    await bob.goesTo(`/s/${guildId}/${channelId}/40`)
    await expect(bob.message(/of message 40\./)).toBeInViewport()
    const before = await bob.placeOf(/of message 40\./)
    await alice.say("something new at the end")
    expect(Math.abs((await bob.placeOf(/of message 40\./)) - before)).toBeLessThanOrEqual(1)
    await bob.page.getByRole("button", { name: /new$|Jump to present/ }).click()
    await bob.sees("something new at the end")
    await expect(bob.message("something new at the end")).toBeInViewport()
  })

  test("keeps what one looks at in place while older messages arrive above it", async ({ people }) => {
    const [alice, bob] = await people("Alice", "Bob")
    if (!alice || !bob) throw new Error("nobody")
    const { guildId, channelId } = await alice.hasServer("Home")
    const writer = await StrangerClient.connect(await alice.api())
    await writer.event("gateway:ready")
    // So many that none of them is short of a page above, however many pages come ahead of the reader.
    for (let i = 1; i <= COUNT; i++) expect(await writer.send(channelId, `message ${i}.`)).toMatchObject({ ok: true })
    writer.close()
    await alice.headIsKept(channelId, COUNT)
    await bob.joins(await alice.invite(guildId))
    await bob.sees(`message ${COUNT}.`)
    // All that is loaded is in the list: at first it is a screen of it.
    await expect(bob.message(`message ${COUNT - 42}.`)).toBeAttached()

    // The next page is held back until the place was measured.
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    await bob.page.route(/message\.page/, async (route) => {
      await held
      await route.continue()
    })
    await bob.scrollsToTop()
    const anchor = await bob.firstInView()
    const before = await bob.placeOf(anchor)
    release()
    await expect(bob.page.getByRole("log", { name: "Messages" })).not.toHaveJSProperty("scrollTop", 0)
    await expect.poll(async () => Math.abs((await bob.placeOf(anchor)) - before)).toBeLessThanOrEqual(1)
  })

  test("a leap to the very top of what is loaded moves no row when the page before it comes", async ({ people }) => {
    const [alice, bob] = await people("Alice", "Bob")
    if (!alice || !bob) throw new Error("nobody")
    const { guildId, channelId } = await alice.hasServer("Home")
    await bob.joins(await alice.invite(guildId))
    const writers = [await StrangerClient.connect(await alice.api()), await StrangerClient.connect(await bob.api())]
    for (const writer of writers) await writer.event("gateway:ready")
    // Groups of three: no page ends where a group does.
    for (let i = 1; i <= COUNT; i++) await writers[Math.floor(i / 3) % 2]?.send(channelId, `message ${i}.`)
    for (const writer of writers) writer.close()
    // A channel opens where new begins: here nothing is.
    await bob.hasRead(channelId, COUNT)
    await bob.page.reload()
    await bob.sees(`message ${COUNT}.`)
    await expect(bob.message(`message ${COUNT - 32}.`)).toBeAttached()

    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    await bob.page.route(/message\.page/, async (route) => {
      await held
      await route.continue()
    })
    await bob.scrollsToTop()
    const before = await bob.rowsInView()
    expect(before.length).toBeGreaterThan(3)
    release()
    await expect(bob.messages()).not.toHaveJSProperty("scrollTop", 0)
    await expect.poll(async () => (await bob.rowsInView()).filter((row) => before.includes(row))).toEqual(before)
  })
})
