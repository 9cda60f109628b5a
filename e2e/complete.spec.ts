import { expect, test } from "./support/test.ts"

test("a channel's menu says up to where all of it is here, and compares it with the server @everywhere", async ({
  people,
}) => {
  const [alice] = await people("Alice")
  if (!alice) throw new Error("nobody")
  await alice.hasServer("Home")
  for (const text of ["one", "two", "three"]) await alice.say(text)
  await alice.page.getByRole("heading", { level: 1 }).getByRole("button", { name: "general" }).click()
  await alice.page.getByRole("menuitem", { name: "Complete up to 3" }).click()
  await expect(alice.page.getByText("Everything is here.")).toBeVisible()
  expect(await alice.reads()).toEqual(["one", "two", "three"])
})
