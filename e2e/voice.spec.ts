import { StrangerClient } from "./support/gateway-client.ts"
import type { Person } from "./support/person.ts"
import { expect, test } from "./support/test.ts"

/** What a screen reader has been told since, politely and urgently, in order. Before the first page. */
const listens = async (person: Person) => {
  await person.page.addInitScript(() => {
    const heard: string[] = []
    Object.assign(window, { heard })
    new MutationObserver((records) => {
      for (const { target, addedNodes } of records) {
        const region = target instanceof Element ? target.closest("[data-voice]") : null
        for (const node of region ? addedNodes : [])
          if (node.textContent) heard.push(`${region?.getAttribute("data-voice")}: ${node.textContent}`)
      }
    }).observe(document, { childList: true, subtree: true })
  })
  return (): Promise<string[]> => person.page.evaluate(() => (window as unknown as { heard: string[] }).heard)
}

test.describe("for who listens", () => {
  test("the room has landmarks, one title, lists with names, and messages that read author, text, time", async ({
    people,
  }) => {
    const [alice, bob] = await people("Alice", "Bob")
    if (!alice || !bob) throw new Error("nobody")
    const { guildId } = await alice.hasServer("Home")
    await bob.joins(await alice.invite(guildId))
    await (await alice.api()).mutate("channel.create", { guildId, name: "garden" })
    await alice.say("good evening")
    await bob.sees("good evening")
    await bob.opens("garden")
    await alice.say("are you there")
    await expect(bob.channel("general")).toHaveAccessibleName(/general.*1 unread/)
    const { page } = bob
    await expect(page.locator("body")).toMatchAriaSnapshot(`
      - navigation "Servers":
        - list "Servers":
          - listitem:
            - link /Home/
      - navigation "Channels":
        - heading "Home, server menu" [level=2]
        - heading "Channels" [level=2]
        - list "Channels":
          - listitem:
            - link /general 1 unread/
          - listitem:
            - link /garden/
      - main "garden":
        - heading "garden" [level=1]
        - textbox /Message .garden/
      - complementary "Members":
        - list "Members by group"
    `)
    await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1)
    await expect(bob.channel("garden")).toHaveAttribute("aria-current", "page")
    await bob.opens("general")
    const article = bob.message("good evening")
    await expect(article).toHaveAccessibleName(/^Alice: good evening, \d\d:\d\d$/)
    // Who goes through it word by word hears the same order, and what can be done with it last.
    await article.hover()
    await expect(article).toMatchAriaSnapshot(`
      - article:
        - text: Alice
        - paragraph: good evening
        - time: /^\\d\\d:\\d\\d$/
        - toolbar
    `)
    await expect(page.getByRole("log", { name: "Messages" })).toHaveAttribute("aria-live", "off")
    await bob.findsNoBarriers("the room")
  })

  test("what others write is said, a burst as how many from how many, and what one writes oneself is not", async ({
    people,
  }) => {
    const [alice, bob, cleo] = await people("Alice", "Bob", "Cleo")
    if (!alice || !bob || !cleo) throw new Error("nobody")
    const heard = await listens(bob)
    const { guildId, channelId } = await alice.hasServer("Home")
    const link = await alice.invite(guildId)
    await bob.joins(link)
    await cleo.joins(link)
    await bob.say("mine")
    const writers = await Promise.all([alice, cleo].map(async (p) => StrangerClient.connect(await p.api())))
    for (const writer of writers) await writer.event("gateway:ready")
    const [first, second] = writers
    await first?.send(channelId, "hello Bob")
    await expect.poll(heard).toContain("polite: Alice: hello Bob")
    for (let i = 0; i < 3; i++) {
      await first?.send(channelId, `from Alice ${i}`)
      await second?.send(channelId, `from Cleo ${i}`)
    }
    await expect.poll(heard).toContain("polite: 6 new messages from 2 people")
    for (const writer of writers) writer.close()
    expect((await heard()).filter((s) => s.includes("mine") || s.includes("from Cleo"))).toEqual([])
  })

  test("a message that is refused is said at once, and once", async ({ people }) => {
    const [alice] = await people("Alice")
    if (!alice) throw new Error("nobody")
    const heard = await listens(alice)
    await alice.context.routeWebSocket(/\/socket\.io\//, (socket) => {
      const server = socket.connectToServer()
      socket.onMessage((frame) => {
        const [, id] = /^42(\d+)\["message:send".*not this/s.exec(String(frame)) ?? []
        const error = { code: "FORBIDDEN", message: "You may not write here." }
        if (id === undefined) server.send(frame)
        else socket.send(`43${id}[${JSON.stringify({ ok: false, error })}]`)
      })
    })
    await alice.hasServer("Home")
    await alice.types("not this")
    await expect.poll(heard).toEqual(["urgent: Not sent: You may not write here."])
    await expect(alice.message("not this")).toHaveAccessibleName(/, not sent$/)
    for (let i = 0; i < 3; i++) await alice.say(`and on ${i}`)
    await alice.message("not this").getByRole("button", { name: "Edit" }).click()
    await expect(alice.composer()).toHaveValue("not this")
    expect((await heard()).filter((s) => s.startsWith("urgent"))).toHaveLength(1)
  })

  test("a lost connection is said, its return, and where one has come to", async ({ people }) => {
    const [alice] = await people("Alice")
    if (!alice) throw new Error("nobody")
    const heard = await listens(alice)
    await alice.hasALooseCable()
    const { guildId } = await alice.hasServer("Home")
    await (await alice.api()).mutate("channel.create", { guildId, name: "garden" })
    await alice.opens("garden")
    await expect.poll(heard).toContain("polite: garden · Home")
    expect(await heard()).toHaveLength(1)
    await alice.pullsTheCable()
    await expect.poll(heard).toContain("polite: The connection is gone. You can go on writing.")
    await alice.plugsItIn()
    await expect.poll(heard).toContain("polite: Connected again.")
  })
})
