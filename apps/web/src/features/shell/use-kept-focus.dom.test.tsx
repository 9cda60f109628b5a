import { act, cleanup, render, screen } from "@testing-library/react"
import { afterEach, expect, it } from "vitest"
import { useKeptFocus } from "./use-kept-focus.ts"

afterEach(cleanup)

const People = ({ names, shown = true }: { names: readonly string[]; shown?: boolean }) => {
  const kept = useKeptFocus()
  return (
    <main>
      <h1>Friends</h1>
      <button type="button">elsewhere</button>
      <div ref={kept}>
        {names.length > 0 && (
          <ul className="rows">
            {names.map((name) => (
              <li key={name}>
                <button type="button">{`accept ${name}`}</button>
                <button type="button">{`decline ${name}`}</button>
              </li>
            ))}
          </ul>
        )}
        {shown && <p>more</p>}
      </div>
    </main>
  )
}
const focus = (name: string) => act(() => screen.getByRole("button", { name }).focus())
const focused = () => document.activeElement?.textContent

it("goes to the next row at the same place, to the last one, and in the end to the heading", async () => {
  const { rerender } = render(<People names={["Ada", "Bob", "Cleo"]} />)
  focus("decline Ada")
  await act(async () => rerender(<People names={["Bob", "Cleo"]} />))
  expect(focused()).toBe("decline Bob")
  focus("accept Cleo")
  await act(async () => rerender(<People names={["Bob"]} />))
  expect(focused()).toBe("accept Bob")
  await act(async () => rerender(<People names={[]} />))
  expect(focused()).toBe("Friends")
})

it("leaves alone what is somewhere else, and what other rows do", async () => {
  const { rerender } = render(<People names={["Ada", "Bob", "Cleo"]} />)
  focus("accept Bob")
  await act(async () => rerender(<People names={["Bob", "Cleo"]} shown={false} />))
  expect(focused()).toBe("accept Bob")
  focus("elsewhere")
  await act(async () => rerender(<People names={["Cleo"]} />))
  expect(focused()).toBe("elsewhere")
})

it("takes no focus that was given up before the row went", async () => {
  const { rerender } = render(<People names={["Ada", "Bob"]} />)
  focus("accept Ada")
  focus("elsewhere")
  await act(async () => screen.getByRole("button", { name: "elsewhere" }).blur())
  await act(async () => rerender(<People names={["Bob"]} />))
  expect(document.activeElement).toBe(document.body)
})

it("keeps it of a window that was left meanwhile", async () => {
  const { rerender } = render(<People names={["Ada", "Bob"]} />)
  focus("accept Ada")
  // As browsers say it: the window has no focus, and what had it in there is the same.
  await act(async () =>
    screen.getByRole("button", { name: "accept Ada" }).dispatchEvent(new FocusEvent("focusout", { bubbles: true })),
  )
  await act(async () => rerender(<People names={["Bob"]} />))
  expect(focused()).toBe("accept Bob")
})
