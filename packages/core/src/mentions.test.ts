import { describe, expect, it } from "vitest"
import { MAX_MENTIONS, mentionsIn } from "./mentions.ts"

const nobody = { userIds: [], roleIds: [], everyone: false, here: false }

describe("whom a text addresses", () => {
  it.each([
    ["hello", {}],
    ["hello <@12>, and <@12> again, and <@34>", { userIds: ["12", "34"] }],
    ["<@&56> please look, <@&56>", { roleIds: ["56"] }],
    ["@everyone dinner", { everyone: true }],
    ["(@here)", { here: true }],
    ["**@here**, <@1>\n> <@&2> @everyone.", { userIds: ["1"], roleIds: ["2"], everyone: true, here: true }],
    ["me@everyone.org", {}],
    ["x/@here", {}],
    ["@hereby", {}],
    ["@everyone_else", {}],
    ["@here.example", {}],
    ["@Everyone", {}],
    ["<@0> <@012> <@9999999999999999999> <@> <@12", {}],
  ])("%s", (text, expected) => {
    expect(mentionsIn(text)).toEqual({ ...nobody, ...expected })
  })

  it.each([
    ["`<@1>` <@2>", ["2"]],
    ["``<@1> ` <@2>`` <@3>", ["3"]],
    ["`<@1> <@2>", ["1", "2"]],
    ["` <@1> `` <@2>", ["1", "2"]],
    ["\\`<@1>` <@2>", ["1", "2"]],
    ["```\n<@1>\n```\n<@2>", ["2"]],
    ["```ts\n<@1>\n``\n~~~\n<@2>", []],
    ["~~~\n<@1>\n```\n~~~\n<@2>", ["2"]],
    ["> ```\n> <@1>\n> ```\n<@2>", ["2"]],
    ["- ```\n  <@1>\n  ```\n<@2>", ["2"]],
    ["```<@1>``` <@2>", ["2"]],
  ])("but not in code: %j", (text, userIds) => {
    expect(mentionsIn(text).userIds).toEqual(userIds)
  })

  it("is bounded: further names address nobody, and those that are in stay", () => {
    const names = Array.from({ length: MAX_MENTIONS + 10 }, (_, i) => `<@${i + 1}>`).join("")
    expect(mentionsIn(`${names}<@1>`).userIds).toHaveLength(MAX_MENTIONS)
    expect(mentionsIn(`${names}<@&7>`).roleIds).toEqual([])
  })

  it("takes no longer than its length, whatever stands in it", () => {
    const begun = performance.now()
    for (const part of ["`", "` `` ", "<@", "@here ", "<@&1", "~~~\n", "\\`", "> "]) mentionsIn(`@${part.repeat(4000)}`)
    expect(performance.now() - begun).toBeLessThan(1500)
  })
})
