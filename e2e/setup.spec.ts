import { expect, newPerson, test } from "./support/test.ts"

test.describe("the first visit", () => {
  test("sets a Hearth up with the code that the start printed, and never again", async ({ freshHearth, browser }) => {
    const owner = await newPerson(browser, freshHearth, "Olga")
    await owner.goesTo("/")
    await expect(owner.page).toHaveURL(/\/setup/)
    await owner.fillsIn({
      "Setup code": "WRONG-CODE-WRONG-CODE",
      "What is this Hearth called?": "The Kitchen",
      "Your name": owner.name,
      Email: owner.email,
      Password: "short",
    })
    await owner.press("Light it")
    await owner.isTold("at least 12 characters")
    await owner.field("Password").fill(owner.password)
    await owner.press("Light it")
    await owner.isTold(/code/i)
    await owner.findsNoBarriers()

    await owner.field("Setup code").fill(freshHearth.setupCode)
    await owner.press("Light it")
    await owner.isIn()
    await owner.createServer("Home")
    await owner.say("Is anybody here?")

    const late = await newPerson(browser, freshHearth, "Late")
    await late.goesTo(freshHearth.setupUrl)
    await expect(late.page).not.toHaveURL(/\/setup/)
    await late.signUp()
    await late.leaveTheRoom()
    await owner.leaveTheRoom()
  })

  test("needs no typing of the code when the printed address is opened", async ({ freshHearth, browser }) => {
    const owner = await newPerson(browser, freshHearth, "Olga")
    await owner.goesTo(freshHearth.setupUrl)
    await expect(owner.field("Setup code")).toHaveCount(0)
    await owner.fillsIn({
      "What is this Hearth called?": "The Kitchen",
      "Your name": owner.name,
      Email: owner.email,
      Password: owner.password,
    })
    await owner.press("Light it")
    await owner.isIn()
    await owner.leaveTheRoom()
  })
})
