import { onDemand } from "@hearth/ui"
import { cleanup, renderHook, waitFor } from "@testing-library/react"
import { afterEach, expect, it, vi } from "vitest"
import { useAhead } from "./ahead.ts"

// What the dialogs bring is the whole app: that it is asked for is enough.
const { asked } = vi.hoisted(() => ({ asked: { load: vi.fn(async () => ({})) } }))
vi.mock("./dialogs.tsx", () => ({ dialogs: asked }))

afterEach(cleanup)

it("fetches what may be opened next once somebody is there, one after the other, and stops without a connection", async () => {
  const loads: string[] = []
  const room = (name: string, fails = false) =>
    onDemand(async () => {
      loads.push(name)
      if (fails) throw new Error("no connection")
      return name
    })
  const { unmount } = renderHook(({ rooms }) => useAhead(rooms), {
    initialProps: { rooms: [room("catch-up"), room("later")] },
  })
  expect(loads).toEqual([])
  window.dispatchEvent(new Event("pointermove"))
  await waitFor(() => expect(asked.load).toHaveBeenCalledTimes(1), { timeout: 5000 })
  expect(loads).toEqual(["catch-up", "later"])
  window.dispatchEvent(new Event("pointermove"))
  unmount()

  const broken = room("broken", true)
  renderHook(({ rooms }) => useAhead(rooms), { initialProps: { rooms: [broken, room("never")] } })
  window.dispatchEvent(new Event("keydown"))
  await waitFor(() => expect(loads).toContain("broken"), { timeout: 5000 })
  await broken.load().catch(() => {})
  expect(loads).not.toContain("never")
  expect(asked.load).toHaveBeenCalledTimes(1)
})
