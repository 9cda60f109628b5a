"use client"
import { useTranslations } from "next-intl"
import { useBroken } from "../features/account/broken-door.tsx"

const ErrorPage = ({ reset }: { error: Error & { digest?: string }; reset: () => void }) => {
  const t = useTranslations("broken")
  const { loaded, bare } = useBroken(t("tryAgain"), reset)
  return loaded ? <loaded.BrokenPage reset={reset} /> : bare
}

export default ErrorPage
