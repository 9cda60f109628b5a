import { expect, it } from "vitest"
import { onRuleChanged, ruleChanged } from "./rule-changed.ts"

it("is heard by all who listen, and by nobody who stopped", async () => {
  const heard: string[] = []
  const listen = (name: string) =>
    new Promise<() => void>((resolve) => {
      const stop = onRuleChanged(() => {
        heard.push(name)
        resolve(stop)
      })
      if (name === "stopped") stop()
    })
  void listen("stopped")
  const both = Promise.all([listen("one"), listen("two")])
  ruleChanged()
  for (const stop of await both) stop()
  expect(heard.sort()).toEqual(["one", "two"])
})
