import { newEmail } from "./support/api.ts"
import { expect, test } from "./support/test.ts"

test.describe("an account @everywhere", () => {
  test("is made, left and come back to", async ({ visitor }) => {
    const alice = await visitor("Alice")
    await alice.goesTo("/")
    await alice.isAtTheDoor()
    await alice.signUp()
    await alice.signOut()
    await alice.goesTo("/")
    await alice.isAtTheDoor()
    await alice.signIn()
    await alice.isIn()
  })

  test("opens to nobody with a wrong password, and does not tell whether it exists", async ({ people, visitor }) => {
    const [alice] = await people("Alice")
    const eve = await visitor("Eve")
    if (!alice) throw new Error("nobody")
    const told = async (email: string) => {
      await eve.goesTo("/login")
      await eve.fillsIn({ Email: email, Password: "not the right one" })
      await eve.press("Sign in")
      const alert = eve.page.getByRole("alert").filter({ hasText: /./ })
      await expect(alert.first()).toBeVisible()
      return alert.first().textContent()
    }
    expect(await told(alice.email)).toBe(await told(newEmail("nobody")))
    await eve.goesTo("/")
    await eve.isAtTheDoor()
  })

  test("is one for each e-mail address, in whatever case it is written", async ({ people, visitor }) => {
    const [alice] = await people("Alice")
    const other = await visitor("Other")
    if (!alice) throw new Error("nobody")
    await other.goesTo("/register")
    await other.fillsIn({ "Your name": "Other", Email: alice.email.toUpperCase(), Password: other.password })
    await other.press("Make an account")
    await other.isTold(/already|taken|there is an account/i)
    await expect(other.field("Your name")).toHaveValue("Other")
  })

  test("is not made from what does not fit, and says why at the field", async ({ visitor }) => {
    const alice = await visitor("Alice")
    await alice.goesTo("/register")
    await alice.fillsIn({ "Your name": "   ", Email: "not an address", Password: "short" })
    await alice.press("Make an account")
    await alice.isTold("The name is empty.")
    await alice.isTold("That is not an e-mail address.")
    await alice.isTold("A password has at least 12 characters.")
    await expect(alice.page).toHaveURL(/\/register/)
  })
})

test.describe("a page whose scripts are slow @everywhere", () => {
  test("takes what was typed and sent before they came, and puts it into no address", async ({ people, visitor }) => {
    const [alice] = await people("Alice")
    const phone = await visitor("Alice")
    const bob = await visitor("Bob")
    if (!alice) throw new Error("nobody")
    await phone.isAlso(alice)
    const asked: string[] = []
    for (const { person, path, fields, button } of [
      { person: phone, path: "/login", fields: {}, button: "Sign in" },
      { person: bob, path: "/register", fields: { "Your name": "Bob" }, button: "Make an account" },
    ]) {
      const scripts = Promise.withResolvers<void>()
      await person.page.route(/\/_next\/static\/.*\.js/, async (route) => {
        await scripts.promise
        await route.continue()
      })
      person.page.on("request", (request) => asked.push(request.url()))
      await person.page.goto(path, { waitUntil: "commit" })
      await person.fillsIn({ ...fields, Email: person.email, Password: person.password })
      await person.press(button)
      scripts.resolve()
      await person.isIn()
    }
    expect(asked.filter((url) => url.includes("assword="))).toEqual([])
  })

  test("does what was pressed before they came", async ({ people }) => {
    const [alice, bob] = await people("Alice", "Bob")
    if (!alice || !bob) throw new Error("nobody")
    const { guildId } = await alice.hasServer("Home")
    const invite = await alice.invite(guildId)
    const scripts = Promise.withResolvers<void>()
    await bob.page.route(/\/_next\/static\/.*\.js/, async (route) => {
      await scripts.promise
      await route.continue()
    })
    await bob.page.goto(invite, { waitUntil: "commit" })
    await bob.press("Join Home")
    scripts.resolve()
    await expect(bob.page).toHaveURL(new RegExp(guildId))
  })
})

test.describe("sessions @everywhere", () => {
  test("are listed, and ending one closes that browser at once", async ({ people, visitor }) => {
    const [alice] = await people("Alice")
    if (!alice) throw new Error("nobody")
    await alice.hasServer("Home")
    const phone = await visitor("Alice")
    await phone.isAlso(alice)
    await phone.signIn()
    await phone.isIn()

    await alice.goesTo("/settings/sessions")
    const others = alice.page.getByRole("listitem").filter({ has: alice.page.getByRole("button", { name: /^End/ }) })
    await expect(others.first()).toBeVisible()
    // The newest of them is the phone: it was used last.
    await others.first().getByRole("button", { name: /^End/ }).click()
    await phone.isAtTheDoor()
    await phone.goesTo("/")
    await phone.isAtTheDoor()
    await alice.goesTo("/")
    await alice.isIn()
  })
})
