import { beforeEach, expect, it, vi } from "vitest"
import { showAsksInTab } from "./tab-icon.ts"

vi.mock("./icon-asks.svg", () => ({ default: { src: "/asks.svg" } }))
const icons = () => [...document.head.querySelectorAll("link")].map((l) => l.getAttribute("href"))
beforeEach(() => {
  document.head.innerHTML = '<link rel="icon" href="/icon.svg?a">'
})

it("the tab's icon has a dot while something asks, and is its own again after that", () => {
  showAsksInTab(false)
  expect(icons()).toEqual(["/icon.svg?a"])
  showAsksInTab(true)
  showAsksInTab(true)
  expect(icons()).toEqual(["/asks.svg"])
  showAsksInTab(false)
  expect(icons()).toEqual(["/icon.svg?a"])
})

it("what a new page brings is dotted, too, and given back", () => {
  showAsksInTab(true)
  document.head.innerHTML = '<link rel="icon" href="/icon.svg?b">'
  showAsksInTab(true)
  expect(icons()).toEqual(["/asks.svg"])
  showAsksInTab(false)
  expect(icons()).toEqual(["/icon.svg?b"])
})
