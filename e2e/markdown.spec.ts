import { expect, test } from "./support/test.ts"

test.describe("what people write", () => {
  test("is shown as markdown", async ({ people }) => {
    const [alice] = await people("Alice")
    if (!alice) throw new Error("nobody")
    await alice.hasServer("Home")
    await alice.types("**bold** *italic* ~~gone~~ `code` [a link](https://example.org/x) https://example.org/y")
    const message = alice.message("bold")
    await expect(message.getByText("bold", { exact: true })).toHaveCSS("font-weight", /^[6-9]00$/)
    await expect(message.locator("em")).toHaveText("italic")
    await expect(message.locator("del, s")).toHaveText("gone")
    await expect(message.locator("code")).toHaveText("code")
    for (const path of ["x", "y"]) {
      const link = message.getByRole("link").and(alice.page.locator(`[href="https://example.org/${path}"]`))
      await expect(link).toHaveAttribute("rel", /noopener/)
    }
    await alice.composer().fill("a list:\n\n- one\n- two\n\n> quoted\n\n```js\nconst x = 1\n```")
    await alice.composer().press("Enter")
    const second = alice.message("a list:")
    await expect(second.getByRole("listitem")).toHaveText(["one", "two"])
    await expect(second.locator("blockquote")).toContainText("quoted")
    await expect(second.locator("pre")).toContainText("const x = 1")
  })

  test("can do nothing else: no script, no style, no other address", async ({ people }) => {
    const [alice, bob] = await people("Alice", "Bob")
    if (!alice || !bob) throw new Error("nobody")
    const { guildId } = await alice.hasServer("Home")
    await bob.joins(await alice.invite(guildId))
    const attacks = [
      "<script>window.stolen = 1</script>",
      "<img src=x onerror='window.stolen = 1'>",
      "[click](javascript:window.stolen=1)",
      "[click](data:text/html,<script>window.stolen=1</script>)",
      "![pic](https://evil.example/pixel.gif)",
      "<style>* { display: none }</style>",
      "<a href='vbscript:x'>x</a>",
      "```html\n<script>window.stolen = 1</script>\n```",
    ]
    const asked: string[] = []
    bob.page.on("request", (request) => asked.push(request.url()))
    for (const attack of attacks) await alice.types(attack)
    await expect(bob.page.getByRole("article")).toHaveCount(attacks.length)
    expect(await bob.page.evaluate("window.stolen")).toBeUndefined()
    const log = bob.messages()
    await expect(log.locator("script, style, img[src*=evil], iframe")).toHaveCount(0)
    for (const link of await log.getByRole("link").all())
      expect(await link.getAttribute("href")).toMatch(/^(https?:\/\/|mailto:|\/)/)
    expect(asked.filter((url) => !url.startsWith(bob.hearth.url) && !url.startsWith("ws"))).toEqual([])
  })

  test("stays in its box, however long and wherever it runs to", async ({ people }) => {
    const [alice] = await people("Alice")
    if (!alice) throw new Error("nobody")
    await alice.hasServer("Home")
    await alice.types("w".repeat(3000))
    await alice.types("مرحبا بالعالم")
    await alice.types("👩‍👩‍👧 🔥")
    await alice.sees("🔥")
    const overflow = await alice.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(overflow).toBe(0)
  })
})
