import { cleanup, render, screen } from "@testing-library/react"
import { afterEach, expect, it, vi } from "vitest"
import { RowShell } from "./row-shell.tsx"

vi.mock("next-intl", () => ({ useTranslations: () => (key: string) => key }))
vi.mock("../../i18n/formats.ts", () => ({ useFormats: () => ({ full: String, clock: () => "13:48" }) }))
vi.mock("./services.tsx", () => ({
  useUser: () => ({ user: { displayName: "Ngozi" } }),
  useSaid: (content: string) => content,
}))
vi.mock("./times.ts", () => ({ isoTime: String }))
afterEach(cleanup)

const draw = (leads: boolean) => {
  render(
    <RowShell authorId="2" at={1} leads={leads} content="" above={<i>answers this. </i>} below={<i> Tools</i>}>
      <p>The edge is gone. </p>
    </RowShell>,
  )
  return screen.getByRole("article").textContent
}

it("a message stands in the page as it is heard: who, what, when, and then what can be done", () => {
  expect(draw(true)).toBe("Ngozianswers this. The edge is gone. 13:48 Tools")
})

it("one that goes on says only what, and when", () => {
  expect(draw(false)).toBe("answers this. The edge is gone. 13:48 Tools")
})
