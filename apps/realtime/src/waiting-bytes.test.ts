import { expect, test, vi } from "vitest"
import { waitingBytes } from "./waiting-bytes.ts"

const transport = { socket: { bufferedAmount: 5 } }

test("what waits is counted in bytes, as it goes out, and not in letters", () => {
  const frame = [Buffer.alloc(4), Buffer.from("日本語")]
  const writeBuffer = [
    { data: "日本語" },
    { data: "🙂" },
    { data: Buffer.alloc(7) },
    { data: "日本語", options: { wsPreEncodedFrame: frame } },
    {},
  ]
  expect(waitingBytes({ writeBuffer, transport })).toBe(5 + 9 + 4 + 7 + 13)
  expect(waitingBytes({ writeBuffer: [], transport: {} })).toBe(0)
})

test("each packet is measured once, however often it is asked what waits", () => {
  const measure = vi.spyOn(Buffer, "byteLength")
  const writeBuffer = [{ data: "one" }, { data: "two" }]
  for (let i = 0; i < 5; i++) expect(waitingBytes({ writeBuffer, transport: {} })).toBe(6)
  expect(measure).toHaveBeenCalledTimes(2)
  measure.mockRestore()
})
