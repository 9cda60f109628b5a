"use client"
import { Button } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { Wall } from "../features/account/wall.tsx"

const ErrorPage = ({ reset }: { error: Error & { digest?: string }; reset: () => void }) => {
  const t = useTranslations("broken")
  return (
    <Wall light="unlit" title={t("page")} lead={t("pageLead")}>
      <Button look="ember" size="big" wide onClick={reset}>
        {t("tryAgain")}
      </Button>
      <Button look="bare" size="big" wide onClick={() => window.location.assign("/")}>
        {t("toStart")}
      </Button>
    </Wall>
  )
}

export default ErrorPage
