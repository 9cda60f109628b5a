import type { AppError } from "@hearth/core"
import { Banner, Button, WarningCircleIcon } from "@hearth/ui"

/** What did not work, in a sentence; what is safe; and the way to try again where that can help. */
export const Complaint = ({ error, retry }: { error: AppError | null; retry?: (() => void) | undefined }) =>
  error && (
    <Banner
      tone="bad"
      icon={<WarningCircleIcon className="i" weight="fill" aria-hidden="true" />}
      action={
        retry && (
          <Button size="small" look="danger-quiet" onClick={retry}>
            Try again
          </Button>
        )
      }
    >
      {error.message}
      {error.code === "UNAVAILABLE" && " Nothing was changed."}
    </Banner>
  )
