import { onDemand } from "@hearth/ui"
import { cleanup, renderHook, waitFor } from "@testing-library/react"
import { afterEach, expect, it, vi } from "vitest"
import { useAhead } from "./ahead.ts"

// What the dialogs bring is the whole app: that it is asked for is enough.
const { asked } = vi.hoisted(() => ({ asked: { load: vi.fn(async () => ({})) } }))
vi.mock("./dialogs.tsx", () => ({ dialogs: asked }))

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

it("fetches what may be opened next once somebody is there, one after the other, and stops without a connection", async () => {
  vi.stubGlobal("requestIdleCallback", (work: () => void) => queueMicrotask(work))
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
  await waitFor(() => expect(asked.load).toHaveBeenCalledTimes(1))
  expect(loads).toEqual(["catch-up", "later"])
  window.dispatchEvent(new Event("pointermove"))
  unmount()

  const broken = room("broken", true)
  renderHook(({ rooms }) => useAhead(rooms), { initialProps: { rooms: [broken, room("never")] } })
  window.dispatchEvent(new Event("keydown"))
  await waitFor(() => expect(loads).toContain("broken"))
  await broken.load().catch(() => {})
  // Whatever it would do next it has done.
  await new Promise((resolve) => setTimeout(resolve, 0))
  expect(loads).not.toContain("never")
  expect(asked.load).toHaveBeenCalledTimes(1)
})
