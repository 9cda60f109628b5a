import { NextIntlClientProvider } from "next-intl"
import { getMessages } from "next-intl/server"
import type { ReactNode } from "react"
import type { Texts } from "./catalogs.ts"

/** Gives the components below these texts and no others: a page carries what it says, and not what all say. */
export const SomeTexts = async ({ of, children }: { of: readonly (keyof Texts)[]; children: ReactNode }) => {
  const all = await getMessages()
  return (
    <NextIntlClientProvider messages={Object.fromEntries(of.map((name) => [name, all[name]]))}>
      {children}
    </NextIntlClientProvider>
  )
}
