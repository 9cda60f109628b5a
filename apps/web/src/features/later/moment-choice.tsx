"use client"
import { Button, TextField } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { type ReactNode, useState } from "react"
import { useFormats } from "../../i18n/formats.ts"
import { fromField, inAnHour, mondayMorning, toField, tomorrowMorning } from "./moments.ts"

interface Props {
  /** Before the moments: to do without one. */
  first?: ReactNode
  /** Also on Monday morning, unless that is tomorrow. */
  withMonday?: boolean
  busy: boolean
  /** What is done at a day and time of one's own. */
  action: string
  /** Where that begins; absent: tomorrow morning. */
  begin?: number | undefined
  onChoose: (at: number) => void
}

/** One press chooses a moment: in an hour, tomorrow morning, or a day and time of one's own. */
export const MomentChoice = ({ first, withMonday = false, busy, action, begin, onChoose }: Props) => {
  const t = useTranslations("later")
  const formats = useFormats()
  const [now] = useState(() => Date.now())
  const tomorrow = tomorrowMorning(now)
  const monday = mondayMorning(now)
  const [day, setDay] = useState(() => toField(begin !== undefined && begin > now ? begin : tomorrow))
  const [problem, setProblem] = useState<string | null>(null)
  return (
    <>
      <div className="moments">
        {first}
        <Button disabled={busy} onClick={() => onChoose(inAnHour(Date.now()))}>
          {t("inAnHour")}
        </Button>
        <Button disabled={busy} onClick={() => onChoose(tomorrow)}>
          {t("tomorrow", { time: formats.clock(tomorrow) })}
        </Button>
        {withMonday && monday !== tomorrow && (
          <Button disabled={busy} onClick={() => onChoose(monday)}>
            {t("monday", { time: formats.clock(monday) })}
          </Button>
        )}
      </div>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          const at = fromField(day, Date.now())
          if (at === null) setProblem(t("past"))
          else onChoose(at)
        }}
      >
        <TextField
          type="datetime-local"
          label={t("date")}
          error={problem}
          value={day}
          onChange={(event) => {
            setProblem(null)
            setDay(event.target.value)
          }}
        />
        <footer>
          <Button type="submit" disabled={busy}>
            {action}
          </Button>
        </footer>
      </form>
    </>
  )
}
