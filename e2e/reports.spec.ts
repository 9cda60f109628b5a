import { idOf, inCompany } from "./support/company.ts"
import { ADMIN, expect, test } from "./support/test.ts"

test("who asks to write is reported where one would let them in, and who looks after this Hearth reads it @everywhere", async ({
  people,
  visitor,
}) => {
  test.setTimeout(120_000)
  const { alice, bob } = await inCompany(people)
  const hers = await alice.api()
  await hers.mutate("conversation.setRules", { asksFirst: true })
  const { conversationId } = await (await bob.api()).mutate<{ conversationId: string }>("conversation.open", {
    userIds: [await idOf(alice)],
  })
  await bob.goesTo(`/messages/${conversationId}`)
  const field = bob.page.getByRole("textbox", { name: "Message Alice", exact: true })
  await field.fill("Buy my telescope!")
  await field.press("Enter")
  await bob.seesSent("Buy my telescope!")
  await expect.poll(async () => JSON.stringify(await hers.query("app.bootstrap"))).toContain(conversationId)

  await alice.goesTo(`/messages/${conversationId}`)
  const request = alice.page.getByRole("region", { name: "Message request" })
  await request.getByRole("button", { name: "Report", exact: true }).click()
  const dialog = alice.dialog("Report Bob?")
  await dialog.getByRole("textbox", { name: "What happened?" }).fill("He sells telescopes to everybody.")
  await alice.findsNoBarriers()
  await dialog.getByRole("button", { name: "Send the report" }).click()
  await expect(dialog).toBeHidden()
  // It is still for her to say whether he may write.
  await request.getByRole("button", { name: "Decline", exact: true }).click()
  await expect(request).toHaveCount(0)

  const admin = await visitor(ADMIN.displayName)
  admin.email = ADMIN.email
  await admin.isSignedIn()
  await admin.goesTo("/admin/reports")
  const report = admin.page
    .getByRole("list", { name: "New" })
    .getByRole("listitem")
    .filter({ hasText: "He sells telescopes to everybody." })
  await expect(report).toContainText("wanted to write · reported by Alice")
  // What was written between the two is theirs.
  await expect(admin.page.getByText("Buy my telescope!")).toHaveCount(0)
})
