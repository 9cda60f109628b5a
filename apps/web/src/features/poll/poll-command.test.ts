import { expect, it } from "vitest"
import { POLL_COMMAND } from "./poll-command.ts"

it.each([
  ["/poll", true, ""],
  ["/poll Cake or pie? ", true, "Cake or pie?"],
  ["/poll\nCake?", true, "Cake?"],
  ["/polls are fine", false, "/polls are fine"],
  [" /poll", false, "/poll"],
  ["what is /poll", false, "what is /poll"],
])("%j asks for a poll: %s", (text, asks, question) => {
  expect([POLL_COMMAND.test(text), text.replace(POLL_COMMAND, "").trim()]).toEqual([asks, question])
})
