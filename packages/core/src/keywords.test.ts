import { describe, expect, it } from "vitest"
import { anchorsIn, compileKeywords, fold, searchable } from "./keywords.ts"

const finds = (keywords: string[], content: string) => [
  ...compileKeywords(keywords.map(fold)).find(searchable(content)),
]

describe("keywords", () => {
  it("are whole words, without case and accents", () => {
    for (const text of ["Café!", "the CAFE", "cafe\u0301", "(café)", "café's", "un,café,deux"])
      expect(finds(["café"], text), text).toEqual(["cafe"])
    for (const text of ["cafes", "decafe", "ca fe", "cafe_x", "cafe2"]) expect(finds(["café"], text), text).toEqual([])
    expect(finds(["Straße"], "in der STRASSE")).toEqual(["strasse"])
    expect(finds(["ёлка"], "Елка стоит")).toHaveLength(1)
  })

  it("may have several words, and signs, which are part of them", () => {
    expect(finds(["on call"], "who is On\n  call today")).toEqual(["on call"])
    expect(finds(["on call"], "on-call, on calls")).toEqual([])
    expect(finds(["c++"], "C++ or c")).toEqual(["c++"])
    expect(finds(["c++"], "c or c+")).toEqual([])
    expect(finds(["next.js"], "Next.js 16")).toEqual(["next.js"])
    expect(finds(["next.js"], "nextxjs, next js")).toEqual([])
    expect(finds(["#42", "42"], "see #42")).toEqual(["#42", "42"])
  })

  it("are found in scripts that put no spaces between words", () => {
    expect(finds(["会议"], "今天会议取消")).toEqual(["会议"])
    expect(finds(["会议"], "今天会 议")).toEqual([])
    expect(finds(["kiln"], "今天kiln开")).toEqual(["kiln"])
    expect(finds(["नमस्ते"], "आज नमस्ते दोस्त")).toHaveLength(1)
  })

  it("are not in ids, nor in what was passed on", () => {
    expect(finds(["123456"], "<@123456> <#123456> <t:123456:R> <@&123456>")).toEqual([])
    expect(finds(["kiln", "look"], "> Ada, /s/1/2/3\u001e\n> the kiln\n\nlook")).toEqual(["look"])
  })

  it("are each found once, whatever stands around them, and by their anchors", () => {
    const text = "kiln kiln KILN a kiln-top"
    expect(finds(["kiln", "kiln top", "kiln-top"], text)).toEqual(["kiln", "kiln-top"])
    for (const keyword of finds(["kiln", "kiln-top"], text))
      expect(anchorsIn(searchable(text))).toContain(keyword.split("-")[0])
    expect(finds(["!?"], "what!?")).toEqual([])
  })
})
