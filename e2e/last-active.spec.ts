import { idOf, inCompany } from "./support/company.ts"
import { expect, test } from "./support/test.ts"

test("friends who both show it see when the other was here, and no more once one does not @everywhere", async ({
  people,
}) => {
  // Nobody is seen to leave before the grace is over.
  test.setTimeout(120_000)
  const { alice, bob } = await inCompany(people)
  const [hers, his, userId] = [await alice.api(), await bob.api(), await idOf(bob)]
  await hers.mutate("friend.ask", { userId })
  await his.mutate("friend.ask", { userId: await idOf(alice) })
  await his.mutate("lastActive.setRules", { shown: true })
  await alice.goesTo("/settings/privacy")
  const shown = alice.page.getByRole("switch", { name: "Show when I was last active" })
  await expect(shown).toBeEnabled()
  await expect(shown).not.toBeChecked()
  await shown.check()
  await expect.poll(() => hers.query("lastActive.rules")).toEqual({ shown: true })
  await alice.findsNoBarriers()

  await bob.page.close()
  await expect.poll(() => hers.query("lastActive.of", { userId }), { timeout: 30_000 }).not.toEqual({ agoMs: null })
  await alice.goesTo("/friends")
  await alice.page.getByRole("radio", { name: "All", exact: true }).check({ force: true })
  const friend = alice.page.getByRole("list", { name: "All", exact: true }).getByRole("listitem")
  await expect(friend).toContainText("last active")
  await alice.findsNoBarriers()
  const { conversationId } = await hers.mutate<{ conversationId: string }>("conversation.open", { userIds: [userId] })
  await alice.goesTo(`/messages/${conversationId}`)
  const room = alice.page.getByRole("main", { name: "Bob" })
  await expect(room.getByText(/^last active/).filter({ visible: true })).toBeVisible()
  await alice.findsNoBarriers()

  await his.mutate("lastActive.setRules", { shown: false })
  await alice.page.reload()
  await expect(room.getByText("not here", { exact: true }).filter({ visible: true })).toBeVisible()
  expect(await hers.query("lastActive.of", { userId })).toEqual({ agoMs: null })
})
