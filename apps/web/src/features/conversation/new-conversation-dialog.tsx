"use client"
import "./conversation.css"
import { MAX_IN_GROUP, type Snowflake, type UserCard } from "@hearth/core"
import { Button, CheckIcon, Dialog, TextField, XIcon } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { type KeyboardEvent, useRef, useState } from "react"
import { PersonFace } from "../presence/person-face.tsx"
import { Complaint } from "../shell/complaint.tsx"
import type { DialogState } from "../shell/dialogs.tsx"
import { goTo } from "../shell/go.ts"
import { useChannel } from "../shell/place.ts"
import { useAction } from "../shell/use-action.ts"
import { trpc } from "../trpc/index.ts"
import { conversationPath } from "./path.ts"
import { useFoundPeople } from "./use-found-people.ts"

/** Chooses people: for a new conversation, which is a group when there are several, or for a group that is there. */
export const NewConversationDialog = ({ addTo, open, onOpenChange }: DialogState & { addTo?: Snowflake }) => {
  const t = useTranslations("conversation")
  const group = useChannel(addTo, addTo)
  const [typed, setTyped] = useState("")
  const [name, setName] = useState("")
  const [chosen, setChosen] = useState<readonly UserCard[]>([])
  const field = useRef<HTMLInputElement>(null)
  const { people: found, error: notFound, again } = useFoundPeople(typed)
  const { busy, error, send } = useAction((run: () => Promise<string | null>) => run())
  const userIds = chosen.map((p) => p.id)
  const isChosen = (p: UserCard) => userIds.includes(p.id)
  const toggle = (p: UserCard) => {
    setChosen((all) => (isChosen(p) ? all.filter((c) => c.id !== p.id) : [...all, p].slice(0, MAX_IN_GROUP - 1)))
    setTyped("")
    // What was pressed goes with what was typed, or was the person taken out: the next name is typed here.
    if (typed !== "" || isChosen(p)) field.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const last = chosen.at(-1)
    if (event.key === "Backspace" && typed === "" && last) return toggle(last)
    const [first] = found ?? []
    // With a name begun Enter takes the first who is called so; else it is done.
    if (event.key !== "Enter" || event.nativeEvent.isComposing || typed.trim() === "" || !first) return
    event.preventDefault()
    toggle(first)
  }
  const submit = () => {
    if (userIds.length === 0) return
    const run = async () => {
      if (addTo) {
        await trpc.conversation.add.mutate({ conversationId: addTo, userIds })
        return null
      }
      const named = userIds.length > 1 && name.trim() ? { name: name.trim() } : {}
      return (await trpc.conversation.open.mutate({ userIds, ...named })).conversationId
    }
    void send(run, (conversationId) => {
      onOpenChange(false)
      if (conversationId) goTo(conversationPath(conversationId))()
    })
  }
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={addTo ? t("addTitle", { name: group?.name ?? "" }) : t("new")}
      description={addTo ? t("addLead") : t("newLead")}
    >
      <Complaint error={error} />
      <form
        className="choose"
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        {chosen.length > 0 && (
          <ul className="chosen" aria-label={t("chosen")}>
            {chosen.map((p) => (
              <li key={p.id}>
                <Button size="small" aria-label={t("takeOut", { name: p.displayName })} onClick={() => toggle(p)}>
                  <span className="clip" dir="auto">
                    {p.displayName}
                  </span>
                  <XIcon className="i xs" aria-hidden="true" />
                </Button>
              </li>
            ))}
          </ul>
        )}
        <TextField
          ref={field}
          label={t("to")}
          placeholder={t("toHint")}
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <div className="people-found" role="group" aria-label={t("found")}>
          {found?.map((p) => (
            <button key={p.id} type="button" className="person" aria-pressed={isChosen(p)} onClick={() => toggle(p)}>
              <PersonFace user={p} />
              <span className="name clip grow" dir="auto">
                {p.displayName}
              </span>
              {isChosen(p) && <CheckIcon className="i s" aria-hidden="true" />}
            </button>
          ))}
          <Complaint error={notFound} retry={again} />
          {found?.length === 0 && !notFound && (
            <p className="hint" role="status">
              {t("nobodyFound")}
            </p>
          )}
        </div>
        {!addTo && chosen.length > 1 && (
          <TextField
            label={t("groupName")}
            help={t("groupNameHelp")}
            maxLength={80}
            autoComplete="off"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
        <footer>
          <Button type="submit" look="ember" busy={busy} disabled={chosen.length === 0}>
            {addTo ? t("addThem") : chosen.length > 1 ? t("makeGroup") : t("write")}
          </Button>
        </footer>
      </form>
    </Dialog>
  )
}
