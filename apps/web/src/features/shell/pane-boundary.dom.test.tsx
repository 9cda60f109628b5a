import { TooltipProvider } from "@hearth/ui"
import { cleanup, fireEvent, render, screen } from "@testing-library/react"
import { NextIntlClientProvider } from "next-intl"
import type { ReactNode } from "react"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { en } from "../../../messages/en/index.ts"
import { type Pane, PaneBoundary } from "./pane-boundary.tsx"

let breaks = true
const Part = ({ says }: { says: string }) => {
  if (breaks) throw new Error("cannot be drawn")
  return <p>{says}</p>
}
const draw = (children: ReactNode) => (
  <NextIntlClientProvider locale="en" messages={en}>
    <TooltipProvider>{children}</TooltipProvider>
  </NextIntlClientProvider>
)
const beside = (pane: Pane, at = "1") =>
  draw(
    <>
      <PaneBoundary pane={pane} at={at}>
        <Part says="the part" />
      </PaneBoundary>
      <p>the rest</p>
    </>,
  )

describe("a pane that breaks", () => {
  beforeEach(() => {
    breaks = true
    // React tells the console what was caught.
    vi.spyOn(console, "error").mockImplementation(() => {})
  })
  afterEach(() => {
    cleanup()
    vi.restoreAllMocks()
  })

  it.each(["rail", "list", "room", "people"] as const)("leaves the rest, says so, and is tried again: %s", (pane) => {
    render(beside(pane))
    expect(screen.getByText("the rest")).toBeTruthy()
    expect(screen.getByRole("alert")).toBeTruthy()
    breaks = false
    fireEvent.click(screen.getByRole("button", { name: /Try again/ }))
    expect(screen.getByText("the part")).toBeTruthy()
    expect(screen.queryByRole("alert")).toBeNull()
  })

  it("says what is safe", () => {
    render(beside("room"))
    expect(screen.getByRole("alert").textContent).toContain("what you wrote is safe")
    expect(screen.getByRole("main")).toBeTruthy()
  })

  it("is drawn anew when one goes elsewhere, and not before", () => {
    const { rerender } = render(beside("room"))
    breaks = false
    rerender(beside("room"))
    expect(screen.queryByText("the part")).toBeNull()
    rerender(beside("room", "2"))
    expect(screen.getByText("the part")).toBeTruthy()
  })
})
