import { afterEach, expect, it, vi } from "vitest"
import { keyName, withMod } from "./key-name.ts"

const onSystem = (system: string) =>
  vi.stubGlobal("navigator", { userAgent: `Mozilla/5.0 (${system}) AppleWebKit/537.36` })
afterEach(() => vi.unstubAllGlobals())

it("keys are called what stands on the keyboard of who reads", () => {
  onSystem("Macintosh; Intel Mac OS X 10_15_7")
  expect([keyName("mod"), keyName("Alt"), keyName("Esc"), withMod("K")]).toEqual(["⌘", "⌥", "Esc", "⌘K"])
  for (const system of ["X11; Linux x86_64", "Windows NT 10.0; Win64; x64"]) {
    onSystem(system)
    expect([keyName("mod"), keyName("Alt"), keyName("Esc"), withMod("K")]).toEqual(["Ctrl", "Alt", "Esc", "Ctrl K"])
  }
})
