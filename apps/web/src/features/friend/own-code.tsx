"use client"
import { Button, CopyIcon, TextField } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useBootstrap } from "../gateway/index.ts"
import { useCopy } from "../invite/use-copy.ts"
import { Complaint } from "../shell/complaint.tsx"
import { trpc } from "../trpc/index.ts"
import { fullCode } from "./code.ts"
import { useAsked } from "./use-asked.ts"
import { useAnswer } from "./use-answer.ts"

/** What one gives to others, to be found by it; and another one, when too many have it. */
export const OwnCode = () => {
  const t = useTranslations("friend")
  const name = useBootstrap((b) => b.me.displayName)
  const copy = useCopy()
  const answer = useAnswer()
  const { value, error, again, set } = useAsked(() => trpc.friend.code.query())
  const code = value && fullCode(name, value.code)
  const renew = () => answer(trpc.friend.renewCode.mutate().then(set), t("renewed"))
  return (
    <div className="own-code">
      <TextField label={t("yourCode")} help={t("yourCodeHelp")} value={code ?? ""} readOnly dir="auto" />
      <Complaint error={error} retry={again} />
      <div className="row">
        <Button disabled={!code} onClick={() => code && void copy(code, t("copied"))}>
          <CopyIcon className="i s" aria-hidden="true" />
          {t("copy")}
        </Button>
        <Button look="bare" disabled={!code} onClick={() => void renew()}>
          {t("renew")}
        </Button>
      </div>
    </div>
  )
}
