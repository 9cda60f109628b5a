"use client"
import type { Snowflake } from "@hearth/core"
import { IconButton, Menu, MenuItem, MenuLink, MenuSeparator } from "@hearth/ui"
import { CalendarBlankIcon } from "@phosphor-icons/react/dist/ssr/CalendarBlank"
import { ClockIcon } from "@phosphor-icons/react/dist/ssr/Clock"
import { useTranslations } from "next-intl"
import { type RefObject, useEffect, useEffectEvent, useReducer, useState } from "react"
import { useFormats } from "../../i18n/formats.ts"
import { inAnHour, mondayMorning, tomorrowMorning } from "../later/moments.ts"
import { scheduledPath } from "../later/path.ts"
import { useAsk } from "../shell/dialogs.tsx"
import { goTo } from "../shell/go.ts"
import { Link } from "../shell/link.tsx"
import { useSchedule } from "./use-schedule.ts"

interface Props {
  channelId: Snowflake
  field: RefObject<HTMLTextAreaElement | null>
  /** Whether something is written. The menu outlives that: it hands the focus on when it closes. */
  shown: boolean
}

/** Beside Send while something is written: when else it could be sent. Mod, Shift and Enter lead there, too. */
export const SendLater = ({ channelId, field, shown }: Props) => {
  const t = useTranslations("schedule")
  const ask = useAsk()
  const schedule = useSchedule(channelId)
  // Once the menu is closed and lets go of the focus.
  const [left, leave] = useReducer((n: number) => n + 1, 0)
  useEffect(() => {
    if (left > 0) field.current?.focus()
  }, [left, field])
  const choose = () => ask({ kind: "schedule", channelId })
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (!shown || event.key !== "Enter" || !event.shiftKey || !(event.metaKey || event.ctrlKey) || event.isComposing)
      return
    event.preventDefault()
    choose()
  })
  useEffect(() => {
    const { current } = field
    const listen = (event: KeyboardEvent) => onKey(event)
    current?.addEventListener("keydown", listen)
    return () => current?.removeEventListener("keydown", listen)
  }, [field])
  return (
    <Menu
      side="top"
      align="end"
      trigger={
        <IconButton hidden={!shown} label={t("sendLater")} icon={<ClockIcon className="i" aria-hidden="true" />} />
      }
    >
      <Moments
        onChoose={(at) => {
          void schedule(at)
          leave()
        }}
        onOwnDay={choose}
      />
    </Menu>
  )
}

const Moments = ({ onChoose, onOwnDay }: { onChoose: (at: number) => void; onOwnDay: () => void }) => {
  const t = useTranslations("schedule")
  const formats = useFormats()
  // It begins with each opening of the menu.
  const [now] = useState(() => Date.now())
  const [tomorrow, monday] = [tomorrowMorning(now), mondayMorning(now)]
  const clock = <ClockIcon className="i" aria-hidden="true" />
  return (
    <>
      <MenuItem icon={clock} onSelect={() => onChoose(inAnHour(Date.now()))}>
        {t("inAnHour", { time: formats.clock(inAnHour(now)) })}
      </MenuItem>
      <MenuItem icon={clock} onSelect={() => onChoose(tomorrow)}>
        {t("tomorrow", { time: formats.clock(tomorrow) })}
      </MenuItem>
      {monday !== tomorrow && (
        <MenuItem icon={clock} onSelect={() => onChoose(monday)}>
          {t("monday", { time: formats.clock(monday) })}
        </MenuItem>
      )}
      <MenuItem icon={<CalendarBlankIcon className="i" aria-hidden="true" />} onSelect={onOwnDay}>
        {t("ownDay")}
      </MenuItem>
      <MenuSeparator />
      <MenuLink
        icon={<span className="i" aria-hidden="true" />}
        link={<Link href={scheduledPath} onNavigate={goTo(scheduledPath)} />}
      >
        {t("toList")}
      </MenuLink>
    </>
  )
}
