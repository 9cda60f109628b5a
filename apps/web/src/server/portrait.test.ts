import { drawPortrait } from "@hearth/ui/portrait"
import { expect, it } from "vitest"
import { answerPortrait } from "./portrait.ts"

it("draws what the address says, to be kept for ever, and to be nothing but a picture", async () => {
  const response = answerPortrait("ada-7.svg")
  expect(response.status).toBe(200)
  expect(await response.text()).toBe(drawPortrait("ada-7"))
  expect(Object.fromEntries(response.headers)).toEqual({
    "content-type": "image/svg+xml; charset=utf-8",
    "cache-control": "public, max-age=31536000, immutable",
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; sandbox",
  })
})

it.each(["", "ada", ".svg", "ada.png", "ada.svg.svg", "Ada.svg", "../ada.svg", "a b.svg", `${"a".repeat(33)}.svg`])(
  "%j is no portrait",
  (file) => {
    expect(answerPortrait(file).status).toBe(404)
  },
)
