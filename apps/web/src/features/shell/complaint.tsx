import type { AppError } from "@hearth/core"
import { Banner, Button, WarningCircleIcon } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useErrorText } from "../../i18n/error-text.ts"

/** What did not work, in a sentence; what is safe; and the way to try again where that can help. */
export const Complaint = ({ error, retry }: { error: AppError | null; retry?: (() => void) | undefined }) => {
  const t = useTranslations("common")
  const textOf = useErrorText()
  if (!error) return null
  return (
    <Banner
      tone="bad"
      icon={<WarningCircleIcon className="i" weight="fill" aria-hidden="true" />}
      action={
        retry && (
          <Button size="small" look="danger-quiet" onClick={retry}>
            {t("tryAgain")}
          </Button>
        )
      }
    >
      {textOf(error)}
      {(error.code === "UNAVAILABLE" || error.code === "INTERNAL") && ` ${t("nothingLost")}`}
    </Banner>
  )
}
