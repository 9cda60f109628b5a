import { cleanup, fireEvent, render, screen } from "@testing-library/react"
import { NextIntlClientProvider } from "next-intl"
import { afterEach, expect, it, vi } from "vitest"
import { de } from "../../../messages/de/index.ts"
import { en } from "../../../messages/en/index.ts"
import ErrorPage from "../../app/error.tsx"
import { BrokenAll } from "./broken.tsx"

afterEach(cleanup)

it("a page that broke says so, and is tried again", async () => {
  const reset = vi.fn()
  render(
    <NextIntlClientProvider locale="en" messages={en}>
      <ErrorPage error={new Error("broken")} reset={reset} />
    </NextIntlClientProvider>,
  )
  expect(await screen.findByRole("heading", { level: 1 })).toHaveProperty("textContent", en.broken.page)
  fireEvent.click(screen.getByRole("button", { name: en.broken.tryAgain }))
  expect(reset).toHaveBeenCalledOnce()
})

it("all of it, too, with texts of its own in the reader's language", () => {
  const reset = vi.fn()
  render(<BrokenAll locale="de" reset={reset} />)
  expect(screen.getByRole("heading", { level: 1 }).textContent).toBe(de.broken.all)
  fireEvent.click(screen.getByRole("button", { name: de.broken.tryAgain }))
  expect(reset).toHaveBeenCalledOnce()
})
