"use client"
import { type FocusEvent, type KeyboardEvent, type RefObject, useLayoutEffect, useRef, useState } from "react"
import type { VirtualizerHandle } from "virtua"
import { focusComposer } from "./focus-composer.ts"
import type { Row } from "./rows.ts"
import { pressTool } from "./tools-door.ts"

/** The letters of a message press its tools. */
const toolKeys: Record<string, string> = {
  "+": "react",
  r: "reply",
  t: "thread",
  c: "copy",
  e: "edit",
  f: "forward",
  h: "history",
  p: "pin",
  s: "later",
  w: "reactors",
  u: "unread",
  Delete: "delete",
  Backspace: "delete",
}
/** Of a screen, so that a line of what was read stays in sight. */
const SCREEN = 0.9

interface Log {
  rows: readonly Row[]
  scroller: RefObject<HTMLElement | null>
  list: RefObject<VirtualizerHandle | null>
}

/** Arrows walk through messages, letters press a message's tools. Whoever's row goes away is led to the next one. */
export const useRowKeys = ({ rows, scroller, list }: Log) => {
  /** The row with the keyboard stays drawn, however far one scrolls. */
  const [held, setHeld] = useState<string | null>(null)
  const place = useRef<{ key: string; index: number } | null>(null)
  const wanted = useRef<string | null>(null)

  const indexOf = (key: string) => rows.findIndex((r) => r.key === key)
  const articleOf = (key: string) =>
    scroller.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(key)}"] article`) ?? null
  const show = (article: HTMLElement) => {
    article.focus({ preventScroll: true })
    article.scrollIntoView({ block: "nearest" })
  }
  const focusRow = (index: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, index))]
    if (!row) return focusComposer(scroller.current)
    const article = articleOf(row.key)
    if (article) return show(article)
    wanted.current = row.key
    setHeld(row.key)
  }

  useLayoutEffect(() => {
    const article = wanted.current === null ? null : articleOf(wanted.current)
    if (!article) return
    wanted.current = null
    show(article)
  })
  useLayoutEffect(() => {
    const at = place.current
    if (!at) return
    const index = indexOf(at.key)
    if (document.activeElement === document.body) focusRow(index === -1 ? at.index : index)
    else if (index !== -1) at.index = index
    // By rows alone: the rest is read as it is then.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [rows])

  /** The row of the first press: the last one that is wholly in sight. */
  const inSight = (): number => {
    const log = scroller.current
    if (!log) return rows.length - 1
    const bottom = log.getBoundingClientRect().bottom
    const seen = [...log.querySelectorAll<HTMLElement>("article")].findLast(
      (a) => a.getBoundingClientRect().bottom <= bottom + 1,
    )
    const key = seen?.closest<HTMLElement>("[data-row]")?.dataset["row"]
    return key === undefined ? rows.length - 1 : indexOf(key)
  }
  const screenFrom = (index: number, by: 1 | -1): number => {
    const handle = list.current
    if (!handle) return index
    const to = handle.findItemIndex(handle.getItemOffset(index + 1) + by * SCREEN * handle.viewportSize) - 1
    return by === 1 ? Math.max(index + 1, to) : Math.min(index - 1, to)
  }

  const walk: Record<string, (at: number | null) => number> = {
    ArrowUp: (at) => (at === null ? inSight() : at - 1),
    ArrowDown: (at) => (at === null ? inSight() : at + 1),
    PageUp: (at) => screenFrom(at ?? inSight(), -1),
    PageDown: (at) => screenFrom(at ?? inSight(), 1),
    Home: () => 0,
    End: () => rows.length - 1,
  }

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return
    const target = event.target as HTMLElement
    // A menu of a message is not in the log, though its keys come by.
    if (!event.currentTarget.contains(target)) return
    // Where "+" stands differs: on some keyboards it needs Shift.
    if (event.shiftKey && event.key !== "+") return
    const article = target.closest("article")
    const key = article?.closest<HTMLElement>("[data-row]")?.dataset["row"]
    const step = walk[event.key]
    const onRow = target === article || target === event.currentTarget
    if (step) {
      event.preventDefault()
      focusRow(step(key === undefined ? null : indexOf(key)))
    } else if (event.key === "Escape") {
      event.preventDefault()
      // From a tool to its message, from a message to where one writes.
      if (onRow || !article) focusComposer(scroller.current)
      else article.focus()
    } else if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
      stepThrough(target, event.key === "ArrowRight" ? 1 : -1)
    } else if (event.key === "Enter" && onRow) {
      event.preventDefault()
      focusComposer(scroller.current)
    } else if (target === article) {
      const tool = toolKeys[event.key.length === 1 ? event.key.toLowerCase() : event.key]
      if (!tool || !article) return
      event.preventDefault()
      pressTool(article, tool)
    }
  }

  const onFocus = (event: FocusEvent<HTMLElement>) => {
    const key = event.target.closest<HTMLElement>("[data-row]")?.dataset["row"]
    place.current = key === undefined ? null : { key, index: indexOf(key) }
    setHeld(key ?? null)
  }
  const onBlur = (event: FocusEvent<HTMLElement>) => {
    const { target } = event
    // A row that goes away may blur before it is gone; then its place is still wanted.
    queueMicrotask(() => {
      if (target.isConnected && !scroller.current?.contains(document.activeElement)) place.current = null
    })
  }

  const heldIndex = held === null ? -1 : indexOf(held)
  return { keys: { onKeyDown, onFocus, onBlur }, keepMounted: heldIndex === -1 ? [] : [heldIndex + 1] }
}

/** Left and right in a row of tools, as lines run. */
const stepThrough = (target: HTMLElement, onward: 1 | -1) => {
  const bar = target.closest<HTMLElement>("[role=toolbar]")
  if (!bar) return
  const by = getComputedStyle(bar).direction === "rtl" ? -onward : onward
  const buttons = [...bar.querySelectorAll<HTMLElement>("button")]
  const at = buttons.indexOf(target.closest("button") as HTMLElement)
  buttons[(at + by + buttons.length) % buttons.length]?.focus()
}
