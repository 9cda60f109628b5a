"use client"
import type { GuildSnapshot, Snowflake } from "@hearth/core"
import { Banner, Button, DoorOpenIcon, IconButton, XIcon } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useEffect, useState } from "react"
import { focusComposer, useChannel, useMay, useOutgoing } from "../message/index.ts"
import { greeted, isGreetedIn } from "./just-joined.ts"

/** A word to who has just come in, until they said something or have read it. */
export const Greeting = ({ guild, channelId }: { guild: GuildSnapshot["guild"]; channelId: Snowflake }) => {
  const t = useTranslations("first.greeting")
  const tCommon = useTranslations("common")
  const may = useMay(channelId)
  const [shown, setShown] = useState(() => isGreetedIn(guild.id))
  // Where nothing was said yet the channel itself asks for the first word.
  const mayGreet = useChannel(channelId).view.head > 0 && may.send
  const spoke = useOutgoing(channelId).length > 0
  // What is sent leaves the queue again; who has spoken has spoken.
  if (shown && spoke) setShown(false)
  useEffect(() => {
    if (spoke) greeted()
  }, [spoke])
  if (!shown) return null
  return (
    <div className="col greeting">
      <Banner
        icon={<DoorOpenIcon className="i" aria-hidden="true" />}
        title={t("title", { server: guild.name })}
        action={
          <>
            {mayGreet && (
              <Button look="bare" size="small" onClick={() => focusComposer()}>
                {t("hello")}
              </Button>
            )}
            <IconButton
              small
              label={tCommon("close")}
              icon={<XIcon className="i xs" aria-hidden="true" />}
              onClick={() => {
                greeted()
                setShown(false)
                focusComposer()
              }}
            />
          </>
        }
      >
        {t("lead")}
      </Banner>
    </div>
  )
}
