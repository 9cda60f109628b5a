import type { Page } from "@playwright/test"
import { idOf, inCompany } from "./support/company.ts"
import type { Person } from "./support/person.ts"
import { ADMIN, expect, test } from "./support/test.ts"

type Visitor = (name: string) => Promise<Person>

/** Who set this Hearth up, and is a member of no server. */
const administrator = async (visitor: Visitor): Promise<Person> => {
  const admin = await visitor(ADMIN.displayName)
  admin.email = ADMIN.email
  await admin.isSignedIn()
  await admin.hasSeenTheTour(await idOf(admin))
  return admin
}

const step = (page: Page, title: string) =>
  page.getByRole("listitem").filter({ has: page.getByRole("paragraph").filter({ hasText: new RegExp(`^${title}`) }) })

/** What comes a little later than the message itself: nodes that answer slowly, read marks. Looked for until it is there. */
const looksUntil = async ({ page }: Person, isThere: () => Promise<void>): Promise<void> => {
  await expect(async () => {
    await page.getByRole("button", { name: "Look again" }).click()
    await isThere()
  }).toPass({ timeout: 90_000 })
}
const soon = { timeout: 5_000 }

test.describe("what happened to a message @everywhere", () => {
  test("an administrator follows its way, and reads no word of it before being a member", async ({
    people,
    visitor,
  }) => {
    const { alice, bob, guildId, channelId } = await inCompany(people)
    // Both have the channel open, by what the gateway tells.
    await expect(alice.page.getByRole("button", { name: "2 here: Bob and you" })).toBeVisible()
    await alice.say("a quiet word")
    await bob.sees("a quiet word")
    const admin = await administrator(visitor)
    const { page } = admin

    await admin.goesTo("/admin/message")
    await admin.field("Message").fill(`https://chat.example.org/s/${guildId}/${channelId}/1`)
    await admin.press("Look")
    await expect(page).toHaveURL(new RegExp(`/admin/message/${channelId}/1$`))
    await expect(page.getByText("You may not read this channel: numbers only.")).toBeVisible()
    await expect(step(page, "Stored")).toContainText("Number 1 in its channel, in ")
    await looksUntil(admin, async () => {
      await expect(step(page, "Accepted")).toContainText(/Node \S+ answered after/, soon)
      await expect(step(page, "Stored")).toContainText(/Node \S+ stored it alone/, soon)
      await expect(step(page, "Published")).toContainText(/Node \S+ told those/, soon)
      await expect(step(page, "Delivered")).toContainText("2 connections had the channel open.", soon)
      await expect(step(page, "Read")).toContainText("2 of 2 members have read", soon)
    })
    await expect(page.getByRole("button", { name: "Who?" })).toHaveCount(0)
    const told = await page.getByRole("main").innerText()
    for (const word of ["a quiet word", "Alice", "Bob", "Home", "general"]) expect(told).not.toContain(word)
    await admin.findsNoBarriers()

    await alice.composer().press("ArrowUp")
    await alice.types("a quieter word")
    await bob.sees("a quieter word")
    await admin.joins(await alice.invite(guildId))
    await admin.sees("a quieter word")
    await admin.message("a quieter word").hover()
    await admin.message("a quieter word").getByRole("button", { name: "More to do" }).click()
    await page.getByRole("menuitem", { name: "What happened to it?" }).click()
    await expect(page.getByRole("heading", { level: 1, name: "What happened to it?" })).toBeVisible()
    await expect(page.getByRole("main")).toContainText("a quieter word")
    await expect(step(page, "Edited")).toContainText("Once.")
    await expect(page.getByRole("list", { name: "Edited" }).getByRole("listitem")).toHaveText([
      /^Version 2/,
      /^Version 1/,
    ])
    await page.getByRole("button", { name: "Who?" }).click()
    await expect(page.getByRole("list", { name: "Who has read as far as this" })).toContainText("Bob")

    const messageId = await page.locator("dt", { hasText: "Message id" }).locator("+ dd").innerText()
    await admin.field("Message").fill(`${channelId} 9999999999`)
    await admin.press("Look")
    await expect(page.getByText("No message has this id. One channel was looked through.")).toBeVisible()
    await admin.field("Message").fill(`${channelId} ${messageId}`)
    await admin.press("Look")
    await expect(page).toHaveURL(new RegExp(`/admin/message/${channelId}/1$`))
    await expect(page.getByRole("main")).toContainText("a quieter word")
  })
})

test.describe("what happened to a message", () => {
  test("is told in part while a part is away, and says what is unknown", async ({ people, visitor }) => {
    const { alice, channelId } = await inCompany(people)
    await alice.say("half of it")
    const admin = await administrator(visitor)
    const { page } = admin
    await admin.hasALooseCable((frame) => frame.includes("message:trace"))
    await page.route(/trace\.message/, async (route) => {
      const answer = await route.fetch()
      const [{ result }] = (await answer.json()) as [{ result: { data: Record<string, unknown> } }]
      result.data["message"] = null
      await route.fulfill({ response: answer, json: [{ result }] })
    })
    await admin.goesTo(`/admin/message/${channelId}/1`)
    await expect(step(page, "Stored")).toContainText("The message store could not be asked.")
    await expect(step(page, "Accepted")).toContainText("The nodes could not be asked.")
    await expect(step(page, "Read")).toContainText("of 2 members")
    await page.unroute(/trace\.message/)

    await admin.goesTo(`/admin/message/${channelId}/99`)
    await expect(page.getByRole("heading", { name: "There is no such message" })).toBeVisible()
    await admin.field("Message").fill("hello")
    await admin.press("Look")
    await admin.isTold("That is neither a link, nor an id")
  })

  test("is nobody else's business", async ({ people }) => {
    const { alice, channelId } = await inCompany(people)
    await alice.say("mine")
    await alice.message("mine").hover()
    await alice.message("mine").getByRole("button", { name: "More to do" }).click()
    await expect(alice.page.getByRole("menuitem", { name: "Copy link" })).toBeVisible()
    await expect(alice.page.getByRole("menuitem", { name: "What happened to it?" })).toHaveCount(0)
    await alice.goesTo(`/admin/message/${channelId}/1`)
    await expect(alice.page.getByRole("heading", { name: "There is nothing here" })).toBeVisible()
    await expect(alice.page.getByText("What happened to it?")).toHaveCount(0)
  })
})
