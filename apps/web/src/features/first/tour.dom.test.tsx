import { cleanup, fireEvent, render, screen } from "@testing-library/react"
import { NextIntlClientProvider } from "next-intl"
import { act } from "react"
import { afterEach, describe, expect, it, vi } from "vitest"
import { en } from "../../../messages/en/index.ts"
import { showTour } from "./tour-state.ts"
import { Tour } from "./tour.tsx"

let me = "1"
let byTouch = false
vi.mock("../shell/by-touch.ts", () => ({ isByTouch: () => byTouch }))
vi.mock("../gateway/index.ts", () => ({
  useBootstrap: <T,>(select: (b: { me: { id: string } }) => T) => select({ me: { id: me } }),
}))
vi.mock("../message/index.ts", () => ({ focusComposer: () => {} }))

const open = async () => {
  vi.useFakeTimers()
  render(
    <NextIntlClientProvider locale="en" messages={en}>
      <Tour />
    </NextIntlClientProvider>,
  )
  expect(card()).toBeNull()
  act(() => vi.runAllTimers())
  vi.useRealTimers()
  // Its card is loaded when it is first needed.
  await act(() => vi.dynamicImportSettled())
}
const card = () => screen.queryByRole("complementary", { name: "A short tour" })
const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }))

describe("the tour", () => {
  afterEach(() => {
    cleanup()
    byTouch = false
    localStorage.clear()
  })

  it("has four hints, takes no focus, and is over after the last", async () => {
    me = "four"
    await open()
    expect(document.activeElement).toBe(document.body)
    const read = [card()?.textContent]
    for (let i = 0; i < 3; i++) {
      press("Next")
      read.push(card()?.textContent)
    }
    expect(new Set(read).size).toBe(4)
    press("Done")
    expect(card()).toBeNull()
  })

  it("says nothing of keys to whoever has a finger to point with", async () => {
    byTouch = true
    me = "touches"
    await open()
    const read = [card()?.textContent]
    for (let i = 0; i < 2; i++) {
      press("Next")
      read.push(card()?.textContent)
    }
    press("Done")
    expect(card()).toBeNull()
    expect(read.join()).not.toMatch(/keys?|Ctrl|Esc/i)
  })

  it("is skipped at once, by a press or by Esc in it", async () => {
    me = "skips"
    await open()
    press("Skip")
    expect(card()).toBeNull()
    cleanup()
    me = "escapes"
    await open()
    fireEvent.keyDown(screen.getByRole("button", { name: "Next" }), { key: "Escape" })
    expect(card()).toBeNull()
  })

  it("comes once an account, also when nobody pressed anything", async () => {
    me = "once"
    await open()
    expect(card()).not.toBeNull()
    cleanup()
    await open()
    expect(card()).toBeNull()
    cleanup()
    me = "another"
    await open()
    expect(card()).not.toBeNull()
  })

  it("comes at once when it is asked for before it would come by itself", async () => {
    me = "asks early"
    render(
      <NextIntlClientProvider locale="en" messages={en}>
        <Tour />
      </NextIntlClientProvider>,
    )
    expect(card()).toBeNull()
    act(() => showTour())
    await act(() => vi.dynamicImportSettled())
    expect(card()?.textContent).toContain("1 of 4")
  })

  it("comes again when it is asked for, from its beginning and with the focus", async () => {
    me = "again"
    await open()
    press("Next")
    press("Skip")
    act(() => showTour())
    expect(card()?.textContent).toContain("1 of 4")
    const next = screen.getByRole("button", { name: "Next" })
    expect(document.activeElement).toBe(next)
    // A menu that closes gives the focus back to its button; after that it is the reader's.
    const button = document.body.appendChild(document.createElement("button"))
    button.setAttribute("aria-haspopup", "menu")
    act(() => button.focus())
    expect(document.activeElement).toBe(next)
    act(() => button.focus())
    expect(document.activeElement).toBe(button)
    button.remove()
  })
})
