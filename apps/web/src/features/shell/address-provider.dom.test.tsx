import { act, cleanup, render, screen } from "@testing-library/react"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { AddressProvider, useAddress } from "./address-provider.tsx"
import { goTo } from "./go.ts"

const router = { path: "/s/1/10" }
vi.mock("next/navigation", () => ({ usePathname: () => router.path }))

let drawn = 0
const Here = () => {
  drawn++
  return <p>{useAddress().channelId}</p>
}
const here = () => screen.getByText(/./).textContent

const arrive = (path: string, tree: ReturnType<typeof render>) => {
  router.path = path
  // The child is the same element: it is drawn anew only by what it asks for.
  tree.rerender(<AddressProvider>{child}</AddressProvider>)
}
const child = <Here />

describe("the address", () => {
  beforeEach(() => {
    router.path = "/s/1/10"
    window.history.replaceState(null, "", router.path)
    drawn = 0
  })
  afterEach(cleanup)

  it("is where one goes at once, and is not drawn again when the router comes after", () => {
    const tree = render(<AddressProvider>{child}</AddressProvider>)
    act(() => goTo("/s/1/11")())
    expect(here()).toBe("11")
    expect(window.location.pathname).toBe("/s/1/11")
    const before = drawn
    arrive("/s/1/11", tree)
    expect([here(), drawn]).toEqual(["11", before])
  })

  it("stays where one went last while the router is behind by more than one", () => {
    const tree = render(<AddressProvider>{child}</AddressProvider>)
    act(() => goTo("/s/1/11")())
    act(() => goTo("/s/1/12")())
    arrive("/s/1/11", tree)
    expect(here()).toBe("12")
    arrive("/s/1/12", tree)
    expect(here()).toBe("12")
  })

  it("is the router's again when it goes elsewhere by itself, or back", () => {
    const tree = render(<AddressProvider>{child}</AddressProvider>)
    act(() => goTo("/s/1/11")())
    window.history.replaceState(null, "", "/s/2/20")
    arrive("/s/2/20", tree)
    expect(here()).toBe("20")
    act(() => goTo("/s/1/11")())
    act(() => void window.dispatchEvent(new PopStateEvent("popstate")))
    expect(here()).toBe("20")
  })
})
