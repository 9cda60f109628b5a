import { act, cleanup, render, screen } from "@testing-library/react"
import { useLayoutEffect } from "react"
import { afterEach, describe, expect, it } from "vitest"
import { type OnDemand, onDemand, useOnDemand } from "./on-demand.ts"

afterEach(cleanup)

const Shown = ({ source, wanted, onFail }: { source: OnDemand<string>; wanted: boolean; onFail: () => void }) => (
  <p>{useOnDemand(source, wanted, onFail) ?? "nothing"}</p>
)

describe("code on demand", () => {
  it("is loaded when it is wanted, once for all", async () => {
    let loads = 0
    const source = onDemand(async () => {
      loads++
      return "loaded"
    })
    const draw = (wanted: boolean) => (
      <>
        <Shown source={source} wanted={wanted} onFail={() => {}} />
        <Shown source={source} wanted={wanted} onFail={() => {}} />
      </>
    )
    const { rerender } = render(draw(false))
    expect([screen.getAllByText("nothing").length, loads]).toEqual([2, 0])
    await act(async () => rerender(draw(true)))
    expect([screen.getAllByText("loaded").length, loads]).toEqual([2, 1])
  })

  it("that came another way is there at once, and asked for no more", async () => {
    let loads = 0
    const source = onDemand(async () => {
      loads++
      return "loaded"
    })
    source.provide("brought along")
    render(<Shown source={source} wanted onFail={() => {}} />)
    expect(screen.getAllByText("brought along")).toHaveLength(1)
    expect([await source.load(), loads]).toEqual(["brought along", 0])
  })

  it("that comes between being drawn without it and being asked for is drawn", async () => {
    const source = onDemand(async () => "loaded")
    const Elsewhere = () => {
      useLayoutEffect(() => source.provide("brought along"))
      return null
    }
    await act(async () =>
      render(
        <>
          <Shown source={source} wanted onFail={() => {}} />
          <Elsewhere />
        </>,
      ),
    )
    expect(screen.getAllByText("brought along")).toHaveLength(1)
  })

  it("that did not come is told of, and asked for again the next time", async () => {
    let fails = true
    let told = 0
    const source = onDemand(async () => {
      if (fails) throw new Error("no connection")
      return "loaded"
    })
    const draw = (wanted: boolean) => <Shown source={source} wanted={wanted} onFail={() => told++} />
    const { rerender } = render(draw(false))
    await act(async () => rerender(draw(true)))
    expect([screen.getAllByText("nothing").length, told]).toEqual([1, 1])
    fails = false
    await act(async () => rerender(draw(false)))
    await act(async () => rerender(draw(true)))
    expect([screen.getAllByText("loaded").length, told]).toEqual([1, 1])
  })

  it("comes by itself when there is a network again, as long as it is wanted; told of once", async () => {
    let fails = true
    let told = 0
    const source = onDemand(async () => {
      if (fails) throw new Error("no connection")
      return "loaded"
    })
    render(<Shown source={source} wanted onFail={() => told++} />)
    await act(async () => {})
    await act(async () => window.dispatchEvent(new Event("online")))
    expect([screen.getAllByText("nothing").length, told]).toEqual([1, 1])
    fails = false
    await act(async () => window.dispatchEvent(new Event("online")))
    expect([screen.getAllByText("loaded").length, told]).toEqual([1, 1])
  })
})
