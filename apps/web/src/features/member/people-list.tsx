"use client"
import { type KeyboardEvent, type ReactNode, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react"
import type { Heights, MemberLines } from "./member-lines.ts"

/** Browsers end at 17 (Firefox) and 33 (Chromium, Safari) million px: a longer list is scrolled faster than it moves. */
const TALLEST = 15_000_000
/** Lines that are drawn above and below the screen; of who leaps through the list, until they have rested for so long. */
const BEYOND = 12
const BEYOND_LEAP = 2
const REST_MS = 150

type Drawn = readonly [first: number, end: number]

interface PeopleListProps {
  lines: MemberLines
  label: string
  /** A member's line that stays drawn, however far one scrolls: who has the focus keeps it. -1: none. */
  held: number
  line: (line: number, isAway: boolean) => ReactNode
  /** Another one is told the lines that are drawn, too. */
  onDraw: (first: number, end: number) => void
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void
}

/** Lines of known heights, of which only those near the screen are drawn: half a million cost what fifty do. */
export const PeopleList = ({ lines, label, held, line, onDraw, onKeyDown }: PeopleListProps) => {
  const list = useRef<HTMLDivElement>(null)
  const part = useRef<HTMLDivElement>(null)
  const probes = useRef<HTMLDivElement>(null)
  // Asked of it where nothing waits to be laid out: the answer to a question after drawing would be a layout of its own.
  const view = useRef({ top: 0, height: 0 })
  const [heights, setHeights] = useState<Heights | null>(null)
  const [[first, end], setDrawn] = useState<Drawn>([0, 0])
  const tall = heights ? lines.top(lines.length, heights) : 0
  const shown = Math.min(tall, TALLEST)

  /** How far down the list one looks. */
  const lookedAt = (): number => {
    const { top, height } = view.current
    const [most, mostShown] = [tall - height, shown - height]
    return tall === shown || mostShown <= 0 ? top : Math.min(most, top * (most / mostShown))
  }
  const leaping = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const look = () => {
    if (!heights) return
    const y = lookedAt()
    if (part.current)
      part.current.style.transform = `translateY(${Math.round(view.current.top + lines.top(first, heights) - y)}px)`
    const top = lines.find(y, heights)
    const bottom = Math.min(lines.length, lines.find(y + view.current.height, heights) + 1)
    // Little scrolls draw nothing new.
    const least = leaping.current === undefined ? BEYOND / 2 : 0
    const isEnough = (beyond: number, isEnd: boolean) => beyond <= 2 * BEYOND && beyond >= (isEnd ? 0 : least)
    if (end <= lines.length && isEnough(top - first, first === 0) && isEnough(end - bottom, end === lines.length))
      return
    const isLeap = bottom <= first || top >= end
    if (isLeap) {
      clearTimeout(leaping.current)
      leaping.current = setTimeout(() => {
        leaping.current = undefined
        newest.current()
      }, REST_MS)
    }
    const beyond = isLeap ? BEYOND_LEAP : BEYOND
    const [from, to] = [Math.max(0, top - beyond), Math.min(lines.length, bottom + beyond)]
    if (from !== first || to !== end) setDrawn([from, to])
  }
  useEffect(() => () => clearTimeout(leaping.current), [])
  const newest = useRef(look)
  useLayoutEffect(() => {
    newest.current = look
    look()
  })
  useEffect(() => onDraw(first, end), [onDraw, first, end])

  useLayoutEffect(() => {
    const { current } = probes
    const at = list.current
    if (!current || !at) return
    const measure = () => {
      view.current = { top: at.scrollTop, height: at.clientHeight }
      const [group, member] = [...current.children].map((probe) => probe.getBoundingClientRect().height)
      setHeights((old) =>
        !group || !member || (old?.group === group && old.member === member) ? old : { group, member },
      )
      newest.current()
    }
    measure()
    const observer = new ResizeObserver(measure)
    for (const seen of [at, ...current.children]) observer.observe(seen)
    return () => observer.disconnect()
  }, [])

  const onScroll = useCallback(() => {
    if (list.current) view.current.top = list.current.scrollTop
    newest.current()
  }, [])
  const drawn = Array.from({ length: Math.max(0, Math.min(end, lines.length) - first) }, (_, i) =>
    line(first + i, false),
  )
  // In one list with the others: else it would be made anew, and who had the focus would lose it.
  if (held >= 0 && held < first) drawn.unshift(line(held, true))
  else if (held >= end && held < lines.length) drawn.push(line(held, true))
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrows walk through it
    <div
      ref={list}
      className="people-scroll"
      role="list"
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it is scrolled by keys
      tabIndex={0}
      aria-label={label}
      onScroll={onScroll}
      onKeyDown={onKeyDown}
    >
      <div className="people-probes" aria-hidden="true" ref={probes}>
        <div className="group">{"\u00a0"}</div>
        <div className="person" />
      </div>
      <div className="people-all" style={{ height: shown }}>
        <div className="people-part" ref={part}>
          {drawn}
        </div>
      </div>
    </div>
  )
}
