import { fireEvent, render, screen } from "@testing-library/react"
import { expect, it } from "vitest"
import { useListKeys } from "./use-list-keys.ts"

const List = () => (
  <ul {...useListKeys()}>
    <li>
      <a href="#ada">Ada</a>
    </li>
    <li>
      <button type="button" className="open">
        Bob
      </button>
      <button type="button">More</button>
    </li>
    <li>
      <button type="button" className="open">
        Cleo
      </button>
    </li>
  </ul>
)

it("moves through links and what opens a row, and past what else a row has", () => {
  render(<List />)
  screen.getByRole("link").focus()
  const go = (key: string) => {
    fireEvent.keyDown(document.activeElement as Element, { key })
    return document.activeElement?.textContent
  }
  expect(["ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp", "Home", "End"].map(go)).toEqual([
    "Bob",
    "Cleo",
    "Cleo",
    "Bob",
    "Ada",
    "Cleo",
  ])
})
