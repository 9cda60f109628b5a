"use client"
import { useRouter } from "next/navigation"
import { useState } from "react"
import { chosenLocale } from "./locale-here.ts"
import { isLocale, type Locale, LOCALE_COOKIE } from "./locales.ts"

const YEAR_S = 365 * 24 * 60 * 60

export type LocaleChoice = Locale | "browser"

const choiceHere = (): LocaleChoice => {
  const chosen = chosenLocale(document.cookie)
  return isLocale(chosen) ? chosen : "browser"
}

/** The language that was chosen in this browser, and choosing another one. For what is drawn in browsers only. */
export const useLocaleChoice = () => {
  const router = useRouter()
  const [chosen, setChosen] = useState(choiceHere)
  const choose = (next: LocaleChoice) => {
    const secure = window.location.protocol === "https:" ? "; secure" : ""
    const life = next === "browser" ? 0 : YEAR_S
    // biome-ignore lint: the Cookie Store API is not in every browser that we support
    document.cookie = `${LOCALE_COOKIE}=${next}; path=/; max-age=${life}; samesite=lax${secure}`
    setChosen(next)
    // The texts come from the server; what is open and typed stays as it is.
    router.refresh()
  }
  return { chosen, choose }
}
