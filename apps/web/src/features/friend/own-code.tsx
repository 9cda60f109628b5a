"use client"
import { Button, CopyIcon, TextField } from "@hearth/ui"
import { useQuery, useQueryClient } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useBootstrap } from "../gateway/index.ts"
import { useCopy } from "../invite/use-copy.ts"
import { Complaint } from "../shell/complaint.tsx"
import { toAppError, trpc } from "../trpc/index.ts"
import { fullCode } from "./code.ts"
import { useAnswer } from "./use-answer.ts"

const key = ["friend-code"]

/** What one gives to others, to be found by it; and another one, when too many have it. */
export const OwnCode = () => {
  const t = useTranslations("friend")
  const name = useBootstrap((b) => b.me.displayName)
  const cache = useQueryClient()
  const copy = useCopy()
  const answer = useAnswer()
  const query = useQuery({ queryKey: key, queryFn: () => trpc.friend.code.query() })
  const code = query.data && fullCode(name, query.data.code)
  const renew = () =>
    answer(
      trpc.friend.renewCode.mutate().then((fresh) => cache.setQueryData(key, fresh)),
      t("renewed"),
    )
  return (
    <div className="own-code">
      <TextField label={t("yourCode")} help={t("yourCodeHelp")} value={code ?? ""} readOnly dir="auto" />
      <Complaint error={query.error ? toAppError(query.error) : null} retry={() => void query.refetch()} />
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
