import { expect, it } from "vitest"
import { isPicture } from "./picture.ts"

const bytes = (text: string) => Uint8Array.from(text, (c) => c.charCodeAt(0))

it.each([
  ["\xff\xd8\xff\xe0", true],
  ["\x89PNG\r\n\x1a\n\0\0", true],
  ["GIF87a", true],
  ["GIF89a", true],
  ["RIFF\x01\x02\x03\x04WEBP", true],
  ["RIFF\x01\x02\x03\x04WAVE", false],
  ["RIFF", false],
  ["<svg xmlns=", false],
  ["%PDF-1.7", false],
  ["GIF8", false],
  ["", false],
])("knows %j by its first bytes: %s", (text, known) => {
  expect(isPicture(bytes(text))).toBe(known)
})
