"use client"

import "./message.css"
import { codePoints, isPoll, MAX_CONTENT_POINTS, ownWords, type Snowflake } from "@hearth/core"
import { ArrowUpIcon, Button, CheckIcon, IconButton, Menu, onDemand, PlusIcon, useOnDemand } from "@hearth/ui"
import { useTranslations } from "next-intl"
import {
  type KeyboardEvent,
  type RefObject,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from "react"
import { useErrorText } from "../../i18n/error-text.ts"
import { useFormats } from "../../i18n/formats.ts"
import { EmojiButton } from "../emoji/emoji-button.tsx"
import { useBootstrap, useGateway } from "../gateway/provider.tsx"
import { POLL_COMMAND } from "../poll/poll-command.ts"
import { useAsk } from "../shell/dialogs.tsx"
import { useEscape } from "../shell/escape.ts"
import { toAppError } from "../trpc/client.ts"
import { composerField } from "./focus-composer.ts"
import { toWire } from "./names.ts"
import { outgoingActs } from "./outgoing-row.tsx"
import { useNameOf, useServices } from "./services.tsx"
import { useMay } from "./use-may.ts"

// What completes names is loaded with the first letter, what stands above the field when there is something to say.
const suggestions = onDemand(() => import("../compose/suggestions.tsx"))
const answering = onDemand(() => import("./answering.tsx"))
const besides = onDemand(() => import("../draft/beside.tsx"))
const scheduling = onDemand(() => import("../schedule/send-later.tsx"))
const slowNotice = onDemand(() => import("../compose/slow-notice.tsx"))
const moreItems = onDemand(() => import("../compose/more-items.tsx"))
const never = () => {}

const TYPING_MS = 4000
const COUNTER_FROM = MAX_CONTENT_POINTS - 400
const useDraft = (channelId: Snowflake) => {
  const { drafts } = useServices()
  const read = useCallback(() => drafts.get(channelId), [drafts, channelId])
  return useSyncExternalStore(drafts.subscribe, read, read)
}

const fit = (field: HTMLTextAreaElement) => {
  field.style.height = "auto"
  field.style.height = `${field.scrollHeight}px`
}

/** As high as its text, whatever the width and the size of letters come to be. */
const useFittingHeight = (field: RefObject<HTMLTextAreaElement | null>, text: string) => {
  useLayoutEffect(() => {
    if (field.current) fit(field.current)
  }, [field, text])
  useEffect(() => {
    const el = field.current
    if (!el) return
    const observer = new ResizeObserver(() => fit(el))
    observer.observe(el)
    return () => observer.disconnect()
  }, [field])
}

/** Where one writes. What is typed is kept until it is sent, and what is sent is kept until it is durable. */
export const Composer = (props: ComposerProps) => <ChannelComposer key={props.channelId} {...props} />

export interface ComposerProps {
  guildId: Snowflake
  channelId: Snowflake
  /** Of a thread: the channel that it hangs in. */
  parentId?: Snowflake | undefined
}

const ChannelComposer = ({ guildId, channelId, parentId }: ComposerProps) => {
  const { drafts, queue, history } = useServices()
  const t = useTranslations("message.composer")
  const tCommon = useTranslations("common")
  const tThread = useTranslations("thread")
  const ask = useAsk()
  const formats = useFormats()
  const textOf = useErrorText()
  const client = useGateway()
  const draft = useDraft(channelId)
  const me = useBootstrap((b) => b.me.id)
  const channel = useBootstrap((b) =>
    b.guilds.find((g) => g.guild.id === guildId)?.channels.find((c) => c.id === (parentId ?? channelId)),
  )
  const name = channel?.name ?? ""
  // A conversation has the id of its channel, and is called as people are.
  const called = guildId === channel?.id ? name : `#${name}`
  const may = useMay(parentId ?? channelId)
  const slowSeconds = may.waits ? (channel?.slowmodeSeconds ?? 0) : 0
  const [problem, setProblem] = useState<string | null>(null)
  const [saving, setSaving] = useState(false)
  /** The edit that came too late: the version that it was to replace. */
  const [late, setLate] = useState<{ seq: number; version: number } | null>(null)
  const field = useRef<HTMLTextAreaElement>(null)
  const typedAt = useRef(0)
  const { editing, replyTo } = draft
  const { text, names } = editing ?? draft
  const nameOf = useNameOf()
  const keys = useRef<((event: KeyboardEvent) => boolean) | null>(null)
  const assist = useOnDemand(suggestions, text !== "", never)
  useOnDemand(outgoingActs, text !== "", never)
  const later = useOnDemand(scheduling, text !== "", never)
  const above = useOnDemand(answering, replyTo !== null, never)
  const slow = useOnDemand(slowNotice, slowSeconds > 0, never)
  const editedSeq = editing?.seq
  const isLate = late !== null && late.seq === editedSeq
  const beside = useOnDemand(besides, isLate || draft.other !== undefined, never)

  useFittingHeight(field, text)

  const { wanted } = draft
  useEffect(() => {
    if (wanted !== undefined) field.current?.focus()
  }, [wanted])

  const type = (value: string) => {
    setProblem(null)
    drafts.type(channelId, value)
    if (value.trim() === "" || editing || Date.now() - typedAt.current < TYPING_MS) return
    typedAt.current = Date.now()
    client.request("typing:start", { channelId }).catch(() => {
      // Nobody misses it.
    })
  }

  const cancel = () => {
    setProblem(null)
    setLate(null)
    drafts.set(channelId, editing ? { editing: null } : { replyTo: null })
    field.current?.focus()
  }

  // Beside a thread Esc is for the one of the two that has the keyboard.
  const isElsewhere = () => composerField(document.activeElement) !== field.current
  useEscape("edit", () => {
    if (!editing || isElsewhere()) return false
    cancel()
    return true
  })
  useEscape("reply", () => {
    if (editing || replyTo === null || isElsewhere()) return false
    cancel()
    return true
  })

  const saveEdit = async (edit: NonNullable<typeof editing>, version = edit.version) => {
    const content = toWire(edit).trim()
    const { view } = history.state(channelId)
    const before = view.span ? view.messages[edit.seq - view.span.from] : undefined
    if (before && ownWords(before.content) === content) return cancel()
    setSaving(true)
    try {
      const { message } = await client.request("message:edit", {
        channelId,
        seq: edit.seq,
        version,
        content,
      })
      history.changed(message)
      setLate(null)
      drafts.set(channelId, { editing: null })
    } catch (error) {
      const failure = toAppError(error)
      setLate(failure.code === "CONFLICT" ? { seq: edit.seq, version } : null)
      setProblem(textOf(failure))
    } finally {
      setSaving(false)
    }
  }

  const submit = async () => {
    if (text.trim() === "" || saving) return
    if (tooLong) return setProblem(t("tooLong"))
    if (editing) return saveEdit(editing)
    if (POLL_COMMAND.test(text)) return ask({ kind: "poll", channelId, asked: wire })
    // Out of the field before anything is awaited: a second Enter must not send it twice.
    const kept = drafts.handOver(channelId)
    typedAt.current = 0
    try {
      await queue.add({ channelId, content: wire, replyTo })
      kept()
    } catch (error) {
      drafts.putBack(channelId, { text, names, replyTo })
      setProblem(textOf(toAppError(error)))
    }
  }

  const editLast = () => {
    const { messages } = history.state(channelId).view
    const last = messages.findLast((m) => m.authorId === me && !m.deleted && !isPoll(m.content))
    if (last) drafts.edit({ ...last, content: ownWords(last.content) }, nameOf)
  }

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing || keys.current?.(event)) return
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault()
      void submit()
    } else if (event.key === "ArrowUp" && text === "" && !editing && !event.altKey && !event.shiftKey) {
      event.preventDefault()
      editLast()
    }
  }

  // What is sent counts: ids stand in it for names.
  const wire = toWire({ text, names })
  const points = wire.length > COUNTER_FROM / 2 ? codePoints(wire.trim()) : wire.length
  const tooLong = points > MAX_CONTENT_POINTS
  if (!may.send)
    return (
      <div className="col composer">
        <div className="banner" role="status">
          <span className="grow">{t("readOnly")}</span>
        </div>
      </div>
    )
  return (
    <div className="col composer" data-composer={channelId}>
      {editing && (
        <div className="above">
          <span className="grow">{t("editing")}</span>
          <Button size="small" look="bare" onClick={cancel}>
            {tCommon("cancel")} <kbd>Esc</kbd>
          </Button>
        </div>
      )}
      {beside && draft.other && <beside.OtherDraft channelId={channelId} other={draft.other} />}
      {beside && editing && isLate && (
        <beside.EditConflict
          {...late}
          channelId={channelId}
          problem={problem}
          busy={saving}
          onSave={(version) => void saveEdit(editing, version)}
          onKeep={cancel}
        />
      )}
      {!editing && replyTo !== null && above && <above.Answering {...{ channelId, seq: replyTo, onCancel: cancel }} />}
      {slow && slowSeconds > 0 && <slow.SlowNotice channelId={channelId} seconds={slowSeconds} />}
      {problem && !(beside && isLate) && (
        <p className="help bad" role="alert">
          {problem}
        </p>
      )}
      <form
        className="write"
        onSubmit={(event) => {
          event.preventDefault()
          // Whoever presses the button goes on writing: it is off now, and would lose the focus.
          field.current?.focus()
          void submit()
        }}
      >
        <Menu
          side="top"
          items={moreItems}
          trigger={<IconButton label={t("add")} icon={<PlusIcon className="i ringed" aria-hidden="true" />} />}
        >
          {(items) => <items.MoreItems channelId={channelId} />}
        </Menu>
        {assist && <assist.Suggestions {...{ guildId, channelId, field, text, keys }} />}
        <textarea
          ref={field}
          className="text"
          rows={1}
          dir="auto"
          aria-label={
            editing ? t("editLabel", { channel: called }) : parentId ? tThread("label") : t("hint", { channel: called })
          }
          placeholder={parentId ? tThread("hint") : t("hint", { channel: name })}
          value={text}
          onChange={(event) => type(event.target.value)}
          onKeyDown={onKeyDown}
          enterKeyHint="send"
          autoComplete="off"
        />
        {points > COUNTER_FROM && (
          <span className={tooLong ? "counter bad" : "counter"} role="status">
            {tooLong ? t("tooMany", { n: points - MAX_CONTENT_POINTS }) : formats.number(MAX_CONTENT_POINTS - points)}
          </span>
        )}
        <EmojiButton field={field} />
        {later && (
          <later.SendLater
            {...{ channelId, field }}
            shown={!editing && text.trim() !== "" && !POLL_COMMAND.test(text)}
          />
        )}
        <button
          type="submit"
          className={text.trim() === "" || tooLong ? "send off" : "send"}
          aria-label={editing ? t("save") : t("send")}
          disabled={text.trim() === "" || tooLong || saving}
        >
          {editing ? (
            <CheckIcon className="i" weight="bold" aria-hidden="true" />
          ) : (
            <ArrowUpIcon className="i" weight="bold" aria-hidden="true" />
          )}
        </button>
      </form>
    </div>
  )
}
