import { afterEach, describe, expect, it, vi } from "vitest"
import { typeAhead } from "./type-ahead.ts"

const press = (key: string, init: KeyboardEventInit = {}) => {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...init })
  document.body.dispatchEvent(event)
  return event.defaultPrevented
}

describe("what is typed ahead", () => {
  afterEach(() => void typeAhead.stop())

  it("is kept until somebody takes it, and goes nowhere else", () => {
    const room = vi.fn()
    window.addEventListener("keydown", room)
    typeAhead.start()
    for (const key of ["g", "e", "m", "Backspace", "n"]) expect(press(key)).toBe(true)
    expect(room).not.toHaveBeenCalled()
    expect(typeAhead.stop()).toBe("gen")
    expect(press("x")).toBe(false)
    expect(room).toHaveBeenCalledOnce()
    window.removeEventListener("keydown", room)
  })

  it("is letters only: what would send, leave or walk does nothing", () => {
    const room = vi.fn()
    document.body.addEventListener("keydown", room)
    typeAhead.start()
    for (const key of ["Enter", "Tab", "ArrowUp", "ArrowDown"]) expect(press(key)).toBe(true)
    expect(room).not.toHaveBeenCalled()
    expect(typeAhead.stop()).toBe("")
    document.body.removeEventListener("keydown", room)
  })

  it("ends with Escape, which says so", () => {
    const escaped = vi.fn()
    typeAhead.start(escaped)
    press("a")
    expect(press("Escape")).toBe(true)
    expect(escaped).toHaveBeenCalledOnce()
    expect(press("b")).toBe(false)
    expect(typeAhead.stop()).toBe("")
  })

  it("leaves alone what has another meaning", () => {
    typeAhead.start()
    expect(press("F5")).toBe(false)
    expect(press("k", { ctrlKey: true })).toBe(false)
    expect(press("a", { isComposing: true })).toBe(false)
    expect(typeAhead.stop()).toBe("")
  })

  it("begins empty each time", () => {
    typeAhead.start()
    press("a")
    typeAhead.stop()
    typeAhead.start()
    press("b")
    expect(typeAhead.stop()).toBe("b")
  })
})
